"""Figures of marks and scores: on the scale, rounded half up, ranked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key")


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


def round_half_up(exact: Fraction) -> Decimal:
    """Two places, half up, from an exact value that is not negative."""
    hundredths, rest = divmod(exact * 100, 1)
    return Decimal(int(hundredths) + (1 if rest >= Fraction(1, 2) else 0)).scaleb(-2)


def two_places(figure: Decimal) -> str:
    return f"{figure:.2f}"


def share(score: Decimal, maximum: Decimal, weight: Decimal) -> Fraction:
    """What a score gives of a weight, exactly."""
    return Fraction(score) * Fraction(weight) / Fraction(maximum)
