import pytest
from django.core.exceptions import PermissionDenied

from common.conflicts import StaleRevision
from reviews.actions.live import start_slot
from reviews.actions.minutes import regenerate_minutes, save_minutes
from reviews.models import Meeting
from reviews.models.minutes import CurrentMinutes, current_minutes
from tests.reviews.rows_of_meetings import opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    return opened_meeting(world)


def now(meeting: Meeting) -> CurrentMinutes:
    return current_minutes(Meeting.objects.with_facts().get(pk=meeting.pk))


def test_unedited_minutes_follow_the_record_and_edited_ones_stay(world: World, meeting: Meeting) -> None:
    assert "述职和点评" not in now(meeting).text
    start_slot(meeting.slots.first(), by=world.user("clerk"))
    assert "甲乡党委书记张某述职" in now(meeting).text
    assert now(meeting).gaps == ("没有点评记录：甲乡党委书记张某。",)
    save_minutes(meeting, text="我的纪要", revision=0, by=world.user("clerk"))
    meeting.slots.all().delete()
    after = now(meeting)
    assert (after.text, after.is_edited, after.is_stale) == ("我的纪要", True, True)
    again = regenerate_minutes(meeting, revision=1, by=world.user("clerk"))
    assert (again.text, again.is_edited) == (after.composed, False)


def test_saved_once_and_the_later_one_is_told(world: World, meeting: Meeting) -> None:
    clerk = world.user("clerk")
    assert save_minutes(meeting, text="甲", revision=0, save_id="a", by=clerk).revision == 1
    assert save_minutes(meeting, text="甲", revision=0, save_id="a", by=clerk).revision == 1
    assert save_minutes(meeting, text="乙", revision=0, save_id="b", after="a", by=clerk).revision == 2
    with pytest.raises(StaleRevision):
        save_minutes(meeting, text="丙", revision=1, save_id="c", by=clerk)
    with pytest.raises(StaleRevision):
        regenerate_minutes(meeting, revision=1, by=clerk)


def test_only_the_clerk(world: World, meeting: Meeting) -> None:
    for role in ("leader", "superior", "secretary", "sibling_clerk"):
        with pytest.raises(PermissionDenied):
            save_minutes(meeting, text="甲", revision=0, by=world.user(role))
