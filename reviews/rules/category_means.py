"""From the sheets and ballots of one category to its mean, line by line (S-118, S-121).

How lines are rounded: see `reviews/rules/scoring.py`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from common.figures import plain_decimal
from reviews.rules.derivations import Line, Step
from reviews.rules.figures import round_half_up, share


@dataclasses.dataclass(frozen=True)
class Dimension:
    """A line of the sheet. `weight` is a percentage; the weights of a scheme add up to 100."""

    name: str
    max_score: Decimal
    weight: Decimal


@dataclasses.dataclass(frozen=True)
class Choice:
    """What `count` ballots gave; `points` are out of the item's maximum."""

    label: str
    points: Decimal
    count: int


@dataclasses.dataclass(frozen=True)
class Counts:
    """The ballots of a category on one item; abstentions and void lines are shown and never counted.

    practice.md 2.5 and 3.3: 多选、涂改无效，不划为弃权.
    """

    choices: tuple[Choice, ...]
    abstained: int = 0
    void: int = 0

    @property
    def valid(self) -> int:
        return sum(choice.count for choice in self.choices)


@dataclasses.dataclass(frozen=True)
class Category:
    """`sheets` are the submitted ones only, each with its marks in the order of the dimensions; None abstains.

    A category that votes without names has `counts`, one for each dimension, and no sheets.
    """

    name: str
    weight: Decimal
    sheets: tuple[tuple[Decimal | None, ...], ...] = ()
    counts: tuple[Counts, ...] = ()


def category_lines(dimensions: Sequence[Dimension], category: Category, *, trims: bool) -> list[Line]:
    """The lines of one category, its mean last; without a mean nobody of it scored."""
    if category.counts:
        items = _item_lines(dimensions, category, trims=trims)
        mean = _ballot_line(dimensions, category, items)
        return [line for _, line in items] + ([mean] if mean else [])
    sheets = _sheet_lines(dimensions, category)
    return [*sheets, _category_line(category, sheets, trims=trims)] if sheets else []


def _sheet_lines(dimensions: Sequence[Dimension], category: Category) -> list[Line]:
    """Highest first: the order in which people handed in is nobody's business."""
    found = []
    for marks in category.sheets:
        pairs = [(d, mark) for d, mark in zip(dimensions, marks, strict=True) if mark is not None]
        if not pairs:
            continue
        weight = sum((d.weight for d, _ in pairs), Decimal(0))
        exact = sum((share(mark, d.max_score, d.weight) for d, mark in pairs), Fraction(0))
        formula = " ＋ ".join(
            f"{plain_decimal(mark)}÷{plain_decimal(d.max_score)}×{plain_decimal(d.weight)}" for d, mark in pairs
        )
        note = ""
        if (left_out := len(dimensions) - len(pairs)) and weight:
            exact, formula = exact * 100 / Fraction(weight), f"（{formula}）×100÷{plain_decimal(weight)}"
            note = f"弃权{left_out}项，按其余项目折算。"
        order = tuple(Decimal(-1) if mark is None else mark for mark in marks)
        inputs = tuple((d.name, plain_decimal(mark)) for d, mark in pairs)
        found.append((round_half_up(exact), order, formula, inputs, note))
    found.sort(key=lambda sheet: (sheet[0], sheet[1]), reverse=True)
    return [
        Line(Step.SHEET, f"{category.name}第{number}份评分表", formula, value, inputs, note)
        for number, (value, _, formula, inputs, note) in enumerate(found, start=1)
    ]


# Fewer than three have no middle.
TRIMMED_FROM = 3


def _category_line(category: Category, sheets: list[Line], *, trims: bool) -> Line:
    whole, note = len(sheets), ""
    if trims and whole >= TRIMMED_FROM:  # sheets stand highest first
        note = f"去掉一个最高分{sheets[0].value}和一个最低分{sheets[-1].value}。"
        sheets = sheets[1:-1]
    values = [line.figure for line in sheets]
    mean = round_half_up(sum(map(Fraction, values), Fraction(0)) / len(values))
    return Line(
        Step.CATEGORY,
        f"{category.name}平均分（{whole}份）",
        f"（{' ＋ '.join(map(str, values))}）÷{len(values)}",
        mean,
        tuple((line.label, str(value)) for line, value in zip(sheets, values, strict=True)),
        note,
    )


def _item_lines(dimensions: Sequence[Dimension], category: Category, *, trims: bool) -> list[tuple[Dimension, Line]]:
    return [
        (dimension, _item_line(dimension, category, counts, trims=trims))
        for dimension, counts in zip(dimensions, category.counts, strict=True)
    ]


def _item_line(dimension: Dimension, category: Category, counts: Counts, *, trims: bool) -> Line:
    """Counts are printed as they were; trimming takes one ballot off at either end."""
    ordered = sorted((c for c in counts.choices if c.count), key=lambda c: (c.points, c.label), reverse=True)
    left_out = (("弃权", counts.abstained), *((("无效", counts.void),) if counts.void else ()))
    inputs = (*((c.label, str(c.count)) for c in ordered), *((name, str(count)) for name, count in left_out))
    words = "、".join(f"{name}{count}票" for name, count in left_out if count)
    note = f"{words}不计入。" if words else ""
    label = f"{category.name} {dimension.name}（有效{counts.valid}票）"
    if not counts.valid:
        return Line(Step.ITEM, label, "", None, inputs, note)
    used = ordered
    if trims and counts.valid >= TRIMMED_FROM:
        used = _without_ends(ordered)
        note = f"去掉一票最高{plain_decimal(ordered[0].points)}和一票最低{plain_decimal(ordered[-1].points)}。{note}"
    number = sum(c.count for c in used)
    exact = sum((Fraction(c.points) * c.count for c in used), Fraction(0)) / number
    formula = f"（{' ＋ '.join(f'{plain_decimal(c.points)}×{c.count}' for c in used)}）÷{number}"
    return Line(Step.ITEM, label, formula, round_half_up(exact), inputs, note)


def _without_ends(ordered: list[Choice]) -> list[Choice]:
    """One ballot less of the best and of the worst mark; `ordered` begins with the best."""
    fewer = [dataclasses.replace(c) for c in ordered]
    for end in (0, -1):
        fewer[end] = dataclasses.replace(fewer[end], count=fewer[end].count - 1)
        fewer = [c for c in fewer if c.count]
    return fewer


def _ballot_line(
    dimensions: Sequence[Dimension], category: Category, items: list[tuple[Dimension, Line]]
) -> Line | None:
    """Items on which nobody had a word are left out of the weights."""
    known = [(dimension, line.figure) for dimension, line in items if line.value is not None]
    weight = sum((dimension.weight for dimension, _ in known), Decimal(0))
    if not weight:
        return None
    exact = sum((share(mean, d.max_score, d.weight) for d, mean in known), Fraction(0)) * 100 / Fraction(weight)
    terms = " ＋ ".join(f"{mean}÷{plain_decimal(d.max_score)}×{plain_decimal(d.weight)}" for d, mean in known)
    formula = terms if weight == 100 else f"（{terms}）×100÷{plain_decimal(weight)}"
    return Line(
        Step.CATEGORY,
        f"{category.name}平均分",
        formula,
        round_half_up(exact),
        tuple((d.name, str(mean)) for d, mean in known),
        "全部弃权的项目不计，按其余项目折算。" if len(known) < len(dimensions) else "",
    )
