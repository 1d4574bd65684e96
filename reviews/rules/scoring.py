"""From marks on sheets to a composite and a proposed grade, line by line (S-118, S-124, S-129).

How it is rounded: every printed line is worked out exactly from the figures printed on the lines
before it, and only its own result is rounded, half up, to two places. Whoever has the printed
lines and a pocket calculator therefore gets the same figures. Inside a line nothing is rounded:
values are exact fractions, so that a half is a half (a sum of thirds in decimals is not).

    sheet      Σ mark ÷ maximum × weight                                    out of 100
    category   Σ sheets ÷ number of sheets
    meeting    Σ weight × category ÷ Σ weights of the categories that have sheets
    composite  Σ weight × part ÷ 100
    grade      the first grade, from the top, whose line the composite reaches

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


@dataclasses.dataclass(frozen=True)
class Dimension:
    """A line of the sheet. `weight` is a percentage; the weights of a scheme add up to 100."""

    name: str
    max_score: Decimal
    weight: Decimal


@dataclasses.dataclass(frozen=True)
class Category:
    """`sheets` are the submitted ones only, each with its marks in the order of the dimensions."""

    name: str
    weight: Decimal
    sheets: tuple[tuple[Decimal, ...], ...] = ()


@dataclasses.dataclass(frozen=True)
class Part:
    """A part of the composite: `score` is typed, out of 100; the meeting's comes from sheets."""

    name: str
    weight: Decimal
    is_meeting: bool = False
    score: Decimal | None = None


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
) -> Derivation:
    """Work out one reporter's composite and proposed grade.

    The composite is None while a part is missing (named in `missing`), never counted as zero.
    A category without sheets gives its weight to the others in proportion, which a note says.
    Raises ValueError when a sheet has not one mark for each dimension.
    """
    lines: list[Line] = []
    notes: list[str] = []
    means: list[tuple[Category, Decimal]] = []
    for category in categories:
        sheet_lines = _sheet_lines(dimensions, category)
        lines += sheet_lines
        if sheet_lines:
            line = _category_line(category, sheet_lines)
            lines.append(line)
            means.append((category, _value(line)))
        else:
            notes.append(f"“{category.name}”没有评分表，其权重{plain(category.weight)}%按比例分给其他类别。")
    meeting_score = None
    if means:
        line = _meeting_line(means, renormalised=len(means) < len(categories))
        lines.append(line)
        meeting_score = _value(line)
    else:
        notes = ["没有收到评分表，不计算会上评分。"] if categories else []
    composite, missing = None, _missing_parts(parts, meeting_score)
    if parts and not missing:
        line = _composite_line(parts, meeting_score)
        lines.append(line)
        composite = _value(line)
    grade_line, grade_code = _grade_line(composite, bands)
    lines += grade_line
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


def _sheet_lines(dimensions: Sequence[Dimension], category: Category) -> list[Line]:
    """Highest first: the order in which people handed in is nobody's business."""
    found = []
    for marks in category.sheets:
        pairs = list(zip(dimensions, marks, strict=True))
        exact = sum((_share(mark, d.max_score, d.weight) for d, mark in pairs), Fraction(0))
        formula = " ＋ ".join(f"{plain(mark)}÷{plain(d.max_score)}×{plain(d.weight)}" for d, mark in pairs)
        found.append(
            (
                round_half_up(exact),
                marks,
                formula,
                tuple((d.name, plain(mark)) for d, mark in pairs),
            )
        )
    found.sort(key=lambda sheet: (sheet[0], sheet[1]), reverse=True)
    return [
        Line(Step.SHEET, f"{category.name}第{number}份评分表", formula, value, inputs)
        for number, (value, _, formula, inputs) in enumerate(found, start=1)
    ]


def _category_line(category: Category, sheets: list[Line]) -> Line:
    values = [_value(line) for line in sheets]
    mean = round_half_up(sum(map(Fraction, values), Fraction(0)) / len(values))
    return Line(
        Step.CATEGORY,
        f"{category.name}平均分（{len(values)}份）",
        f"（{' ＋ '.join(map(str, values))}）÷{len(values)}",
        mean,
        tuple((line.label, str(value)) for line, value in zip(sheets, values, strict=True)),
    )


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
