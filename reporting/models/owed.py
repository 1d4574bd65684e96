"""What is owed in a year and exactly by whom (S-40, S-75).

Each kind of thing is one function in SOURCES; the board, its lists and the reminders read nothing else.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organization
from common import clock
from common.deadlines import SOON_DAYS, Deadline
from reporting.rules.key_tasks import QUARTER_CHOICES, Lag, last_quarter, quarter_end
from reporting.rules.projects import DECLARED
from reporting.rules.reminders import OwedKind
from reporting.rules.reports import Standing
from reporting.rules.schemes import reminder_days

from .cycles import Cycle
from .due_reports import DueReport
from .filings import FilingCall
from .projects import ProjectScope
from .task_assignments import TaskAssignment


@dataclasses.dataclass(frozen=True)
class Debtor:
    """A unit that owes something, how far it is, and the page on which its people do it.

    `dates` are days on which something of it falls due, where its deadlines are its own.
    """

    organization: Organization
    note: str
    page: str
    dates: frozenset[dt.date] | None = None


@dataclasses.dataclass(frozen=True)
class Owed:
    """`board` is the page of the committee on which all of this kind stand.

    With `each_its_own` there is no deadline for all; a debtor's note says what is due when.
    """

    kind: OwedKind
    deadline: Deadline
    debtors: list[Debtor]
    board: str = ""
    each_its_own: bool = False

    def dates_of(self, debtor: Debtor) -> frozenset[dt.date]:
        if debtor.dates is not None:
            return debtor.dates
        return frozenset({self.deadline.date} if self.deadline.date else ())

    @property
    def due_state(self) -> str:
        return self.deadline.state(clock.today())


def reports_owed(cycle: Cycle) -> Owed:
    """Never handed in, or returned and not handed in again."""
    reporters = cycle.reporters.in_order().select_related("organization", "post__person", "report")
    owing = {Standing.MISSING, Standing.RETURNED}
    debtors = [
        Debtor(
            reporter.organization,
            f"{reporter.name} {reporter.standing.label}",
            reverse("reporting:report_edit", args=[reporter.pk]),
        )
        for reporter in reporters
        if reporter.standing in owing
    ]
    return Owed(OwedKind.REPORT, cycle.scheme.report_deadline, debtors)


def projects_owed(cycle: Cycle) -> Owed:
    """Units within the year's scope that have declared no project (S-40)."""
    scope = ProjectScope.objects.filter(cycle=cycle).select_related("cycle__committee").first()
    if scope is None:
        return Owed(OwedKind.PROJECT, Deadline(), [])
    declared = cycle.projects.filter(state__in=DECLARED).values("organization")
    page = reverse("reporting:project_list")
    debtors = [Debtor(each, "没有申报", page) for each in scope.required().exclude(pk__in=declared)]
    return Owed(OwedKind.PROJECT, scope.deadline, debtors, reverse("reporting:project_board", args=[cycle.pk]))


def filings_owed(cycle: Cycle) -> Owed:
    """Lists of the year's start never filed, or returned and not filed again; a unit's lists on one line (S-38)."""
    call = FilingCall.objects.filter(cycle=cycle).first()
    if call is None:
        return Owed(OwedKind.FILING, Deadline(), [])
    owing = call.owing().select_related("organization").order_by("organization__code", "kind")
    lists: dict[Organization, list[str]] = {}
    for each in owing:
        lists.setdefault(each.organization, []).append(f"{each.get_kind_display()}{each.get_state_display()}")
    debtors = [
        Debtor(unit, "，".join(notes), reverse("reporting:work_show", args=[unit.pk])) for unit, notes in lists.items()
    ]
    return Owed(OwedKind.FILING, call.deadline, debtors, reverse("reporting:filing_board", args=[cycle.pk]))


