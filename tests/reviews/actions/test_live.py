import itertools

import pytest
from django.core.exceptions import PermissionDenied

from common.flow import TransitionNotAllowed
from reviews.actions.live import comment_slot, finish_slot, reopen_slot, show_item, start_slot
from reviews.models import Meeting, Slot
from reviews.rules.meetings import SLOT_FLOW, MeetingError, SlotState
from tests.reviews.rows_of_meetings import add_reporter, opened_meeting, set_up_meeting
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
DEEDS = {"start": start_slot, "comment": comment_slot, "finish": finish_slot, "reopen": reopen_slot}


@pytest.fixture
def world() -> World:
    return build_world()


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
