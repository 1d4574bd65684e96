"""The whole calculation of a year as a workbook with live formulas: a clerk changes a count and sees it through.

计票 holds what was given and nobody's name; every later sheet is formulas over the one before it. Each formula rounds
as the printed lines do, so that both give the same figures (reviews.rules.scoring).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from common.workbooks import Formula, NewColumn, NewSheet, write_workbook
from reporting.models import Cycle
from reviews.models.overall_marks import overall_of
from reviews.models.results import ResultRow, result_rows
from reviews.rules.category_means import TRIMMED_FROM, Category, Counts
from reviews.rules.result_inputs import ResultInputs
from reviews.rules.scoring import Band

_MARKS = "计票"
_CATEGORIES = "类别得分"
_COMPOSITES = "综合得分"
_OVERALL = "总体评价"

FIRST_FREE = 7  # columns A to F of 计票 say whose line it is and what counts nowhere; the marks begin in G


class _Book:
    """Rows of the three sheets, filled reporter by reporter. Row 1 is the heading everywhere."""

    def __init__(self, most_items: int) -> None:
        self.most_items = most_items
        self.marks: list[list[Any]] = []
        self.categories: list[list[Any]] = []
        self.composites: list[list[Any]] = []

    @property
    def result_column(self) -> str:
        return get_column_letter(FIRST_FREE + self.most_items)

    def add_marks(self, head: list[Any], marks: list[Any], formula: str) -> str:
        """A line of 计票 with its result; returns the cell of the result."""
        cells = marks + [None] * (self.most_items - len(marks))
        self.marks.append([*head, *cells, Formula(formula)])
        return f"'{_MARKS}'!{self.result_column}{len(self.marks) + 1}"

    def next_marks_row(self) -> int:
        return len(self.marks) + 2


def result_workbook(cycle: Cycle) -> bytes:
    """Everybody of the year whose result holds what it was worked out from."""
    rows = [row for row in result_rows(cycle) if row.result is not None and row.result.inputs]
    found = [(row, ResultInputs.from_json(row.result.inputs)) for row in rows if row.result is not None]
    most = max((_width(inputs) for _, inputs in found), default=1)
    book = _Book(most)
    for row, inputs in found:
        unit, name = str(row.reporter.organization.label), row.reporter.name
        means = [(c, _add_category(book, unit, name, c, inputs)) for c in inputs.categories]
        _add_composite(book, unit, name, inputs, means, row.result)
    return write_workbook([*_sheets(book, most, cycle), *_overall_sheets(cycle, [row for row, _ in found])])


def _width(inputs: ResultInputs) -> int:
    """Columns that a line of 计票 needs: marks of a sheet, or points and ballots of an item."""
    choices = [2 * len(counts.choices) for category in inputs.categories for counts in category.counts]
    return max([len(inputs.dimensions), *choices, 1])


def _add_category(book: _Book, unit: str, name: str, category: Category, inputs: ResultInputs) -> str:
    """Lines of one category; returns the cell of its mean, or "" when nobody of it scored."""
    if category.counts:
        formula = _add_items(book, unit, name, category, inputs)
    else:
        formula = _add_sheets(book, unit, name, category, inputs)
    if not formula:
        return ""
    book.categories.append([unit, name, category.name, category.weight, Formula(formula)])
    return f"'{_CATEGORIES}'!E{len(book.categories) + 1}"


def _add_sheets(book: _Book, unit: str, name: str, category: Category, inputs: ResultInputs) -> str:
    cells = []
    for number, marks in enumerate(sorted(category.sheets, key=str), start=1):
        pairs = [
            (place, d, mark)
            for place, (d, mark) in enumerate(zip(inputs.dimensions, marks, strict=True))
            if mark is not None
        ]
        if not pairs:
            continue
        row = book.next_marks_row()
        terms = [f"{get_column_letter(FIRST_FREE + place)}{row}/{d.max_score}*{d.weight}" for place, d, _ in pairs]
        whole = sum((d.weight for _, d, _ in pairs), Decimal(0))
        scale = "" if len(pairs) == len(inputs.dimensions) else f"*100/{whole}"
        head = [unit, name, category.name, f"第{number}份", None, None]
        cells.append(book.add_marks(head, list(marks), f"ROUND(({'+'.join(terms)}){scale},2)"))
    if not cells:
        return ""
    area = f"{cells[0]}:{cells[-1].split('!')[1]}"
    if inputs.trims and len(cells) >= TRIMMED_FROM:
        return f"ROUND((SUM({area})-MAX({area})-MIN({area}))/(COUNT({area})-2),2)"
    return f"ROUND(SUM({area})/COUNT({area}),2)"


def _add_items(book: _Book, unit: str, name: str, category: Category, inputs: ResultInputs) -> str:
    terms, whole = [], Decimal(0)
    for dimension, counts in zip(inputs.dimensions, category.counts, strict=True):
        head = [unit, name, category.name, dimension.name, counts.abstained, counts.void]
        cell = _add_item(book, head, counts, inputs)
        if cell:
            terms.append(f"{cell}/{dimension.max_score}*{dimension.weight}")
            whole += dimension.weight
    if not whole:
        return ""
    return f"ROUND(({'+'.join(terms)})*100/{whole},2)"


def _add_item(book: _Book, head: list[Any], counts: Counts, inputs: ResultInputs) -> str:
    """Points and ballots in pairs; the mean over them."""
    choices = [choice for choice in counts.choices if choice.count]
    if not choices:
        return ""
    row = book.next_marks_row()
    cells: list[Any] = []
    for choice in choices:
        cells += [choice.points, choice.count]
    pairs = [
        (get_column_letter(FIRST_FREE + 2 * n), get_column_letter(FIRST_FREE + 2 * n + 1)) for n in range(len(choices))
    ]
    products = "+".join(f"{points}{row}*{number}{row}" for points, number in pairs)
    numbers = "+".join(f"{number}{row}" for _, number in pairs)
    if inputs.trims and counts.valid >= TRIMMED_FROM:
        every = ",".join(f"{points}{row}" for points, _ in pairs)
        return book.add_marks(head, cells, f"ROUND(({products}-MAX({every})-MIN({every}))/({numbers}-2),2)")
    return book.add_marks(head, cells, f"ROUND(({products})/({numbers}),2)")


def _add_composite(
    book: _Book, unit: str, name: str, inputs: ResultInputs, means: list[tuple[Category, str]], result: Any
) -> None:
    row = len(book.composites) + 2
    known = [(category, cell) for category, cell in means if cell]
    parts: list[Any] = []
    terms = []
    for place, part in enumerate(inputs.parts):
        column = get_column_letter(4 + place)
        terms.append(f"{column}{row}*{part.weight}/100")
        parts.append(part.score if not part.is_meeting else None)
    meeting = _meeting_formula(known)
    first = [unit, name, Formula(meeting) if meeting else None]
    for place, part in enumerate(inputs.parts):
        if part.is_meeting and meeting:
            parts[place] = Formula(f"C{row}")
    is_whole = bool(inputs.parts) and all(part is not None for part in parts)
    composite = Formula(f"ROUND({'+'.join(terms)},2)") if is_whole else None
    total = get_column_letter(4 + len(inputs.parts))
    grade = Formula(_grade_formula(f"{total}{row}", inputs)) if is_whole else None
    caps = "；".join(cap.reason for cap in inputs.caps)
    by_score = f"{get_column_letter(5 + len(inputs.parts))}{row}"
    proposed = Formula(_capped_formula(by_score, inputs)) if is_whole else None
    decided = str(result.decided_grade) if result.decided_grade else ""
    book.composites.append([*first, *parts, composite, grade, caps, proposed, decided])


def _meeting_formula(known: list[tuple[Category, str]]) -> str:
    if not known:
        return ""
    whole = sum((category.weight for category, _ in known), Decimal(0))
    if not whole:
        return f"ROUND(({'+'.join(cell for _, cell in known)})/{len(known)},2)"
    # The weight stands in the column before the mean, so that a clerk may change it.
    weights = [cell.replace("!E", "!D") for _, cell in known]
    terms = "+".join(f"{cell}*{weight}" for (_, cell), weight in zip(known, weights, strict=True))
    return f"ROUND(({terms})/({'+'.join(weights)}),2)"


def _grade_formula(cell: str, inputs: ResultInputs) -> str:
    """The grade by the score alone. Labels are the scheme's, quoted for Excel."""
    formula = '""'
    for band in reversed(_best_first(inputs)):
        formula = f"IF({cell}>={band.min_score},{_quoted(band.label)},{formula})"
    return formula


