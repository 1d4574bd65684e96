from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Notice
from common.flow import TransitionNotAllowed
from rectification.actions.merges import merge_problems
from rectification.actions.problems import ProblemDraft, add_problem
from rectification.models import Problem, RectificationList
from rectification.rules.items import ItemState, ListState
from reporting.models import CarriedItem
from reporting.rules.cycles import ReportMode
from reporting.rules.reports import CarriedStatus, ReportState
from reviews.actions.closing import close_meeting
from reviews.models import CommentProblem, Meeting
from reviews.models.closing import closing_facts, source_counts
from reviews.rules.closing import ClosingRefusedError, closing_warnings
from reviews.rules.meetings import CommentState, MeetingKind, MeetingState, SlotState
from tests.factories import make_cycle, make_organization, make_reporter
from tests.rectification.rows import make_item, make_list
from tests.reviews.rows_of_scoring import make_comment, make_meeting, make_rater, make_report, make_sheet

pytestmark = pytest.mark.django_db


def test_closing_is_refused_while_an_oral_reporter_lacks_a_final_comment(world):
    meeting = make_meeting(world.cycle)
    make_comment(world, meeting, world.reporter, "问题", state=CommentState.DRAFT)

    with pytest.raises(ClosingRefusedError, match="1名大会述职人还没有定稿的点评：甲乡党委（X1）张某"):
        close_meeting(meeting, by=world.user("clerk"))

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.LIVE
    assert not RectificationList.objects.exists()


@pytest.mark.parametrize("role", ["leader", "secretary", "supervision", "superior", "attendee", "sibling_clerk"])
def test_only_the_clerk_closes(world, role):
    meeting = make_meeting(world.cycle)
    make_comment(world, meeting, world.reporter)

    with pytest.raises(PermissionDenied):
        close_meeting(meeting, by=world.user(role))


@pytest.mark.parametrize("state", [MeetingState.PREPARING, MeetingState.CLOSED])
def test_only_a_meeting_under_way_closes(world, state):
    meeting = make_meeting(world.cycle, state)
    make_comment(world, meeting, world.reporter)

    with pytest.raises(TransitionNotAllowed):
        close_meeting(meeting, by=world.user("clerk"))


def test_closing_gives_everybody_a_list_and_drops_nothing(world):
    """甲乡: 1 unanswered + 1 unfinished + 1 kept up + 2 own + 2 of the comment = 7. 乙镇, written: 1 own + 1 = 2."""
    meeting = make_meeting(world.cycle)
    make_report(world.reporter, "自查一", "自查二")
    make_report(world.other_reporter, "自查三")
    make_comment(world, meeting, world.reporter, "点评一", "点评二")
    make_comment(world, meeting, world.other_reporter, "点评三")
    for position, status in enumerate(["", CarriedStatus.UNFINISHED, CarriedStatus.DONE, CarriedStatus.STANDING]):
        CarriedItem.objects.create(reporter=world.reporter, position=position, text=f"上年{position}", status=status)

    close_meeting(meeting, by=world.user("clerk"))

    first = RectificationList.objects.get(reporter=world.reporter)
    second = RectificationList.objects.get(reporter=world.other_reporter)
    assert [(i.problem.source, i.problem.text) for i in first.items.order_by("position")] == [
        ("carried", "上年0"),
        ("carried", "上年1"),
        ("carried", "上年3"),
        ("self", "自查一"),
        ("self", "自查二"),
        ("comment", "点评一"),
        ("comment", "点评二"),
    ]
    assert [i.problem.text for i in second.items.order_by("position")] == ["自查三", "点评三"]
    assert (first.due_text, first.due_date) == ("会后30日内", None)
    assert all(problem.problem.text == problem.text for problem in CommentProblem.objects.all())
    counts = {
        row.reporter: (row.own, row.comments, row.carried, row.total, row.items) for row in source_counts(meeting)
    }
    assert counts == {world.reporter: (2, 2, 3, 7, 7), world.other_reporter: (1, 1, 0, 2, 2)}
    assert all(row.agrees for row in source_counts(meeting))


def test_every_source_is_an_item_or_a_merge(world):
    """甲乡: 1 own + 1 comment + 2 raised + 1 share = 5 = 4 items + 1 merged; 乙镇: 1 own + 1 share = 2 items."""
    clerk = world.user("clerk")
    meeting = make_meeting(world.cycle)
    make_report(world.reporter, "自查一")
    make_report(world.other_reporter, "自查二")
    make_comment(world, meeting, world.reporter, "点评一")
    raised = [
        add_problem(world.cycle, draft=ProblemDraft(source, "提问"), organization=world.township, by=clerk)
        for source in ("question", "supervision")
    ]
    add_problem(world.cycle, draft=ProblemDraft("comment", "共性"), by=clerk)
    close_meeting(meeting, by=clerk)
    merge_problems(raised, text="提问", cause="", category="", by=clerk)
    rows = {row.reporter: row for row in source_counts(meeting)}
    mine, other = rows[world.reporter], rows[world.other_reporter]
    assert (mine.own, mine.comments, mine.carried, mine.raised, mine.common) == (1, 1, 0, 2, 1)
    assert (mine.total, mine.items, mine.merged, mine.waiting) == (5, 4, 1, 0)
    assert (other.total, other.items) == (2, 2)
    assert mine.agrees
    assert other.agrees


