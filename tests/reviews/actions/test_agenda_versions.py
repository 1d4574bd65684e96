import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Notice
from reviews.actions.agenda import move_slot, set_commenters
from reviews.actions.agenda_versions import publish_agenda
from reviews.models import Meeting
from reviews.models.agenda_versions import version_words
from reviews.models.meeting_facts import gather_facts
from reviews.rules.meetings import MeetingError
from tests.reviews.rows_of_meetings import add_reporter, leader_of, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    add_reporter(world, "丙乡党委")
    return set_up_meeting(world)


def words(meeting: Meeting) -> str:
    return version_words(gather_facts(Meeting.objects.with_facts().get(pk=meeting.pk)))


def test_versions_count_up_and_say_what_changed(world: World, meeting: Meeting) -> None:
    clerk = world.user("clerk")
    assert words(meeting) == "未发布稿"
    publish_agenda(meeting, by=clerk)
    assert words(meeting).startswith("第1版，")
    with pytest.raises(MeetingError, match="没有不同"):
        publish_agenda(meeting, by=clerk)
    move_slot(meeting.slots.first(), 1, by=clerk)
    assert words(meeting) == "第1版之后有修改，尚未发布"
    second = publish_agenda(meeting, by=clerk)
    assert second.number == 2
    assert len(second.changes) == 2


def test_whom_the_change_concerns_is_told(world: World, meeting: Meeting) -> None:
    clerk, leader = world.user("clerk"), world.user("leader")
    publish_agenda(meeting, by=clerk)
    assert Notice.objects.filter(user=world.user("secretary"), text__contains="第1版").count() == 1
    slot = meeting.slots.exclude(reporter=world.reporter).get()
    set_commenters(slot, commenters=[leader_of(world)], by=clerk)
    publish_agenda(meeting, by=clerk)
    assert Notice.objects.filter(user=leader, text__contains="第2版").count() == 1
    assert not Notice.objects.filter(user=world.user("secretary"), text__contains="第2版").exists()


def test_only_the_clerk_publishes(world: World, meeting: Meeting) -> None:
    with pytest.raises(PermissionDenied):
        publish_agenda(meeting, by=world.user("leader"))