def _capped_formula(cell: str, inputs: ResultInputs) -> str:
    """The proposed grade: a better one than the lowest that a veto allows becomes that one."""
    bands = _best_first(inputs)
    codes = [band.code for band in bands]
    lowest = max((codes.index(cap.max_code) for cap in inputs.caps if cap.max_code in codes), default=0)
    if not lowest:
        return f'IF({cell}="","",{cell})'
    better = ",".join(f"{cell}={_quoted(band.label)}" for band in bands[:lowest])
    return f"IF(OR({better}),{_quoted(bands[lowest].label)},{cell})"


def _best_first(inputs: ResultInputs) -> list[Band]:
    return sorted(inputs.bands, key=lambda band: band.min_score, reverse=True)


def _quoted(label: str) -> str:
    doubled = label.replace('"', '""')
    return f'"{doubled}"'


def _overall_sheets(cycle: Cycle, rows: list[ResultRow]) -> list[NewSheet]:
    """Counts of 总体评价 by category, where the scheme asks for it or anybody gave one."""
    found = overall_of(cycle)
    if not found:
        return []
    grades = [grade.label for grade in cycle.scheme.grades.all()]
    headings = ("单位", "述职人", "类别", *grades, "合计", "弃权", "该项无效")
    lines: list[list[Any]] = []
    for row in rows:
        for each in found.get(row.reporter.pk, []):
            place = len(lines) + 2
            first, last = get_column_letter(4), get_column_letter(3 + len(grades))
            total = Formula(f"SUM({first}{place}:{last}{place})", "0")
            unit = str(row.reporter.organization.label)
            lines.append([unit, row.reporter.name, each.category, *each.counts, total, each.abstained, each.void])
    return [NewSheet(_OVERALL, tuple(NewColumn(name, width=14) for name in headings), lines)]


