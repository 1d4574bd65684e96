import contextlib
import datetime as dt
import itertools

import pytest
from django.core.exceptions import PermissionDenied

from common import clock
from common.flow import TransitionNotAllowed
from reporting.rules.cycles import ReportMode
from reviews.actions.live import (
    add_slot,
    comment_slot,
    finish_slot,
    hear_slot,
    pause_slot,
    postpone_slot,
    reopen_slot,
    resume_slot,
    show_item,
    start_slot,
    turn_slot_written,
)
from reviews.actions.screens import renew_screen_link
from reviews.models import Meeting, Slot
from reviews.models.live import live_state, time_records
from reviews.rules.live import MovedOnError
from reviews.rules.meetings import SLOT_FLOW, MeetingError, SlotState
from tests.reviews.rows_of_meetings import add_reporter, opened_meeting, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db
DEEDS = {
    "start": start_slot,
    "hear": hear_slot,
    "comment": comment_slot,
    "finish": finish_slot,
    "postpone": postpone_slot,
    "reopen": reopen_slot,
}


@pytest.fixture
def meeting(world: World) -> Meeting:
    add_reporter(world, "丙乡党委")
    return opened_meeting(world)


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(SlotState, DEEDS)))
def test_every_state_and_verb(world: World, meeting: Meeting, state: str, verb: str) -> None:
    slot = meeting.slots.first()
    Slot.objects.filter(pk=slot.pk).update(state=state)
    if SLOT_FLOW.allows(state, verb):
        assert DEEDS[verb](slot, by=world.user("clerk")).state == SLOT_FLOW.check(state, verb)
    else:
        with pytest.raises(TransitionNotAllowed, match="现在是"):
            DEEDS[verb](slot, by=world.user("clerk"))


def test_one_reporter_at_a_time(world: World, meeting: Meeting) -> None:
    first, second = meeting.slots.all()
    start_slot(first, by=world.user("clerk"))
    with pytest.raises(MeetingError, match="还没有结束"):
        start_slot(second, by=world.user("clerk"))
    Slot.objects.filter(pk=second.pk).update(state=SlotState.DONE)
    with pytest.raises(MeetingError, match="还没有结束"):
        reopen_slot(second, by=world.user("clerk"))


def test_the_next_one_is_called_and_who_is_absent_is_passed_over(world: World, meeting: Meeting) -> None:
    first, second = meeting.slots.all()
    start_slot(first, by=world.user("clerk"))
    after = finish_slot(first, call_next=True, by=world.user("clerk"))
    assert (after.pk, after.state) == (second.pk, SlotState.REPORTING)
    Slot.objects.filter(pk=first.pk).update(state=SlotState.WAITING, absent=True)
    assert finish_slot(after, call_next=True, by=world.user("clerk")).state == SlotState.DONE


def test_starting_shows_the_item_of_reports(world: World, meeting: Meeting) -> None:
    reports, scoring, *_rest = meeting.agenda_items.all()
    show_item(scoring, by=world.user("clerk"))
    slot = start_slot(meeting.slots.first(), by=world.user("clerk"))
    meeting.refresh_from_db()
    assert meeting.current_item == reports
    with pytest.raises(MeetingError, match="请先结束"):
        show_item(scoring, by=world.user("clerk"))
    finish_slot(slot, by=world.user("clerk"))
    show_item(scoring, by=world.user("clerk"))
    meeting.refresh_from_db()
    assert meeting.current_item == scoring


def test_only_the_clerk_and_only_while_it_is_held(world: World, meeting: Meeting) -> None:
    for role in ("leader", "secretary", "superior", "sibling_clerk", "attendee"):
        with pytest.raises(PermissionDenied):
            start_slot(meeting.slots.first(), by=world.user(role))
    later = set_up_meeting(world)
    slot = later.slots.create(reporter=world.other_reporter)
    with pytest.raises(MeetingError, match="没有在召开"):
        start_slot(slot, by=world.user("clerk"))


AT = dt.datetime(2027, 1, 12, 1, 0, tzinfo=dt.UTC)


def at(minutes: float) -> contextlib.AbstractContextManager[None]:
    return clock.at(AT + dt.timedelta(minutes=minutes))


def test_of_two_clerks_only_one_moves_the_meeting_on(world: World, meeting: Meeting) -> None:
    """S-95: both pages were made from the same state; the meeting does not jump over anybody."""
    first, second = meeting.slots.all()
    start_slot(first, by=world.user("clerk"))
    meeting.refresh_from_db()
    seen = meeting.live_revision
    finish_slot(first, call_next=True, seen=seen, by=world.user("clerk"))
    with pytest.raises(MovedOnError):
        finish_slot(second, call_next=True, seen=seen, by=world.user("clerk"))
    second.refresh_from_db()
    assert second.state == SlotState.REPORTING


