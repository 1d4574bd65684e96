"""Role × URL of reviews, the meeting, scoring with its results, and their use."""

from typing import Any

from tests.reviews import access_of_ballots, access_of_meetings, access_of_scoring, access_of_use
from tests.world import World

TABLE: dict[str, dict[str, int]] = {
    **access_of_meetings.TABLE,
    **access_of_ballots.TABLE,
    **access_of_scoring.TABLE,
    **access_of_use.TABLE,
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    halves = (access_of_meetings, access_of_ballots, access_of_scoring, access_of_use)
    return {name: kwargs for half in halves for name, kwargs in half.objects(world).items()}
