"""问责统计: how many records by measure and level, and by measure and year (S-215)."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable

from django.db.models import Count

from accounts.rules.organizations import OrganizationLevel
from reporting.models import Cycle
from reviews.rules.use_of_results import Measure

from .accountability import AccountabilityRecord

YEARS = 5  # shown side by side, the year itself included


@dataclasses.dataclass(frozen=True)
class CountTable:
    """`rows` are a measure with its numbers under `heads` and their sum, mildest first; `totals` stand below."""

    heads: list[str]
    rows: list[tuple[str, list[int], int]]

    @property
    def totals(self) -> list[int]:
        return [sum(column) for column in zip(*(numbers for _, numbers, _ in self.rows), strict=True)]

    @property
    def total(self) -> int:
        return sum(total for _, _, total in self.rows)


def counts_by_level(cycle: Cycle) -> CountTable:
    """The year's records by measure and the level of who was held to account; one query."""
    rows = AccountabilityRecord.objects.filter(cycle=cycle).order_by().values_list("measure", "level")
    found = Counter({(measure, level): n for measure, level, n in rows.annotate(Count("pk"))})
    levels = [level for level in OrganizationLevel if any(level == key for _, key in found)]
    return _table(found, levels, [str(level.label) for level in levels])


def counts_by_year(cycle: Cycle) -> CountTable:
    """The committee's records of the year and the years before it, newest first; one query."""
    years = range(cycle.year, cycle.year - YEARS, -1)
    rows = AccountabilityRecord.objects.filter(cycle__committee=cycle.committee_id, cycle__year__in=years)
    counted = rows.order_by().values_list("measure", "cycle__year").annotate(Count("pk"))
    found = Counter({(measure, year): n for measure, year, n in counted})
    shown = [year for year in years if year == cycle.year or any(year == key for _, key in found)]
    return _table(found, shown, [f"{year}年度" for year in shown])


def _table(found: Counter[tuple[str, object]], keys: Iterable[object], heads: list[str]) -> CountTable:
    rows = []
    for measure in Measure:
        numbers = [found[measure.value, key] for key in keys]
        if any(numbers):
            rows.append((str(measure.label), numbers, sum(numbers)))
    return CountTable(heads, rows)
