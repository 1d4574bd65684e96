"""A table of figures and the picture drawn from it; page, paper and Excel show the same one."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal

from django.utils.translation import gettext as _

ChartKind = Literal["bar", "stacked", "heat", "shade"]


@dataclasses.dataclass(frozen=True)
class Row:
    """`values` stand under `Table.heads` without the first; `url` leads to what the row counts."""

    label: str
    values: tuple[int | str, ...]
    url: str = ""


@dataclasses.dataclass(frozen=True)
class Chart:
    """Which columns of the table are drawn, by position among the values.

    `heat` is a picture of shares, `shade` colours the cells of the table itself and draws no other.
    """

    kind: ChartKind
    columns: tuple[int, ...]


@dataclasses.dataclass(frozen=True)
class Table:
    """`definition` says how each figure is counted; `total` is the last row, where adding up makes sense."""

    key: str
    title: str
    definition: str
    heads: tuple[str, ...]
    rows: Sequence[Row]
    total: Row | None = None
    chart: Chart | None = None

    @property
    def is_empty(self) -> bool:
        return not any(value not in (0, "", "—") for row in self.rows for value in row.values)

    @property
    def picture_id(self) -> str:
        return f"picture-{self.key}"

    @property
    def lines(self) -> list[tuple[Row, list[tuple[int | str, str]]]]:
        """Rows with their cells: value, and the step of its shade from s0 to s4 where the column is drawn by colour."""
        shaded = self.chart.columns if self.chart is not None and self.chart.kind in ("heat", "shade") else ()
        return [
            (row, [(value, shade(value) if at in shaded else "") for at, value in enumerate(row.values)])
            for row in self.rows
        ]

    @property
    def picture(self) -> dict[str, Any] | None:
        """Plain values for the script that draws: None where there is nothing to draw.

        `{kind, title, categories: [label], series: [{name, data: [number]}]}`; a heat map has one series a column.
        """
        if self.chart is None or self.chart.kind == "shade" or self.is_empty:
            return None
        return {
            "kind": self.chart.kind,
            "title": self.title,
            "categories": [row.label for row in self.rows],
            "series": [
                {"name": self.heads[column + 1], "data": [figure(row.values[column]) for row in self.rows]}
                for column in self.chart.columns
            ],
        }


def domain_label(name: str | None) -> str:
    """As the pages of the year call an organization that nobody has given a domain."""
    return name or _("未定领域")


def figure(value: int | str) -> float:
    """The number a cell shows: 75% → 75; what is no number is nought to a picture."""
    if isinstance(value, int):
        return value
    text = value.removesuffix("%")
    return int(text) if text.isdecimal() else 0


def shade(value: int | str) -> str:
    """`s0` … `s4` for 0, up to 25, 50, 75 and 100 per cent; empty for what is no share."""
    if not isinstance(value, str) or not value.endswith("%"):
        return ""
    return f"s{-(-int(figure(value)) // 25)}"


def share(part: int, whole: int) -> str:
    """75%, half up; — where there is nothing to divide by."""
    if not whole:
        return "—"
    return f"{int(Fraction(part * 100, whole) + Fraction(1, 2))}%"


def total_row(label: str, rows: Sequence[Row]) -> Row:
    """Sums of the columns that hold nothing but whole numbers; the others stay blank."""
    columns = zip(*(row.values for row in rows), strict=True)
    sums = (sum(column) if all(isinstance(v, int) for v in column) else "" for column in map(tuple, columns))
    return Row(label, tuple(sums))
