import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.models import Cycle
from reporting.rules.cycles import CyclePhase, ReportMode
from reviews.actions.agenda import set_commenters
from reviews.actions.meetings import FACTS, create_meeting, edit_meeting, open_meeting
from reviews.models import Meeting
from reviews.rules.attendance import PRESET
from reviews.rules.meetings import (
    AttendanceKind,
    MeetingClosedError,
    MeetingError,
    MeetingKind,
    MeetingState,
)
from tests.reviews.rows_of_meetings import (
    add_reporter,
    host_of,
    leader_of,
    opened_meeting,
    set_up_meeting,
)
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def facts_of(meeting: Meeting) -> dict[str, object]:
    return {name: getattr(meeting, name) for name in FACTS}


def test_a_meeting_starts_with_title_agenda_slots_and_attendance(world: World) -> None:
    second = add_reporter(world, "丙乡党委")
    add_reporter(world, "丁乡党委", ReportMode.WRITTEN)
    meeting = set_up_meeting(world)
    assert meeting.title == "2026年度全县党委书记抓基层党建工作述职评议大会"
    assert list(meeting.agenda_items.values_list("kind", flat=True)) == [
        "reports",
        "scoring",
        "superior_speech",
        "secretary_speech",
    ]
    assert list(meeting.slots.values_list("reporter", flat=True)) == [world.reporter.pk, second.pk]
    groups = meeting.attendance_groups.filter(kind=AttendanceKind.PARTICIPANTS)
    assert tuple(groups.values_list("name", flat=True)) == PRESET
    assert AuditEntry.objects.of(meeting).get().verb == "新建会议"


def test_only_the_clerk_of_this_committee_sets_one_up(world: World) -> None:
    for role in ("leader", "superior", "sibling_clerk", "secretary", "administrator"):
        with pytest.raises(PermissionDenied):
            create_meeting(world.cycle, facts={"kind": MeetingKind.REVIEW}, by=world.user(role))
    Cycle.objects.update(phase=CyclePhase.CLOSED)
    with pytest.raises(PermissionDenied):
        create_meeting(world.cycle, facts={"kind": MeetingKind.REVIEW}, by=world.user("clerk"))


def test_a_summary_meeting_has_no_slots(world: World) -> None:
    assert set_up_meeting(world, kind=MeetingKind.SUMMARY).slots.count() == 0


def test_who_speaks_at_another_meeting_of_the_year_gets_no_second_slot(world: World) -> None:
    first = set_up_meeting(world)
    third = add_reporter(world, "丙乡党委")
    second = set_up_meeting(world)
    assert second.slots.count() == 0
    assert third in first.reporters


def test_untouched_title_and_agenda_follow_the_kind(world: World) -> None:
    meeting = set_up_meeting(world)
    facts = facts_of(meeting) | {"kind": MeetingKind.PROGRESS}
    edit_meeting(meeting, facts=facts, revision=1, by=world.user("clerk"))
    meeting.refresh_from_db()
    assert meeting.title == "2026年度全县基层党建工作推进会"
    assert meeting.agenda_items.count() == 3
    assert meeting.slots.count() == 0


def test_a_typed_title_stays_when_the_kind_changes(world: World) -> None:
    meeting = set_up_meeting(world, title="XX会议***")
    facts = facts_of(meeting) | {"kind": MeetingKind.SUMMARY}
    assert edit_meeting(meeting, facts=facts, revision=1, by=world.user("clerk")).title == "XX会议***"


def test_the_later_of_two_clerks_is_told(world: World) -> None:
    meeting = set_up_meeting(world)
    facts = facts_of(meeting)
    edit_meeting(meeting, facts=facts | {"place": "甲"}, revision=1, by=world.user("clerk"))
    with pytest.raises(StaleRevision):
        edit_meeting(meeting, facts=facts | {"place": "乙"}, revision=1, by=world.user("clerk"))
    meeting.refresh_from_db()
    assert (meeting.place, meeting.revision) == ("甲", 2)


def test_a_closed_meeting_keeps_its_facts(world: World) -> None:
    meeting = set_up_meeting(world)
    Meeting.objects.update(state=MeetingState.CLOSED)
    with pytest.raises(MeetingClosedError):
        edit_meeting(meeting, facts=facts_of(meeting), revision=1, by=world.user("clerk"))


def test_opening_moves_the_year_on_fixes_the_order_and_tells_the_commenters(world: World) -> None:
    meeting = set_up_meeting(world)
    set_commenters(meeting.slots.get(), commenters=[leader_of(world)], by=world.user("clerk"))
    Notice.objects.all().delete()
    meeting = open_meeting(meeting, by=world.user("clerk"))
    world.cycle.refresh_from_db()
    assert meeting.state == MeetingState.LIVE
    assert meeting.current_item == meeting.agenda_items.first()
    assert world.cycle.phase == CyclePhase.MEETING
    assert world.cycle.order_fixed_at is not None
    assert [notice.user for notice in Notice.objects.all()] == [world.user("leader")]
    with pytest.raises(TransitionNotAllowed):
        open_meeting(meeting, by=world.user("clerk"))


def test_what_must_be_there_before_opening_is_named(world: World) -> None:
    meeting = set_up_meeting(world, host=None)
    with pytest.raises(MeetingError, match="主持人"):
        open_meeting(meeting, by=world.user("clerk"))
    Meeting.objects.update(host=host_of(world))
    add_reporter(world, "丙乡党委")
    with pytest.raises(MeetingError, match="同步述职人"):
        open_meeting(meeting, by=world.user("clerk"))
    with pytest.raises(PermissionDenied):
        open_meeting(meeting, by=world.user("leader"))


def test_a_second_meeting_of_the_year_opens_too(world: World) -> None:
    opened_meeting(world)
    assert opened_meeting(world, kind=MeetingKind.SUMMARY).state == MeetingState.LIVE
