"""Role × URL of overview."""

from typing import Any

from tests.accounts.access import KEEP_TOWNSHIP, row
from tests.world import World

TABLE: dict[str, dict[str, int]] = {
    "overview:home": row(200),
    "overview:secretary_replace": KEEP_TOWNSHIP,
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    return {"overview:secretary_replace": {"pk": world.township.pk}}
