"""What a meeting about the work looks at: common problems of the year, and how far rectification has come (S-51)."""

from __future__ import annotations

import dataclasses

from accounts.models import Organization
from rectification.models import Problem
from rectification.models.usual_performance import ListRecord, evidence_for
from reporting.models import Cycle

from .meetings import Meeting


@dataclasses.dataclass(frozen=True)
class StandingRow:
    """One organization's list of one year."""

    organization: Organization
    record: ListRecord


@dataclasses.dataclass(frozen=True)
class Standing:
    """`common` are the year's and the year's before; `rows` by organization in the order of reporting."""

    common: tuple[Problem, ...]
    rows: tuple[StandingRow, ...]

    def total(self, name: str) -> int:
        return sum(int(getattr(row.record, name)) for row in self.rows)

    @property
    def totals(self) -> dict[str, int]:
        return {name: self.total(name) for name in ("total", "closed", "unfinished", "overdue", "standing")}


def standing_of(meeting: Meeting) -> Standing:
    """A fixed number of queries however many organizations report."""
    cycle = meeting.cycle
    reporters = cycle.reporters.in_order().select_related("organization__domain")
    units = [reporter.organization for reporter in reporters]
    records = evidence_for(units, cycle)
    years = Cycle.objects.filter(committee=cycle.committee_id, year__in=[cycle.year - 1, cycle.year])
    common = Problem.objects.common().filter(cycle__in=years).for_table().order_by("cycle__year", "id")
    rows = [StandingRow(unit, record) for unit in units for record in records[unit.pk].lists]
    return Standing(tuple(common), tuple(rows))
