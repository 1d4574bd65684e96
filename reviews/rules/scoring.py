"""From marks on sheets to a composite and a proposed grade, line by line (S-118, S-124, S-129).

How it is rounded: every printed line is worked out exactly from the figures printed on the lines
before it, and only its own result is rounded, half up, to two places. Whoever has the printed
lines and a pocket calculator therefore gets the same figures. Inside a line nothing is rounded:
values are exact fractions, so that a half is a half (a sum of thirds in decimals is not).

    sheet      Σ mark ÷ maximum × weight                                    out of 100
               (an item left out on purpose is left out of the weights too)
    item       Σ points × ballots ÷ valid ballots, of a category that votes without names
    category   Σ sheets ÷ number of sheets; of ballots Σ item ÷ maximum × weight
    meeting    Σ weight × category ÷ Σ weights of the categories that have sheets or ballots
    composite  Σ weight × part ÷ 100
    grade      the first grade, from the top, whose line the composite reaches,
               and no better than any veto in force allows; a veto never touches a score

Texts here are printed on paper and kept for ever, so they are Chinese and not translated.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

ROUNDING_RULE = "每一行都用前面各行印出的得数计算，行内不舍入，只在行末四舍五入，保留两位小数。"

Key = TypeVar("Key")


class Step(enum.StrEnum):
    SHEET = "sheet"
    CATEGORY = "category"
    MEETING = "meeting"
    PART = "part"
    COMPOSITE = "composite"
    GRADE = "grade"
    ITEM = "item"
    CAP = "cap"


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


@dataclasses.dataclass(frozen=True)
class Part:
    """A part of the composite, out of 100: typed, worked out elsewhere by `formula`, or the meeting's own."""

    name: str
    weight: Decimal
    is_meeting: bool = False
    score: Decimal | None = None
    formula: str = ""


@dataclasses.dataclass(frozen=True)
class Cap:
    """A veto in force: the grade may not be better than `max_code`."""

    reason: str
    max_code: str
    approved: str = ""


@dataclasses.dataclass(frozen=True)
class Band:
    code: str
    label: str
    min_score: Decimal


