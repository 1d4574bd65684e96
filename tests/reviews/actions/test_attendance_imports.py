import pytest
from django.core.exceptions import PermissionDenied

from common.conflicts import StaleRevision
from common.workbooks import Row, Sheet
from reviews.actions.attendance_imports import confirm_attendance_import, prepare_attendance_import
from reviews.actions.places import save_venues
from reviews.models import AttendanceImport, Attendee, Meeting
from reviews.models.meeting_facts import gather_facts
from reviews.rules.attendance_imports import read_list
from reviews.rules.meetings import MeetingError
from reviews.rules.places import Hall
from tests.reviews.rows_of_meetings import set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db

ROWS = (
    ("类别", "姓名", "单位", "职务", "会场", "座次", "人数"),
    ("出席指导", "高某", "市委组织部", "副部长", "", "1排1号", ""),
    ("县委常委", "周某", "县委", "书记", "", "", ""),
    ("群众代表", "周某", "县委", "书记", "柳河分会场", "", ""),
    ("群众代表", "***", "", "", "", "", ""),
    ("群众代表", "***", "", "", "", "", ""),
    ("企业代表", "", "", "", "", "", "***"),
)


@pytest.fixture
def meeting(world: World) -> Meeting:
    meeting = set_up_meeting(world)
    save_venues(meeting, halls=[Hall("柳河分会场")], by=world.user("clerk"))
    return Meeting.objects.with_facts().get(pk=meeting.pk)


def upload(world: World, meeting: Meeting) -> AttendanceImport:
    read = read_list([Sheet("名单", tuple(Row(n, row) for n, row in enumerate(ROWS, start=1)))])
    return prepare_attendance_import(meeting, read=read, file_name="名单.xlsx", by=world.user("clerk"))


def test_nothing_is_written_until_confirmed_and_the_same_file_twice_changes_nothing(
    world: World, meeting: Meeting
) -> None:
    clerk = world.user("clerk")
    row = upload(world, meeting)
    assert row.counts == {"wrong": 0, "new": 6, "change": 0, "same": 0}
    assert Attendee.objects.count() == 0
    confirm_attendance_import(row, revision=1, by=clerk)
    assert Attendee.objects.count() == 5
    again = upload(world, meeting)
    assert again.counts == {"wrong": 0, "new": 0, "change": 0, "same": 6}
    with pytest.raises(MeetingError, match="完全一致"):
        confirm_attendance_import(again, revision=2, by=clerk)


def test_who_is_in_two_categories_counts_once_and_figures_stand_as_typed(world: World, meeting: Meeting) -> None:
    confirm_attendance_import(upload(world, meeting), revision=1, by=world.user("clerk"))
    facts = gather_facts(meeting)
    assert [guest.name for guest in facts.guests] == ["高某"]
    assert (facts.total.total, facts.total.repeated, facts.total.skipped) == (3, 1, 1)
    assert next(line.figure for line in facts.groups if line.group.name == "企业代表") == "***"


def test_a_list_that_moved_on_is_looked_at_again(world: World, meeting: Meeting) -> None:
    row = upload(world, meeting)
    with pytest.raises(StaleRevision):
        confirm_attendance_import(row, revision=9, by=world.user("clerk"))
    with pytest.raises(PermissionDenied):
        confirm_attendance_import(row, revision=1, by=world.user("leader"))
    assert Attendee.objects.count() == 0
