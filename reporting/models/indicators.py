"""What the year asks of its figures, beside what was reported this year and the year before (S-217, S-228)."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Collection, Iterable, Mapping

from django.db.models import F, Max

from common.figures import FigureSum, can_be_added, sum_figures
from reporting.rules.content import ReportContent
from reporting.rules.figures import figure_doubt
from reporting.rules.indicators import Judgement, Operator, VerdictCounts, change_of, judge

from .reports import DutyReport, ReportVersion

if typing.TYPE_CHECKING:
    from .cycles import Cycle, Reporter
    from .scheme_lists import SchemeFigure

Values = dict[str, str]  # what was typed, by the name of the figure, or by what it is known as over the years


@dataclasses.dataclass(frozen=True)
class FigureLine:
    """A figure of one organization. Without a standard or without a value there is no judgement."""

    figure: SchemeFigure
    value: str
    last_year: str | None
    judgement: Judgement | None

    @property
    def told(self) -> str:
        return self.figure.told(self.value)

    @property
    def doubt(self) -> str:
        """Why what was typed cannot be added up, for its author."""
        return figure_doubt(self.value, self.figure.unit)

    @property
    def told_last_year(self) -> str:
        return self.figure.told(self.last_year or "")

    @property
    def change(self) -> str:
        """+3, -0.5, 0; nothing where it cannot be said."""
        return change_of(self.value, self.last_year or "", self.figure.unit)

    @property
    def told_change(self) -> str:
        """增3, 减0.5, 持平."""
        if self.change == "0":
            return "持平"
        return self.change.replace("+", "增").replace("-", "减")


def handed_in_figures(cycle: Cycle, organizations: Collection[int] | None = None) -> dict[int, Values]:
    """By organization and name of the figure what was handed in last; one query, without the texts."""
    versions = ReportVersion.objects.filter(report__reporter__cycle=cycle)
    if organizations is not None:
        versions = versions.filter(report__reporter__organization__in=organizations)
    last = versions.annotate(last=Max("report__versions__number")).filter(number=F("last"))
    rows = last.values_list("report__reporter__organization", "content__figures")
    return {organization: {row["name"]: row["value"] for row in figures or ()} for organization, figures in rows}


def last_years_figures(cycle: Cycle, organizations: Collection[int] | None = None) -> dict[int, Values]:
    """By organization and identity of the figure what was handed in for the year before to the same committee."""
    earlier = type(cycle)._default_manager.filter(committee=cycle.committee_id, year=cycle.year - 1).first()
    if earlier is None or not hasattr(earlier, "scheme"):
        return {}
    identities = {figure.name: figure.identity for figure in earlier.scheme.figures.all()}
    return {
        organization: {identities.get(name, name): value for name, value in values.items()}
        for organization, values in handed_in_figures(earlier, organizations).items()
    }


def figure_lines(figures: Collection[SchemeFigure], values: Mapping[str, str], last_year: Values) -> list[FigureLine]:
    """`figures` in their order; `values` by name, and what is missing there is not asked of the organization."""
    return [_line(figure, values, last_year) for figure in figures if figure.name in values]


def _line(figure: SchemeFigure, values: Mapping[str, str], last_year: Values) -> FigureLine:
    value, earlier, standard = values[figure.name], last_year.get(figure.identity), figure.standard
    judgement = None
    if standard and value.strip():
        base = values.get(standard.base) if standard.operator == Operator.TIMES else None
        judgement = judge(value, standard, last_year=earlier, base=base)
    return FigureLine(figure, value, earlier, judgement)


@dataclasses.dataclass(frozen=True)
class BoardRow:
    """A reporter and its figures in the order of the board; None where a figure is not asked of it."""

    reporter: Reporter
    is_handed_in: bool
    cells: list[FigureLine | None]

    def has(self, verdict: str) -> bool:
        return any(cell and cell.judgement and cell.judgement.verdict == verdict for cell in self.cells)


@dataclasses.dataclass(frozen=True)
class FigureTotal:
    """What the rows of a board say of one figure together; `total` is None where adding makes no sense."""

    figure: SchemeFigure
    filled: int
    total: FigureSum | None
    verdicts: VerdictCounts

    @property
    def told(self) -> str:
        """约326.5万元; nothing while no number could be counted."""
        if self.total is None or self.filled == self.total.skipped:
            return ""
        return self.total.told(self.figure.unit)


def asked_figures(figures: Iterable[SchemeFigure], reporters: Collection[Reporter]) -> list[SchemeFigure]:
    """Without those of a domain that none of the reporters belongs to."""
    return [figure for figure in figures if any(figure.is_asked_of(each.organization) for each in reporters)]


def board_rows(cycle: Cycle, figures: Collection[SchemeFigure], reporters: Iterable[Reporter]) -> list[BoardRow]:
    """Four queries however many reporters; only what was handed in is read."""
    values, earlier = handed_in_figures(cycle), last_years_figures(cycle)
    rows = []
    for reporter in reporters:
        own = values.get(reporter.organization_id, {})
        lines = figure_lines(figures, own, earlier.get(reporter.organization_id, {}))
        found = {line.figure.pk: line for line in lines}
        rows.append(
            BoardRow(reporter, reporter.organization_id in values, [found.get(figure.pk) for figure in figures])
        )
    return rows


def board_totals(figures: Collection[SchemeFigure], rows: Collection[BoardRow]) -> list[FigureTotal]:
    totals = []
    for at, figure in enumerate(figures):
        lines = [line for row in rows if (line := row.cells[at])]
        values = [line.value for line in lines if line.value.strip()]
        total = sum_figures(values, figure.unit) if can_be_added(figure.unit) else None
        totals.append(FigureTotal(figure, len(values), total, VerdictCounts.of([line.judgement for line in lines])))
    return totals


def lines_of(report: DutyReport, content: ReportContent) -> list[FigureLine]:
    """The figures of one report, as it stands in `content`."""
    if not content.figures:
        return []
    organization = report.reporter.organization_id
    last_year = last_years_figures(report.cycle, {organization}).get(organization, {})
    values = {figure.name: figure.value for figure in content.figures}
    return figure_lines(report.cycle.scheme.figures.all(), values, last_year)
