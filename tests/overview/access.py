"""Role × URL of overview."""

from typing import Any

from tests.accounts.access import KEEP_TOWNSHIP, row
from tests.world import World

TABLE: dict[str, dict[str, int]] = {
    "overview:home": row(200),
    "overview:secretary_replace": KEEP_TOWNSHIP,
    "overview:setup_show": row(
        403,
        clerk=200,
        administrator=200,
        secretary=404,
        staff=404,
        other_secretary=404,
        attendee=404,
        sibling_clerk=404,
    ),
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    return {
        "overview:secretary_replace": {"pk": world.township.pk},
        "overview:setup_show": {"pk": world.county.pk},
    }
