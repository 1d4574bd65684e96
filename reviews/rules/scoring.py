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
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from common.figures import plain_decimal
from reviews.rules.category_means import Category, Dimension, category_lines
from reviews.rules.derivations import Derivation, Line, Step
from reviews.rules.figures import round_half_up, share, two_places


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
        found = category_lines(dimensions, category, trims=trims)
        lines += found
        if found and found[-1].step == Step.CATEGORY:
            means.append((category, found[-1].figure))
        else:
            notes.append(_empty_note(category))
    meeting_score = None
    if means:
        line = _meeting_line(means, renormalised=len(means) < len(categories))
        lines.append(line)
        meeting_score = line.figure
    else:
        notes = [_nothing_note(categories)] if categories else []
    lines += [_part_line(part) for part in parts if part.formula and part.score is not None]
    composite, missing = None, _missing_parts(parts, meeting_score)
    if parts and not missing:
        line = _composite_line(parts, meeting_score)
        lines.append(line)
        composite = line.figure
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


def _empty_note(category: Category) -> str:
    what = "有效票" if category.counts else "评分表"
    return f"“{category.name}”没有{what}，其权重{plain_decimal(category.weight)}%按比例分给其他类别。"


def _nothing_note(categories: Sequence[Category]) -> str:
    has_ballots = any(category.counts for category in categories)
    return "没有收到评分表和有效票，不计算会上评分。" if has_ballots else "没有收到评分表，不计算会上评分。"


def _part_line(part: Part) -> Line:
    return Line(Step.PART, part.name, part.formula, part.score)


def _meeting_line(means: list[tuple[Category, Decimal]], *, renormalised: bool) -> Line:
    whole = sum((category.weight for category, _ in means), Decimal(0))
    if whole:
        exact = sum((share(mean, whole, category.weight) for category, mean in means), Fraction(0))
        terms = " ＋ ".join(f"{mean}×{plain_decimal(category.weight)}" for category, mean in means)
        note = f"有评分表的类别权重合计{plain_decimal(whole)}%，按此折算。" if renormalised else ""
        formula = f"（{terms}）÷{plain_decimal(whole)}"
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
    exact = sum((share(score, Decimal(100), part.weight) for part, score in scored), Fraction(0))
    return Line(
        Step.COMPOSITE,
        "综合得分",
        " ＋ ".join(f"{two_places(score)}×{plain_decimal(part.weight)}÷100" for part, score in scored),
        round_half_up(exact),
        tuple((part.name, two_places(score)) for part, score in scored),
    )


def _grade_line(composite: Decimal | None, bands: Sequence[Band]) -> tuple[list[Line], str]:
    band = proposed_grade(composite, bands)
    if composite is None or band is None:
        return [], ""
    ordered = sorted(bands, key=lambda each: each.min_score, reverse=True)
    scale = "，".join(f"{each.label}：{plain_decimal(each.min_score)}分及以上" for each in ordered)
    line = Line(
        Step.GRADE,
        "建议等次",
        f"{composite}≥{plain_decimal(band.min_score)}，建议“{band.label}”",
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


def _known(figure: Decimal | None) -> Decimal:
    if figure is None:
        raise ValueError("figure missing")
    return figure
