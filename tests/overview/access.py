"""Role × URL of overview."""

from typing import Any

from tests.accounts.access import KEEP_TOWNSHIP, row
from tests.world import World

STATISTICS = row(403, clerk=200, leader=200, supervision=200, superior=200, attendee=404, sibling_clerk=404)

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
    # For who reviews the year; the administrator sees that it is there.
    "overview:statistics_show": STATISTICS,
    "overview:statistics_export": STATISTICS,
    "overview:statistics_paper": row(
        403, clerk=302, leader=302, supervision=302, superior=302, attendee=404, sibling_clerk=404
    ),
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    return {
        "overview:secretary_replace": {"pk": world.township.pk},
        "overview:setup_show": {"pk": world.county.pk},
        "overview:statistics_show": {"pk": world.cycle.pk},
        "overview:statistics_export": {"pk": world.cycle.pk},
        "overview:statistics_paper": {"pk": world.cycle.pk},
    }
