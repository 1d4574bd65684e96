"""What is missing before a meeting closes, and what became of every problem after it (S-147)."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.db import models
from django.db.models import Count, Q

from rectification.models import Problem, RectificationItem, RectificationList
from reporting.models import CarriedItem, DutyReport, Reporter, ReportProblem
from reporting.rules.reports import READY_FOR_PRINT, CarriedStatus
from reviews.rules.closing import ClosingFacts
from reviews.rules.meetings import CommentState, SlotState

from .comments import CommentProblem
from .meetings import Meeting
from .score_sheets import sheet_progress


def closing_facts(meeting: Meeting) -> ClosingFacts:
    """What is missing, by name; the number of queries does not grow with the reporters."""
    reporters = list(meeting.reporters)
    waiting = meeting.slots.exclude(state=SlotState.DONE).exclude(absent=True).values("reporter")
    drafts = meeting.comments.filter(state=CommentState.DRAFT).select_related("reporter__organization")
    ready = set(
        DutyReport.objects.filter(reporter__in=reporters, state__in=READY_FOR_PRINT).values_list(
            "reporter_id", flat=True
        )
    )
    progress = sheet_progress(meeting)
    return ClosingFacts(
        without_comment=[reporter_label(reporter) for reporter in meeting.missing_comments()],
        draft_comments=[reporter_label(reporter) for reporter in {c.reporter: None for c in drafts}],
        unheard=[reporter_label(reporter) for reporter in meeting.oral_reporters.filter(pk__in=waiting)],
        unaccepted_reports=[reporter_label(r) for r in reporters if r.pk not in ready],
        sheets_expected=sum(row.expected for row in progress),
        sheets_in=sum(row.returned for row in progress),
        uncounted_rounds=list(meeting.ballot_rounds.under_way().values_list("title", flat=True)),
    )


def reporter_label(reporter: Reporter) -> str:
    """Names repeat, so the organization and its code stand beside the person (S-05)."""
    return f"{reporter.organization.label}{reporter.name}"


@dataclasses.dataclass(frozen=True)
class SourceCount:
    """Problems of one reporter by where they were named, and how many of them stand in the list (S-147)."""

    reporter: Reporter
    list: RectificationList | None
    own: int
    comments: int
    carried: int
    raised: int  # questions, what was known or inspected, entered by hand
    common: int  # shares in problems that all have in common
    items: int
    merged: int  # answered for by another problem of the same organization
    waiting: int  # entered while the list could not take it

    @property
    def total(self) -> int:
        return self.own + self.comments + self.carried + self.raised + self.common

    @property
    def agrees(self) -> bool:
        return self.list is not None and self.total == self.items + self.merged + self.waiting


def source_counts(meeting: Meeting) -> list[SourceCount]:
    """Counted anew from reports, comments and carried items on one side, from the lists on the other."""
    reporters = list(meeting.reporters.select_related("rectification_list", "organization", "post__person"))
    ids = [reporter.pk for reporter in reporters]
    own = _count(report_problems(ids), "report__reporter")
    comments = _count(comment_problems(meeting, ids), "comment__reporter")
    carried = _count(open_carried_items(ids), "reporter")
    items = _count(
        RectificationItem.objects.filter(list__reporter__in=ids, problem__report_promise__isnull=True), "list__reporter"
    )
    problems = Problem.objects.filter(cycle=meeting.cycle_id)
    raised, common = _by_organization(problems.raised().filter(comment_problem__isnull=True)), problems.shares()
    merged = _by_organization(problems.filter(merged_into__isnull=False))
    shared, waiting = _by_organization(common), _by_organization(problems.waiting())
    return [
        SourceCount(
            reporter,
            getattr(reporter, "rectification_list", None),
            own.get(reporter.pk, 0),
            comments.get(reporter.pk, 0),
            carried.get(reporter.pk, 0),
            raised.get(reporter.organization_id, 0),
            shared.get(reporter.organization_id, 0),
            items.get(reporter.pk, 0),
            merged.get(reporter.organization_id, 0),
            waiting.get(reporter.organization_id, 0),
        )
        for reporter in reporters
    ]


def report_problems(reporters: list[int]) -> models.QuerySet[ReportProblem]:
    """Of reports that were handed in; an unfinished draft is its author's own."""
    found = ReportProblem.objects.filter(report__reporter__in=reporters, report__submitted_at__isnull=False)
    return found.exclude(text="").order_by("position", "id")


def comment_problems(meeting: Meeting, reporters: list[int]) -> models.QuerySet[CommentProblem]:
    """Of final comments in any meeting of the year, in the order in which they were made."""
    found = CommentProblem.objects.filter(
        comment__meeting__cycle=meeting.cycle_id, comment__reporter__in=reporters, comment__state=CommentState.FINAL
    )
    return found.exclude(text="").order_by("comment__id", "position", "id")


def open_carried_items(reporters: list[int]) -> models.QuerySet[CarriedItem]:
    """Last year's items but those that are 已完成: by an answer whose report was accepted, and not by that alone.

    What nobody verified goes on whatever its author says (S-156), and what is kept up is promised anew (S-162).
    """
    ended = Q(status=CarriedStatus.DONE, reporter__report__state__in=READY_FOR_PRINT)
    unverified = Q(origin__in=RectificationItem.objects.unverified().values("pk"))
    found = CarriedItem.objects.filter(reporter__in=reporters)
    return found.filter(~ended | unverified).order_by("position", "id")


def _count(rows: models.QuerySet[Any], key: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(key).annotate(Count("id")))


def _by_organization(problems: models.QuerySet[Problem]) -> dict[int, int]:
    return _count(problems, "organization")