def _sheets(book: _Book, most: int, cycle: Cycle) -> list[NewSheet]:
    who = (NewColumn("单位", width=24), NewColumn("述职人", width=12))
    marks = tuple(
        NewColumn(f"第{n}列", "实名评分表依次为各项得分；无记名测评票依次为分值、票数", 9) for n in range(1, most + 1)
    )
    parts = [component.name for component in cycle.scheme.components.all()]
    return [
        NewSheet(
            _MARKS,
            (
                *who,
                NewColumn("类别", width=20),
                NewColumn("评分表或项目", width=20),
                NewColumn("弃权票", width=8),
                NewColumn("该项无效", width=8),
                *marks,
                NewColumn("得数", width=10),
            ),
            book.marks,
        ),
        NewSheet(
            _CATEGORIES,
            (*who, NewColumn("类别", width=20), NewColumn("权重（%）", width=10), NewColumn("平均分", width=10)),
            book.categories,
        ),
        NewSheet(
            _COMPOSITES,
            (
                *who,
                NewColumn("会上评分", width=10),
                *(NewColumn(name, width=14) for name in parts),
                NewColumn("综合得分", width=10),
                NewColumn("按分数线的等次", width=14),
                NewColumn("否决", width=20),
                NewColumn("建议等次", width=10),
                NewColumn("审定等次", width=10),
            ),
            book.composites,
        ),
    ]
