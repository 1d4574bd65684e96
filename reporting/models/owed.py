"""What is owed in a year and exactly by whom (S-40, S-75).

Each kind of thing is one function in SOURCES; the board, its lists and the reminders read nothing else.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from django.urls import reverse

from accounts.models import Organization
from common import clock
from common.deadlines import Deadline
from reporting.rules.filings import WRITABLE
from reporting.rules.projects import DECLARED
from reporting.rules.reminders import OwedKind
from reporting.rules.reports import Standing

from .cycles import Cycle
from .filings import FilingCall
from .projects import ProjectScope


@dataclasses.dataclass(frozen=True)
class Debtor:
    """A unit that owes something, how far it is, and the page on which its people do it."""

    organization: Organization
    note: str
    page: str


@dataclasses.dataclass(frozen=True)
class Owed:
    """`board` is the page of the committee on which all of this kind stand."""

    kind: OwedKind
    deadline: Deadline
    debtors: list[Debtor]
    board: str = ""

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
    owing = call.lists.filter(state__in=WRITABLE).select_related("organization").order_by("organization__code", "kind")
    lists: dict[Organization, list[str]] = {}
    for each in owing:
        lists.setdefault(each.organization, []).append(f"{each.get_kind_display()}{each.get_state_display()}")
    debtors = [
        Debtor(unit, "，".join(notes), reverse("reporting:work_show", args=[unit.pk])) for unit, notes in lists.items()
    ]
    return Owed(OwedKind.FILING, call.deadline, debtors, reverse("reporting:filing_board", args=[cycle.pk]))


SOURCES: dict[OwedKind, Callable[[Cycle], Owed]] = {
    OwedKind.REPORT: reports_owed,
    OwedKind.PROJECT: projects_owed,
    OwedKind.FILING: filings_owed,
}


def owed_in(cycle: Cycle) -> list[Owed]:
    """Everything that somebody owes now; a fixed number of queries."""
    return [owed for source in SOURCES.values() if (owed := source(cycle)).debtors]
