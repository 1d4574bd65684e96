"""Role × URL of reviews, in two halves: the meeting, and scoring with its results."""

from typing import Any

from tests.reviews import access_of_meetings, access_of_scoring
from tests.world import World

TABLE: dict[str, dict[str, int]] = {**access_of_meetings.TABLE, **access_of_scoring.TABLE}


def objects(world: World) -> dict[str, dict[str, Any]]:
    return {**access_of_meetings.objects(world), **access_of_scoring.objects(world)}
