"""What the county asks of its figures, and what reports on paper said of them (S-217)."""

from __future__ import annotations

from typing import Any

from overview.demo.source import read
from reporting.actions.report_parts import PartChanges
from reporting.actions.scheme_lists import edit_scheme_lists
from reporting.models import Cycle, Reporter
from reporting.models.report_content import figures_of

MONEY = "投入基层党建经费"
LISTS = {"figures": ("name", "unit", "source"), "tasks": ("name", "guidance"), "questions": ("text",)}


def set_standards(cycle: Cycle, *, by: Any) -> None:
    """On the figures that the preset lists already."""
    scheme = cycle.scheme
    scheme.refresh_from_db()
    asked = {row["name"]: row for row in read("indicators")["county"]}
    lists = {
        part: [{"id": row.pk, **{name: getattr(row, name) for name in names}} for row in getattr(scheme, part).all()]
        for part, names in LISTS.items()
    }
    lists["figures"] = [row | asked.get(row["name"], {}) for row in lists["figures"]]
    edit_scheme_lists(scheme, lists=lists, seen=scheme.revision, by=by)
    scheme.refresh_from_db()


def last_years_figures(reporter: Reporter) -> PartChanges:
    money = read("indicators")["money_2025"].get(reporter.organization.code, "")
    return _typed(reporter, {MONEY: money})


def typed_figures(reporter: Reporter, money: str) -> dict[int, str]:
    """By id what the report says of its figures beyond the duty log."""
    typed = read("indicators")["typed_2026"].get(reporter.organization.code, {})
    return _typed(reporter, {MONEY: money} | typed).figures


def community_figures(reporter: Reporter) -> PartChanges:
    """The communities in the order of their codes."""
    place = int(reporter.organization.code[-2:]) - 1
    return _typed(reporter, {name: values[place] for name, values in read("indicators")["community"].items()})


def _typed(reporter: Reporter, values: dict[str, str]) -> PartChanges:
    figures = [figure for figure, _value, _prefilled in figures_of(reporter.report)]
    return PartChanges(figures={figure.pk: values[figure.name] for figure in figures if values.get(figure.name)})
