"""Role × URL of reviews: the meeting, ballots, scoring, what comes of results, and their use."""

from typing import Any

from tests.reviews import (
    access_of_ballots,
    access_of_meetings,
    access_of_results,
    access_of_scoring,
    access_of_use,
)
from tests.world import World

# In this order: what comes of results is made of what was scored.
HALVES = (access_of_meetings, access_of_ballots, access_of_scoring, access_of_use, access_of_results)
TABLE: dict[str, dict[str, int]] = {name: row for half in HALVES for name, row in half.TABLE.items()}


def objects(world: World) -> dict[str, dict[str, Any]]:
    return {name: kwargs for half in HALVES for name, kwargs in half.objects(world).items()}