def test_closing_locks_accepted_reports_is_audited_and_told(world):
    meeting = make_meeting(world.cycle)
    accepted = make_report(world.reporter, "自查")
    returned = make_report(world.other_reporter, "自查", state=ReportState.RETURNED)
    make_comment(world, meeting, world.reporter)

    closed = close_meeting(meeting, by=world.user("clerk"))

    accepted.refresh_from_db()
    returned.refresh_from_db()
    assert (accepted.state, returned.state) == (ReportState.LOCKED, ReportState.RETURNED)
    assert closed.closed_at is not None
    assert AuditEntry.objects.of(meeting).get(verb="结束会议").actor == world.user("clerk")
    assert Notice.objects.filter(user=world.user("secretary")).exists()
    assert Notice.objects.filter(user=world.user("other_secretary")).exists()


def test_unfinished_draft_of_a_report_is_its_authors_own(world):
    meeting = make_meeting(world.cycle)
    make_report(world.reporter, "没有报送", state=ReportState.DRAFT)
    make_comment(world, meeting, world.reporter)

    close_meeting(meeting, by=world.user("clerk"))

    assert not Problem.objects.exists()
    assert RectificationList.objects.count() == 2


def test_an_answer_in_a_report_nobody_accepted_ends_nothing(world):
    meeting = make_meeting(world.cycle)
    make_comment(world, meeting, world.reporter)
    make_report(world.reporter)
    make_report(world.other_reporter, state=ReportState.RETURNED)
    for reporter in (world.reporter, world.other_reporter):
        CarriedItem.objects.create(reporter=reporter, text="老问题", status=CarriedStatus.DONE, explanation="办好了。")

    close_meeting(meeting, by=world.user("clerk"))

    carried = Problem.objects.filter(text="老问题")
    assert [problem.organization for problem in carried] == [world.other_township]


@pytest.mark.parametrize(
    ("state", "goes_on"), [(ItemState.OPEN, True), (ItemState.APPLIED, True), (ItemState.CLOSED, False)]
)
def test_only_what_somebody_else_verified_ends_with_an_answer(world, state, goes_on):
    """The author says 已完成 and the report is accepted; who has not been verified stands in the new list all the same."""
    last_year = make_list(make_reporter(make_cycle(world.county, 2025), world.township), ListState.COMMITTED, items=0)
    origin = make_item(last_year, text="流动党员", state=state)
    meeting = make_meeting(world.cycle)
    make_report(world.reporter)
    make_report(world.other_reporter)
    make_comment(world, meeting, world.reporter)
    facts = {"origin": origin.pk, "text": "流动党员", "status": CarriedStatus.DONE, "explanation": "办好了。"}
    CarriedItem.objects.create(reporter=world.reporter, **facts)

    close_meeting(meeting, by=world.user("clerk"))

    row = next(row for row in source_counts(meeting) if row.reporter == world.reporter)
    assert (row.carried, row.agrees) == (int(goes_on), True)
    assert [item.problem.previous for item in row.list.items.filter(problem__source="carried")] == [origin] * goes_on
    origin.refresh_from_db()
    assert origin.state == (ItemState.CARRIED if goes_on else ItemState.CLOSED)


def test_written_reporters_get_their_list_when_the_last_meeting_closes(world):
    first = make_meeting(world.cycle, title="第一片区")
    second = make_meeting(world.cycle, MeetingState.LIVE, title="第二片区")
    second.slots.all().delete()
    late = make_reporter(world.cycle, make_organization("丙乡党委", world.county), ReportMode.ORAL)
    second.slots.create(reporter=late, position=1, state=SlotState.DONE)
    make_comment(world, first, world.reporter)
    make_comment(world, first, world.other_reporter, "第一片区点评")
    make_comment(world, second, late)

    close_meeting(first, by=world.user("clerk"))
    assert [row.reporter for row in RectificationList.objects.all()] == [world.reporter]
    close_meeting(second, by=world.user("clerk"))

    written = RectificationList.objects.get(reporter=world.other_reporter)
    assert [item.problem.text for item in written.items.all()] == ["第一片区点评"]
    assert RectificationList.objects.count() == 3


def test_progress_meeting_closes_without_comments_or_lists(world):
    meeting = make_meeting(world.cycle)
    meeting.kind = MeetingKind.PROGRESS
    meeting.save()

    close_meeting(meeting, by=world.user("clerk"))

    assert not RectificationList.objects.exists()


def test_what_is_left_undone_is_said_before(world):
    meeting = make_meeting(world.cycle)
    meeting.slots.update(state=SlotState.WAITING)
    make_report(world.reporter)
    make_comment(world, meeting, world.other_reporter, state=CommentState.DRAFT)
    make_sheet(make_rater(meeting, world.user("attendee")), world.reporter, "90", "90")

    assert closing_warnings(closing_facts(meeting)) == [
        "还没有标记为述职完毕：甲乡党委（X1）张某。",
        "点评还是草稿，其中的问题不列入清单：乙镇党委（X2）王某。",
        "述职报告还没有采用，不能定稿：乙镇党委（X2）王某。",
        "应评2份评分表，已交1份，还差1份；会议结束后不能再评。",
    ]


def test_facts_and_counts_ask_the_same_number_of_questions(world):
    meeting = make_meeting(world.cycle)
    before = questions(meeting, closing_facts), questions(meeting, source_counts)
    for number in range(12):
        unit = make_organization(f"{number}乡党委", world.county)
        make_report(make_reporter(world.cycle, unit, ReportMode.WRITTEN))

    assert (questions(meeting, closing_facts), questions(meeting, source_counts)) == before


def questions(meeting: Meeting, ask: Callable[[Meeting], object]) -> int:
    fresh = Meeting.objects.with_facts().get(pk=meeting.pk)
    with CaptureQueriesContext(connection) as asked:
        ask(fresh)
    return len(asked)
