"""Scores beside each other: last year, the domain's median, how strict and how spread each category is.

Nothing here can point to a rater: a category is told of only when at least `LEAST_RATERS` scored everybody in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from reviews.rules.derivations import Derivation, Step
from reviews.rules.figures import round_half_up

LEAST_RATERS = 5


@dataclasses.dataclass(frozen=True)
class CategoryFigures:
    """Of one category over all reporters; `leniency` is how far its mean lies above (+) that of all categories."""

    name: str
    reporters: int
    mean: Decimal
    lowest: Decimal
    highest: Decimal
    spread: Decimal
    leniency: Decimal


def median(scores: Iterable[Decimal]) -> Decimal | None:
    """The middle one, or the mean of the two in the middle, to two places; None of nothing."""
    ordered = sorted(scores)
    if not ordered:
        return None
    half = len(ordered) // 2
    middle = ordered[half : half + 1] if len(ordered) % 2 else ordered[half - 1 : half + 1]
    return round_half_up(sum(map(Fraction, middle), Fraction(0)) / len(middle))


def difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else now - before


def category_figures(means: Sequence[dict[str, tuple[Decimal, int]]]) -> list[CategoryFigures]:
    """`means` has for each reporter, by category, its mean and how many scored. Spread is the standard deviation."""
    names = dict.fromkeys(name for row in means for name in row)
    told = {}
    for name in names:
        rows = [row[name] for row in means if name in row]
        if rows and min(raters for _, raters in rows) >= LEAST_RATERS:
            told[name] = [mean for mean, _ in rows]
    if not told:
        return []
    averages = {name: sum(map(Fraction, values), Fraction(0)) / len(values) for name, values in told.items()}
    whole = sum(averages.values(), Fraction(0)) / len(averages)
    return [
        CategoryFigures(
            name,
            len(values),
            round_half_up(averages[name]),
            min(values),
            max(values),
            _deviation(values, averages[name]),
            _signed(averages[name] - whole),
        )
        for name, values in told.items()
    ]


def _deviation(values: Sequence[Decimal], average: Fraction) -> Decimal:
    """To two places, half up, from whole numbers: the root of 10⁶ times the variance is a thousandth."""
    variance = sum(((Fraction(value) - average) ** 2 for value in values), Fraction(0)) / len(values)
    return round_half_up(Fraction(isqrt(int(variance * 10**12)), 10**6))


def _signed(exact: Fraction) -> Decimal:
    return round_half_up(exact) if exact >= 0 else -round_half_up(-exact)


def category_means(derivation: Derivation, raters: dict[str, int]) -> dict[str, tuple[Decimal, int]]:
    """Mean of each category of one reporter, by its name, with the number of raters given."""
    found = {}
    for line in derivation.of(Step.CATEGORY):
        name = line.label.split("平均分")[0]
        if line.value is not None and name in raters:
            found[name] = (line.value, raters[name])
    return found
