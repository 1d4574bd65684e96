import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.models import Cycle
from reporting.rules.cycles import CyclePhase, ReportMode
from reviews.actions.agenda import set_commenters
from reviews.actions.meetings import FACTS, create_meeting, delete_meeting, edit_meeting, open_meeting
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
from tests.world import World

pytestmark = pytest.mark.django_db


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


def test_a_meeting_set_up_by_mistake_goes_and_the_trail_says_why(world: World) -> None:
    meeting = set_up_meeting(world)
    set_commenters(meeting.slots.get(), commenters=[leader_of(world)], by=world.user("clerk"))
    title = str(meeting)
    with pytest.raises(MeetingError, match="理由"):
        delete_meeting(meeting, reason=" ", by=world.user("clerk"))
    delete_meeting(meeting, reason="重复新建", by=world.user("clerk"))
    assert not Meeting.objects.exists()
    assert world.cycle.reporters.count() == 2
    entry = AuditEntry.objects.filter(verb="删除会议").get()
    assert (entry.note, entry.before["title"]) == ("重复新建", title)
    assert f"{title}不再召开：重复新建" in Notice.objects.filter(user=world.user("leader")).values_list(
        "text", flat=True
    )


def test_only_the_clerk_of_this_committee_deletes_one(world: World) -> None:
    meeting = set_up_meeting(world)
    for role in ("leader", "superior", "sibling_clerk", "secretary", "administrator"):
        with pytest.raises(PermissionDenied):
            delete_meeting(meeting, reason="重复新建", by=world.user(role))


def test_a_meeting_of_which_something_has_come_stays(world: World) -> None:
    clerk, meeting = world.user("clerk"), set_up_meeting(world)
    group = meeting.attendance_groups.filter(kind=AttendanceKind.PARTICIPANTS).first()
    assert group is not None
    attendee = group.attendees.create(name="张某", present=False)
    with pytest.raises(MeetingError, match="已经登记到会情况。"):
        delete_meeting(meeting, reason="重复新建", by=clerk)
    attendee.delete()
    round_ = meeting.ballot_rounds.create(title="测评")
    with pytest.raises(MeetingError, match="已有无记名测评。"):
        delete_meeting(meeting, reason="重复新建", by=clerk)
    round_.delete()
    rater = meeting.raters.create(person=world.user("leader").person, category=world.cycle.scheme.categories.first())
    sheet = rater.sheets.create(reporter=world.reporter)
    with pytest.raises(MeetingError, match="已有评分表。"):
        delete_meeting(meeting, reason="重复新建", by=clerk)
    sheet.delete()
    open_meeting(meeting, by=clerk)
    with pytest.raises(MeetingError, match="会议已经开过。"):
        delete_meeting(meeting, reason="重复新建", by=clerk)
    assert Meeting.objects.count() == 1


def test_whom_a_further_meeting_hears_is_placed_elsewhere_first(world: World) -> None:
    clerk, _first = world.user("clerk"), set_up_meeting(world)
    second = set_up_meeting(world)
    world.cycle.reporters.get(pk=world.reporter.pk).place.delete()
    place = second.places.create(reporter=world.reporter)
    with pytest.raises(MeetingError, match="请先调整到其他会议"):
        delete_meeting(second, reason="重复新建", by=clerk)
    place.delete()
    delete_meeting(second, reason="重复新建", by=clerk)
    assert Meeting.objects.count() == 1
