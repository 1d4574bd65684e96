"""This year beside last year, the domain's median, and the categories of raters (issue: comparison)."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from reporting.models import Cycle
from reviews.rules.comparisons import CategoryFigures, category_figures, category_means, difference, median
from reviews.rules.result_inputs import ResultInputs

from .results import Result, ResultRow, result_rows


@dataclasses.dataclass(frozen=True)
class ComparedRow:
    """`before` is the result of the same organization a year earlier, whoever reported then."""

    row: ResultRow
    before: Result | None
    median: Decimal | None

    @property
    def composite(self) -> Decimal | None:
        return self.row.result.composite if self.row.result else None

    @property
    def change(self) -> Decimal | None:
        return difference(self.composite, self.before.composite if self.before else None)

    @property
    def against_median(self) -> Decimal | None:
        return difference(self.composite, self.median)


def compared_rows(cycle: Cycle) -> list[ComparedRow]:
    rows = result_rows(cycle)
    earlier = Result.objects.filter(
        reporter__cycle__committee=cycle.committee_id, reporter__cycle__year=cycle.year - 1
    ).select_related("reporter", "decided_grade")
    before = {result.reporter.organization_id: result for result in earlier}
    domains = {row.reporter.organization.domain_id for row in rows}
    medians = {domain: median(_composites(rows, domain)) for domain in domains}
    return [
        ComparedRow(row, before.get(row.reporter.organization_id), medians[row.reporter.organization.domain_id])
        for row in rows
    ]


def _composites(rows: list[ResultRow], domain: int | None) -> list[Decimal]:
    found = [row.result.composite for row in rows if row.result and row.reporter.organization.domain_id == domain]
    return [score for score in found if score is not None]


def categories_of(cycle: Cycle) -> list[CategoryFigures]:
    """How the categories scored, over all reporters; empty where results hold no inputs or groups are small."""
    means = []
    for result in Result.objects.filter(reporter__cycle=cycle):
        if result.inputs:
            inputs = ResultInputs.from_json(result.inputs)
            raters = {
                c.name: max((counts.valid for counts in c.counts), default=len(c.sheets)) for c in inputs.categories
            }
            means.append(category_means(result.steps, raters))
    return category_figures(means)