def tasks_owed(cycle: Cycle) -> Owed:
    """Key tasks that are overdue, lack the progress of the last quarter, or fall due soon (S-35)."""
    today = clock.today()
    soon = today + dt.timedelta(days=max([SOON_DAYS, *reminder_days(cycle.scheme.reminder_days)]))
    assignments = TaskAssignment.objects.filter(task__cycle=cycle)
    late, near = assignments.behind(cycle.year, today), assignments.due_between(today, soon)
    rows = TaskAssignment.objects.filter(Q(pk__in=late.values("pk")) | Q(pk__in=near.values("pk"))).for_table()
    quarter = last_quarter(cycle.year, today)
    told_by = quarter_end(cycle.year, quarter) if quarter else None
    found = _Gathered()
    for row in rows:
        due = row.deadline.date
        words = _task_words(row, quarter)
        found.add(row.organization, f"第{row.task.position}项{words}", told_by if row.lag == Lag.UNREPORTED else due)
    board = reverse("reporting:key_task_matrix", args=[cycle.pk])
    return Owed(OwedKind.TASK, Deadline(), found.debtors(cycle), board, each_its_own=True)


def _task_words(row: TaskAssignment, quarter: int) -> str:
    if row.lag == Lag.UNREPORTED:
        return f"缺{dict(QUARTER_CHOICES)[quarter]}进展"
    return str(row.lag.label) if row.lag else f"{row.deadline}到期"


def letters_owed(cycle: Cycle) -> Owed:
    """Letters drawn up and not signed yet (S-47)."""
    letters = cycle.letters.filter(signed_on__isnull=True).select_related("organization").order_by("organization__code")
    debtors = [
        Debtor(letter.organization, "没有签订", reverse("reporting:letter_show", args=[letter.pk]))
        for letter in letters
    ]
    board = reverse("reporting:letter_list", args=[cycle.pk])
    return Owed(OwedKind.LETTER, cycle.scheme.letter_deadline, debtors, board)


def due_reports_owed(cycle: Cycle) -> Owed:
    """Other reports of the year that have not come in; a unit's on one line (S-48)."""
    found = _Gathered()
    rows = DueReport.objects.filter(cycle=cycle).unfiled().for_table()
    for row in rows.order_by("organization__code", F("due_date").asc(nulls_last=True), "pk"):
        found.add(row.organization, f"“{row.kind}”（{row.deadline or '时限未定'}）", row.due_date)
    board = reverse("reporting:due_report_list", args=[cycle.pk])
    return Owed(OwedKind.DUE_REPORT, Deadline(), found.debtors(cycle), board, each_its_own=True)


class _Gathered:
    """Several things of one unit become one line with all their dates."""

    def __init__(self) -> None:
        self.notes: dict[Organization, list[str]] = {}
        self.dates: dict[Organization, set[dt.date]] = {}

    def add(self, unit: Organization, note: str, date: dt.date | None) -> None:
        self.notes.setdefault(unit, []).append(note)
        self.dates.setdefault(unit, set()).update({date} if date else ())

    def debtors(self, cycle: Cycle) -> list[Debtor]:
        units = sorted(self.notes, key=lambda unit: unit.code)
        return [
            Debtor(unit, "，".join(self.notes[unit]), _work_page(unit, cycle), frozenset(self.dates[unit]))
            for unit in units
        ]


def _work_page(unit: Organization, cycle: Cycle) -> str:
    return f"{reverse('reporting:work_show', args=[unit.pk])}?year={cycle.year}"


SOURCES: dict[OwedKind, Callable[[Cycle], Owed]] = {
    OwedKind.REPORT: reports_owed,
    OwedKind.PROJECT: projects_owed,
    OwedKind.FILING: filings_owed,
    OwedKind.TASK: tasks_owed,
    OwedKind.LETTER: letters_owed,
    OwedKind.DUE_REPORT: due_reports_owed,
}


def owed_in(cycle: Cycle) -> list[Owed]:
    """Everything that somebody owes now; a fixed number of queries."""
    return [owed for source in SOURCES.values() if (owed := source(cycle)).debtors]