@dataclasses.dataclass(frozen=True)
class Line:
    """One printed line: `label`: `formula` ＝ `value`; `inputs` are (name, figure) pairs."""

    step: Step
    label: str
    formula: str
    value: Decimal | None
    inputs: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Derivation:
    lines: tuple[Line, ...]
    meeting_score: Decimal | None
    composite: Decimal | None
    grade_code: str
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, *steps: Step) -> list[Line]:
        return [line for line in self.lines if line.step in steps]

    def as_json(self) -> dict[str, Any]:
        """Plain values for `Result.derivation`; figures stay text: no float touches them."""
        return {
            "rule": ROUNDING_RULE,
            "lines": [
                {
                    "step": line.step.value,
                    "label": line.label,
                    "formula": line.formula,
                    "value": _text(line.value),
                    "inputs": [list(pair) for pair in line.inputs],
                    "note": line.note,
                }
                for line in self.lines
            ],
            "meeting_score": _text(self.meeting_score),
            "composite": _text(self.composite),
            "grade_code": self.grade_code,
            "missing": list(self.missing),
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Derivation:
        """What `as_json` wrote; an empty mapping (nothing computed yet) gives no lines."""
        return cls(
            lines=tuple(
                Line(
                    step=Step(line["step"]),
                    label=line["label"],
                    formula=line["formula"],
                    value=_decimal(line["value"]),
                    inputs=tuple((name, figure) for name, figure in line["inputs"]),
                    note=line["note"],
                )
                for line in stored.get("lines", [])
            ),
            meeting_score=_decimal(stored.get("meeting_score")),
            composite=_decimal(stored.get("composite")),
            grade_code=stored.get("grade_code", ""),
            missing=tuple(stored.get("missing", ())),
            notes=tuple(stored.get("notes", ())),
        )


def derive(
    dimensions: Sequence[Dimension],
    categories: Sequence[Category],
    parts: Sequence[Part],
    bands: Sequence[Band],
    *,
    caps: Sequence[Cap] = (),
    trims: bool = False,
) -> Derivation:
    """Work out one reporter's composite and proposed grade.

    The composite is None while a part is missing (named in `missing`), never counted as zero.
    A category without sheets gives its weight to the others in proportion, which a note says.
    With `trims` the highest and the lowest of three or more are left out.
    Raises ValueError when a sheet has not one mark for each dimension.
    """
    lines: list[Line] = []
    notes: list[str] = []
    means: list[tuple[Category, Decimal]] = []
    for category in categories:
        category_lines = _category_lines(dimensions, category, trims=trims)
        lines += category_lines
        if category_lines and category_lines[-1].step == Step.CATEGORY:
            means.append((category, _value(category_lines[-1])))
        else:
            notes.append(_empty_note(category))
    meeting_score = None
    if means:
        line = _meeting_line(means, renormalised=len(means) < len(categories))
        lines.append(line)
        meeting_score = _value(line)
    else:
        notes = [_nothing_note(categories)] if categories else []
    lines += [_part_line(part) for part in parts if part.formula and part.score is not None]
    composite, missing = None, _missing_parts(parts, meeting_score)
    if parts and not missing:
        line = _composite_line(parts, meeting_score)
        lines.append(line)
        composite = _value(line)
    grade_line, grade_code = _grade_line(composite, bands)
    cap_lines, grade_code = _cap_lines(grade_code, bands, caps)
    lines += grade_line + cap_lines
    return Derivation(tuple(lines), meeting_score, composite, grade_code, tuple(missing), tuple(notes))


def proposed_grade(composite: Decimal | None, bands: Iterable[Band]) -> Band | None:
    """The highest grade whose line the composite reaches; a composite on the line belongs to it."""
    if composite is None:
        return None
    reached = [band for band in bands if composite >= band.min_score]
    return max(reached, key=lambda band: band.min_score, default=None)


def shared_ranks(scores: Mapping[Key, Decimal | None]) -> dict[Key, int | None]:
    """Place of each score, highest first; equal scores share one, then a gap: 1, 2, 2, 4.

    Who has no score has no place.
    """
    known = [score for score in scores.values() if score is not None]
    return {
        key: None if score is None else 1 + sum(1 for other in known if other > score) for key, score in scores.items()
    }


def mark_in_range(mark: Decimal, max_score: Decimal) -> bool:
    """Whether a mark lies on the sheet's scale and has at most two places."""
    return mark.is_finite() and 0 <= mark <= max_score and mark == mark.quantize(Decimal("0.01"))


def plain(figure: Decimal) -> str:
    """A figure without idle zeros: 100.00 → 100, 87.50 → 87.5."""
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_half_up(exact: Fraction) -> Decimal:
    """Two places, half up, from an exact value that is not negative."""
    hundredths, rest = divmod(exact * 100, 1)
    return Decimal(int(hundredths) + (1 if rest >= Fraction(1, 2) else 0)).scaleb(-2)


def _empty_note(category: Category) -> str:
    what = "有效票" if category.counts else "评分表"
    return f"“{category.name}”没有{what}，其权重{plain(category.weight)}%按比例分给其他类别。"


def _nothing_note(categories: Sequence[Category]) -> str:
    has_ballots = any(category.counts for category in categories)
    return "没有收到评分表和有效票，不计算会上评分。" if has_ballots else "没有收到评分表，不计算会上评分。"


def _category_lines(dimensions: Sequence[Dimension], category: Category, *, trims: bool) -> list[Line]:
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
        exact = sum((_share(mark, d.max_score, d.weight) for d, mark in pairs), Fraction(0))
        formula = " ＋ ".join(f"{plain(mark)}÷{plain(d.max_score)}×{plain(d.weight)}" for d, mark in pairs)
        note = ""
        if (left_out := len(dimensions) - len(pairs)) and weight:
            exact, formula = exact * 100 / Fraction(weight), f"（{formula}）×100÷{plain(weight)}"
            note = f"弃权{left_out}项，按其余项目折算。"
        order = tuple(Decimal(-1) if mark is None else mark for mark in marks)
        inputs = tuple((d.name, plain(mark)) for d, mark in pairs)
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
    values = [_value(line) for line in sheets]
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
        note = f"去掉一票最高{plain(ordered[0].points)}和一票最低{plain(ordered[-1].points)}。{note}"
    number = sum(c.count for c in used)
    exact = sum((Fraction(c.points) * c.count for c in used), Fraction(0)) / number
    formula = f"（{' ＋ '.join(f'{plain(c.points)}×{c.count}' for c in used)}）÷{number}"
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
    known = [(dimension, _value(line)) for dimension, line in items if line.value is not None]
    weight = sum((dimension.weight for dimension, _ in known), Decimal(0))
    if not weight:
        return None
    exact = sum((_share(mean, d.max_score, d.weight) for d, mean in known), Fraction(0)) * 100 / Fraction(weight)
    terms = " ＋ ".join(f"{mean}÷{plain(d.max_score)}×{plain(d.weight)}" for d, mean in known)
    formula = terms if weight == 100 else f"（{terms}）×100÷{plain(weight)}"
    return Line(
        Step.CATEGORY,
        f"{category.name}平均分",
        formula,
        round_half_up(exact),
        tuple((d.name, str(mean)) for d, mean in known),
        "全部弃权的项目不计，按其余项目折算。" if len(known) < len(dimensions) else "",
    )


def _part_line(part: Part) -> Line:
    return Line(Step.PART, part.name, part.formula, part.score)


def _meeting_line(means: list[tuple[Category, Decimal]], *, renormalised: bool) -> Line:
    whole = sum((category.weight for category, _ in means), Decimal(0))
    if whole:
        exact = sum((_share(mean, whole, category.weight) for category, mean in means), Fraction(0))
        terms = " ＋ ".join(f"{mean}×{plain(category.weight)}" for category, mean in means)
        note = f"有评分表的类别权重合计{plain(whole)}%，按此折算。" if renormalised else ""
        formula = f"（{terms}）÷{plain(whole)}"
    else:  # only categories of weight nought have sheets: they count alike
        exact = sum((Fraction(mean) for _, mean in means), Fraction(0)) / len(means)
        formula = f"（{' ＋ '.join(str(mean) for _, mean in means)}）÷{len(means)}"
        note = "有评分表的类别权重均为0，按各类别平均计算。"
    inputs = tuple((f"{category.name}平均分", str(mean)) for category, mean in means)
    return Line(Step.MEETING, "会上评分", formula, round_half_up(exact), inputs, note)


def _missing_parts(parts: Sequence[Part], meeting_score: Decimal | None) -> list[str]:
    return [part.name for part in parts if _part_score(part, meeting_score) is None]


def _part_score(part: Part, meeting_score: Decimal | None) -> Decimal | None:
    return meeting_score if part.is_meeting else part.score


def _composite_line(parts: Sequence[Part], meeting_score: Decimal | None) -> Line:
    scored = [(part, _known(_part_score(part, meeting_score))) for part in parts]
    exact = sum((_share(score, Decimal(100), part.weight) for part, score in scored), Fraction(0))
    return Line(
        Step.COMPOSITE,
        "综合得分",
        " ＋ ".join(f"{_two_places(score)}×{plain(part.weight)}÷100" for part, score in scored),
        round_half_up(exact),
        tuple((part.name, _two_places(score)) for part, score in scored),
    )


def _grade_line(composite: Decimal | None, bands: Sequence[Band]) -> tuple[list[Line], str]:
    band = proposed_grade(composite, bands)
    if composite is None or band is None:
        return [], ""
    ordered = sorted(bands, key=lambda each: each.min_score, reverse=True)
    scale = "，".join(f"{each.label}：{plain(each.min_score)}分及以上" for each in ordered)
    line = Line(
        Step.GRADE,
        "建议等次",
        f"{composite}≥{plain(band.min_score)}，建议“{band.label}”",
        None,
        (),
        f"分数线：{scale}。",
    )
    return [line], band.code


def _cap_lines(code: str, bands: Sequence[Band], caps: Sequence[Cap]) -> tuple[list[Line], str]:
    """A line for each veto in force; the strictest decides. Without a proposal there is nothing to hold down."""
    ordered = [band.code for band in sorted(bands, key=lambda each: each.min_score, reverse=True)]
    labels = {band.code: band.label for band in bands}
    lines = []
    for cap in caps:
        if code not in ordered or cap.max_code not in ordered:
            continue
        lowered = max(code, cap.max_code, key=ordered.index)
        result = "等次不变" if lowered == code else f"“{labels[code]}”降为“{labels[lowered]}”"
        formula = f"等次最高为“{labels[cap.max_code]}”，{result}"
        lines.append(Line(Step.CAP, f"否决：{cap.reason}", formula, None, (), cap.approved))
        code = lowered
    return lines, code


def _share(score: Decimal, maximum: Decimal, weight: Decimal) -> Fraction:
    return Fraction(score) * Fraction(weight) / Fraction(maximum)


def _two_places(figure: Decimal) -> str:
    return f"{figure:.2f}"


def _value(line: Line) -> Decimal:
    return _known(line.value)


def _known(figure: Decimal | None) -> Decimal:
    if figure is None:
        raise ValueError("figure missing")
    return figure


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else _two_places(figure)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
