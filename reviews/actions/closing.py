"""The meeting ends: reports are frozen and everybody who reported gets a list (S-99, S-107, S-147)."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from rectification.actions.lists import open_list
from rectification.actions.problems import ProblemDraft
from rectification.models import RectificationList
from rectification.rules.items import ProblemSource
from reporting.actions.reports import lock_report
from reporting.models import DutyReport, Reporter
from reporting.rules.cycles import ReportMode
from reporting.rules.reports import ReportState
from reviews.actions.score_sheets import lock_meeting
from reviews.actions.screens import move_on
from reviews.models import CommentProblem, Meeting
from reviews.models.closing import closing_facts, comment_problems, open_carried_items, report_problems
from reviews.permissions import can_close_meeting
from reviews.rules.closing import JUDGING_KINDS, ClosingRefusedError, closing_refusals
from reviews.rules.meetings import MEETING_FLOW, MeetingState


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """End the meeting for good: no more marks or comments, reports locked, a list for everybody.

    Raises ClosingRefusedError naming the oral reporters without a final comment (S-107).
    """
    meeting = lock_meeting(meeting)
    if not can_close_meeting(by, meeting):
        raise PermissionDenied
    if meeting.rehearsing:
        raise ClosingRefusedError(["正在演练，请先结束演练，再正式开会。"])
    before = snapshot(meeting)
    state = MEETING_FLOW.check(meeting.state, "close")
    judges = meeting.kind in JUDGING_KINDS
    refusals = closing_refusals(closing_facts(meeting)) if judges else []
    if refusals:
        raise ClosingRefusedError(refusals)
    meeting.state = state
    meeting.closed_at = clock.now()
    meeting.revision += 1
    meeting.save()
    meeting.agenda_items.filter(pk=meeting.current_item_id or 0).update(left_at=meeting.closed_at)
    move_on(meeting)
    record(meeting, "结束会议", by=by, before=before, after=snapshot(meeting))
    if judges:
        _lock_reports(meeting, by=by)
        for reporter in _reporters_due(meeting):
            _open_list(meeting, reporter, by=by)
    return meeting


def _lock_reports(meeting: Meeting, *, by: User) -> None:
    """What was judged is fixed (S-74). What was never accepted cannot be; the page said so before."""
    accepted = DutyReport.objects.filter(reporter__in=meeting.reporters, state=ReportState.ACCEPTED)
    for report in accepted.order_by("pk"):
        lock_report(report, by=by)


def _reporters_due(meeting: Meeting) -> list[Reporter]:
    """Everybody of this meeting who has no list yet. Where several meetings share those who report in writing
    (as before they were divided), these get theirs when the last one closes, so that no comment is left out.
    """
    if meeting.is_divided:
        return list(meeting.reporters.filter(rectification_list__isnull=True))
    others = meeting.cycle.meetings.filter(kind__in=JUDGING_KINDS).exclude(pk=meeting.pk)
    is_last = not others.exclude(state=MeetingState.CLOSED).exists()
    rows = meeting.reporters.filter(rectification_list__isnull=True)
    return list(rows if is_last else rows.filter(mode=ReportMode.ORAL))


def _open_list(meeting: Meeting, reporter: Reporter, *, by: User) -> RectificationList:
    """One item per problem: what last year left, the report's own, the final comments' (S-147, S-157)."""
    own = [
        ProblemDraft(ProblemSource.SELF, problem.text, problem.cause, problem.category, report_problem=problem)
        for problem in report_problems([reporter.pk])
    ]
    named = list(comment_problems(meeting, [reporter.pk]).filter(problem__isnull=True))
    commented = [ProblemDraft(ProblemSource.COMMENT, problem.text) for problem in named]
    carried = [
        ProblemDraft(ProblemSource.CARRIED, item.text, carried_item=item) for item in open_carried_items([reporter.pk])
    ]
    scheme = meeting.cycle.scheme
    opened = open_list(
        reporter,
        drafts=[*carried, *own, *commented],
        due_text=scheme.list_due_text,
        due_date=scheme.list_due_date,
        by=by,
    )
    _point_down(named, opened, first=len(carried) + len(own))
    return opened


def _point_down(named: Sequence[CommentProblem], opened: RectificationList, *, first: int) -> None:
    """Each problem of a comment points to the problem it became; the items stand in the drafts' order."""
    items = opened.items.order_by("position").select_related("problem")[first : first + len(named)]
    for comment_problem, item in zip(named, items, strict=True):
        comment_problem.problem = item.problem
        comment_problem.save(update_fields=["problem"])
