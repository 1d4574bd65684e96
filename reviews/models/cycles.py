"""What a cycle still lacks, gathered from every stage (S-30)."""

from __future__ import annotations

from django.db.models import Count

from rectification.models import RectificationItem, RectificationList
from rectification.models.carrying import carry_rows
from rectification.rules.items import ListState
from reporting.models import Cycle
from reporting.rules.reports import READY_FOR_PRINT, ReportState
from reviews.rules.closing import JUDGING_KINDS
from reviews.rules.cycles import CycleFacts
from reviews.rules.meetings import MeetingState

from .places import unplaced_reporters


def cycle_facts(cycle: Cycle) -> CycleFacts:
    """Names of what is missing; the number of queries does not grow with the reporters."""
    rows = list(cycle.reporters.in_order().select_related("organization", "report", "result", "post__person__user"))
    states = {row.pk: row.report.state if hasattr(row, "report") else ReportState.DRAFT for row in rows}
    handed_in = {ReportState.SUBMITTED, *READY_FOR_PRINT}
    meetings = list(cycle.meetings.filter(kind__in=JUDGING_KINDS))
    lists = {row.reporter_id: row for row in RectificationList.objects.filter(reporter__cycle=cycle)}
    unfinished = dict(
        RectificationItem.objects.unfinished()
        .filter(list__reporter__cycle=cycle)
        .order_by()
        .values_list("list__reporter")
        .annotate(Count("id"))
    )
    return CycleFacts(
        reporters=len(rows),
        has_report_deadline=bool(cycle.scheme.report_deadline),
        without_account=[f"{r.organization.label}{r.name}" for r in rows if not r.post.person.has_account],
        uncarried=[
            f"{row.reporter.organization.label}{len(row.waiting)}项" for row in carry_rows(cycle) if row.waiting
        ],
        missing_reports=[r.organization.label for r in rows if states[r.pk] not in handed_in],
        unaccepted_reports=[r.organization.label for r in rows if states[r.pk] == ReportState.SUBMITTED],
        unplaced=[f"{r.organization.label}{r.name}" for r in unplaced_reporters(cycle)],
        meetings=len(meetings),
        open_meetings=[m.title for m in meetings if m.state != MeetingState.CLOSED],
        lists_missing=[r.organization.label for r in rows if r.pk not in lists],
        uncommitted_lists=[
            r.organization.label for r in rows if r.pk in lists and lists[r.pk].state != ListState.COMMITTED
        ],
        unfinished_items=[f"{r.organization.label}{unfinished[r.pk]}项" for r in rows if r.pk in unfinished],
        undecided=[
            f"{r.organization.label}{r.name}" for r in rows if not (hasattr(r, "result") and r.result.decided_grade_id)
        ],
    )
