import pytest
from django.core.exceptions import PermissionDenied

from common.conflicts import StaleRevision
from reporting.rules.cycles import ReportMode
from reviews.actions.agenda import sync_slots
from reviews.actions.live import finish_slot, start_slot
from reviews.actions.scripts import regenerate_script, save_script
from reviews.models import Meeting
from reviews.models.meeting_facts import gather_facts
from reviews.models.scripts import CurrentScript, current_script
from reviews.rules.meetings import MeetingClosedError, MeetingState
from tests.reviews.rows_of_meetings import add_reporter, opened_meeting, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


def script_of(meeting: Meeting) -> CurrentScript:
    return current_script(gather_facts(Meeting.objects.with_facts().get(pk=meeting.pk)))


def test_an_untouched_script_follows_the_facts(world: World) -> None:
    meeting = set_up_meeting(world)
    assert "首先，请甲乡党委书记张某同志述职，由我进行点评。" in script_of(meeting).text
    assert "其他1名党委书记印发了书面述职材料" in script_of(meeting).text
    add_reporter(world, "丙乡党委")
    sync_slots(meeting, by=world.user("clerk"))
    script = script_of(meeting)
    assert "今天2名党委书记进行了述职" in script.text
    assert not script.is_stale


def test_an_edited_script_stays_and_is_said_to_be_stale(world: World) -> None:
    meeting = set_up_meeting(world)
    save_script(meeting, text="同志们：\n……\n***", revision=0, by=world.user("clerk"))
    assert script_of(meeting).text == "同志们：\n……\n***"
    assert not script_of(meeting).is_stale
    world.other_reporter.mode = ReportMode.ORAL
    world.other_reporter.save()
    sync_slots(meeting, by=world.user("clerk"))
    assert script_of(meeting).text == "同志们：\n……\n***"
    assert script_of(meeting).is_stale
    regenerate_script(meeting, revision=1, by=world.user("clerk"))
    script = script_of(meeting)
    assert (script.is_edited, script.is_stale) == (False, False)
    assert script.text == script.composed


def test_two_clerks(world: World) -> None:
    meeting = set_up_meeting(world)
    save_script(meeting, text="甲", revision=0, by=world.user("clerk"))
    with pytest.raises(StaleRevision):
        save_script(meeting, text="乙", revision=0, by=world.user("clerk"))
    with pytest.raises(StaleRevision):
        regenerate_script(meeting, revision=0, by=world.user("clerk"))
    assert script_of(meeting).text == "甲"


def test_after_the_meeting_the_number_is_of_those_who_did_report(world: World) -> None:
    add_reporter(world, "丙乡党委")
    meeting = opened_meeting(world)
    slot = meeting.slots.first()
    start_slot(slot, by=world.user("clerk"))
    finish_slot(slot, by=world.user("clerk"))
    assert "今天2名党委书记进行了述职" in script_of(meeting).text
    Meeting.objects.update(state=MeetingState.CLOSED)
    assert "今天1名党委书记进行了述职" in script_of(meeting).text


def test_who_may_and_when(world: World) -> None:
    meeting = set_up_meeting(world)
    with pytest.raises(PermissionDenied):
        save_script(meeting, text="甲", revision=0, by=world.user("leader"))
    Meeting.objects.update(state=MeetingState.CLOSED)
    with pytest.raises(MeetingClosedError):
        save_script(meeting, text="甲", revision=0, by=world.user("clerk"))
