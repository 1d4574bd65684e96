"""The year of a committee and of everything below it, gathered with a fixed number of queries (S-32, S-33)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import Organization
from common.deadlines import Deadline
from reporting.models import Cycle, Reporter
from reporting.rules.reports import READY_FOR_PRINT, ReportState
from reviews.rules.closing import JUDGING_KINDS
from reviews.rules.meetings import MeetingState
from reviews.rules.subordinates import SubordinateStanding, YearCounts, add_up, subordinate_standing

from .meetings import Meeting
from .results import Result


@dataclasses.dataclass(frozen=True)
class SubordinateRow:
    """A committee with its cycle of the year; `whole` adds everything below it to `own`."""

    organization: Organization
    cycle: Cycle | None
    standing: SubordinateStanding
    dates: tuple[str, ...]
    own: YearCounts
    whole: YearCounts

    @property
    def has_lower(self) -> bool:
        return self.whole != self.own


@dataclasses.dataclass(frozen=True)
class SubordinateBoard:
    """`total` is the committee's own cycle and all rows: what the level above shows for this committee."""

    organization: Organization
    year: int
    own: SubordinateRow
    rows: list[SubordinateRow]

    @property
    def total(self) -> YearCounts:
        return add_up([self.own.own, *(row.whole for row in self.rows)])


def subordinate_board(organization: Organization, year: int) -> SubordinateBoard:
    """Direct subordinates that hold or should hold a review of their own: five queries, however many there are."""
    cycles = Cycle.objects.filter(year=year, committee__path__startswith=organization.path).select_related("committee")
    facts = {cycle.committee_id: cycle for cycle in cycles}
    counts = _counts(cycles)
    meetings = _meetings(cycles)
    below: dict[int, list[YearCounts]] = defaultdict(list)
    for cycle in facts.values():
        if cycle.committee_id != organization.pk:
            below[_child_id(organization, cycle.committee)].append(counts[cycle.pk])

    def row(unit: Organization, whole: YearCounts | None = None) -> SubordinateRow:
        cycle = facts.get(unit.pk)
        own = counts[cycle.pk] if cycle else YearCounts()
        held = meetings.get(cycle.pk, []) if cycle else []
        standing = subordinate_standing(
            is_opened=cycle is not None,
            is_closed=cycle is not None and cycle.is_closed,
            is_dated=any(meeting.date or meeting.date_text for meeting in held),
            meetings=own.meetings,
            meetings_held=own.meetings_held,
        )
        return SubordinateRow(unit, cycle, standing, _dates(held), own, own if whole is None else whole)

    children = _children(organization, list(below))
    rows = [row(child, add_up(below[child.pk])) for child in children]
    return SubordinateBoard(organization, year, row(organization), rows)


def _children(organization: Organization, holding: list[int]) -> QuerySet[Organization]:
    lower = Organization.objects.filter(parent=OuterRef("pk"))
    return organization.children.filter(Q(Exists(lower)) | Q(pk__in=holding)).order_by("code")


def _child_id(organization: Organization, below: Organization) -> int:
    return int((below.path or "")[len(organization.path or "") :].split("/")[0])


def _counts(cycles: QuerySet[Cycle]) -> dict[int, YearCounts]:
    found = {cycle.pk: YearCounts(cycles=1) for cycle in cycles}
    parts = [
        Reporter.objects.filter(cycle__in=cycles)
        .order_by()
        .values("cycle")
        .annotate(
            reporters=Count("pk"),
            submitted=Count("pk", filter=~Q(report__state=ReportState.DRAFT) & Q(report__isnull=False)),
            accepted=Count("pk", filter=Q(report__state__in=READY_FOR_PRINT)),
            missing=Count("pk", filter=Q(report__state=ReportState.DRAFT) | Q(report__isnull=True)),
        ),
        Meeting.objects.filter(cycle__in=cycles, kind__in=JUDGING_KINDS)
        .order_by()
        .values("cycle")
        .annotate(meetings=Count("pk"), meetings_held=Count("pk", filter=Q(state=MeetingState.CLOSED))),
        Result.objects.filter(reporter__cycle__in=cycles, decided_grade__isnull=False)
        .order_by()
        .values("reporter__cycle")
        .annotate(decided=Count("pk")),
    ]
    for part in parts:
        for line in part:
            pk = line.pop("cycle", None) or line.pop("reporter__cycle", None)
            found[pk] += YearCounts(**line)
    return found


def _meetings(cycles: QuerySet[Cycle]) -> dict[int, list[Meeting]]:
    found: dict[int, list[Meeting]] = defaultdict(list)
    judging = Meeting.objects.filter(cycle__in=cycles, kind__in=JUDGING_KINDS)
    for meeting in judging.order_by(F("date").asc(nulls_last=True), "pk"):
        found[meeting.cycle_id].append(meeting)
    return found


def _dates(meetings: list[Meeting]) -> tuple[str, ...]:
    dates = (str(Deadline(meeting.date_text, meeting.date)) for meeting in meetings)
    return tuple(date for date in dates if date)
