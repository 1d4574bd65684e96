"""One order for every page and paper of a meeting: as they speak, then those in writing."""

import pytest

from reporting.rules.cycles import ReportMode
from reviews.actions.agenda import move_slot
from reviews.actions.meetings import create_meeting
from tests.factories import make_organization, make_reporter
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_a_speaker_who_is_moved_moves_everywhere() -> None:
    world = build_world()
    make_reporter(world.cycle, make_organization("丙乡党委", world.county, code="X9"), ReportMode.ORAL)
    meeting = create_meeting(world.cycle, facts={}, by=world.user("clerk"))
    assert [r.organization.name for r in meeting.reporters] == ["甲乡党委", "丙乡党委", "乙镇党委"]

    move_slot(meeting.slots.get(reporter__organization__code="X9"), -1, by=world.user("clerk"))

    assert [r.organization.name for r in meeting.reporters] == ["丙乡党委", "甲乡党委", "乙镇党委"]