def test_pauses_do_not_count_and_overtime_is_kept(world: World, meeting: Meeting) -> None:
    """8 minutes are allowed: 10 spoken, 5 paused; the comments take 2 of 3."""
    clerk, slot = world.user("clerk"), meeting.slots.first()
    with at(0):
        start_slot(slot, by=clerk)
    with at(4):
        pause_slot(slot, by=clerk)
        standing = live_state(Meeting.objects.with_facts().get(pk=meeting.pk)).clock
    with at(9), pytest.raises(MovedOnError):
        pause_slot(slot, by=clerk)
    with at(9):
        resume_slot(slot, by=clerk)
    with at(15):
        comment_slot(slot, by=clerk)
    with at(17):
        finish_slot(slot, by=clerk)
    record = time_records(live_state(Meeting.objects.with_facts().get(pk=meeting.pk)).facts)[0]
    assert standing is not None
    assert (standing.is_standing, standing.left) == (True, 240)
    assert (record.report, record.report_over, record.comment, record.comment_over) == (600, 120, 120, 0)
    assert record.words == (("述职", "10分钟", "2分钟"), ("点评", "2分钟", ""))


def test_comments_after_all_reports(world: World, meeting: Meeting) -> None:
    clerk, (first, second) = world.user("clerk"), meeting.slots.all()
    start_slot(first, by=clerk)
    assert hear_slot(first, call_next=True, by=clerk).pk == second.pk
    after = hear_slot(second, call_next=True, by=clerk)
    assert (after.pk, after.state) == (first.pk, SlotState.COMMENTING)
    assert finish_slot(after, call_next=True, by=clerk).pk == second.pk


def test_who_is_not_there_is_put_behind_the_others(world: World, meeting: Meeting) -> None:
    first, second = meeting.slots.all()
    start_slot(first, by=world.user("clerk"))
    postpone_slot(first, by=world.user("clerk"))
    assert [slot.pk for slot in meeting.slots.all()] == [second.pk, first.pk]
    assert {slot.state for slot in meeting.slots.all()} == {SlotState.WAITING}


def test_absent_becomes_written_and_written_speaks_after_all(world: World, meeting: Meeting) -> None:
    """S-88: although the order of the year stands."""
    clerk, slot = world.user("clerk"), meeting.slots.first()
    reporter = turn_slot_written(slot, reason="因病请假", by=clerk)
    assert (reporter.mode, reporter.mode_reason) == (ReportMode.WRITTEN, "因病请假")
    assert reporter in meeting.written_reporters
    with pytest.raises(MovedOnError):
        turn_slot_written(slot, reason="因病请假", by=clerk)
    again = add_slot(meeting, reporter, by=clerk)
    assert [slot.reporter for slot in meeting.slots.all()][-1] == again.reporter
    with pytest.raises(MovedOnError):
        add_slot(meeting, reporter, by=clerk)
    with pytest.raises(PermissionDenied):
        add_slot(meeting, world.other_reporter, by=world.user("leader"))


def test_the_items_keep_when_they_began_and_ended(world: World, meeting: Meeting) -> None:
    reports, scoring, *_rest = meeting.agenda_items.all()
    with at(0):
        show_item(scoring, by=world.user("clerk"))
    with at(30):
        show_item(reports, by=world.user("clerk"))
    scoring.refresh_from_db()
    reports.refresh_from_db()
    assert (scoring.begun_at, scoring.left_at) == (AT, AT + dt.timedelta(minutes=30))
    assert reports.left_at == AT


def test_a_new_link_ends_the_old_one(world: World, meeting: Meeting) -> None:
    renewed = renew_screen_link(meeting, by=world.user("clerk"))
    assert renewed.screen_token != meeting.screen_token
    with pytest.raises(PermissionDenied):
        renew_screen_link(meeting, by=world.user("leader"))


def test_a_rehearsal_leaves_alone_how_somebody_reports(world: World, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(rehearsing=True)
    with pytest.raises(MeetingError, match="正在演练"):
        turn_slot_written(meeting.slots.first(), reason="因病请假", by=world.user("clerk"))
    with pytest.raises(MeetingError, match="正在演练"):
        add_slot(meeting, world.other_reporter, by=world.user("clerk"))
