import pytest
from django.core.exceptions import PermissionDenied

from common.conflicts import StaleRevision
from reviews.actions.briefings import reset_briefing, save_briefing
from reviews.models.briefings import briefed_reporters, current_briefing
from reviews.papers import briefings
from reviews.rules.briefings import BriefingText
from reviews.rules.meetings import MeetingError
from tests.reviews.rows_of_meetings import host_of, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db

TEXT = BriefingText("亮点***", "问题一\n问题二", "为什么？")


def test_words_of_the_office_stand_until_given_up(world: World) -> None:
    meeting, clerk = set_up_meeting(world), world.user("clerk")
    save_briefing(meeting, world.reporter, text=TEXT, revision=0, by=clerk)
    assert current_briefing(meeting, world.reporter).text == TEXT
    with pytest.raises(StaleRevision):
        save_briefing(meeting, world.reporter, text=TEXT, revision=0, by=clerk)
    reset_briefing(meeting, world.reporter, revision=1, by=clerk)
    assert current_briefing(meeting, world.reporter).row is None
    with pytest.raises(MeetingError):
        reset_briefing(meeting, world.reporter, revision=1, by=clerk)


def test_only_the_clerk_writes(world: World) -> None:
    with pytest.raises(PermissionDenied):
        save_briefing(set_up_meeting(world), world.reporter, text=TEXT, revision=0, by=world.user("leader"))


def test_a_packet_for_who_comments(world: World) -> None:
    meeting = set_up_meeting(world)
    save_briefing(meeting, world.reporter, text=TEXT, revision=0, by=world.user("clerk"))
    host = host_of(world)
    assert briefed_reporters(meeting, host) == [world.reporter]
    assert "亮点***" in briefings.content(host.pk).parts[0].html
