"""Role × URL of overview."""

from typing import Any

from tests.accounts.access import row
from tests.world import World

TABLE: dict[str, dict[str, int]] = {
    "overview:home": row(200),
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    return {}
