"""满意度 from counts of forms (S-122; 不了解 is not counted, practice.md 2.5)."""

from decimal import Decimal
from fractions import Fraction

from .figures import round_half_up


def satisfaction_rate(satisfied: int, fairly: int, dissatisfied: int) -> Decimal | None:
    """Share of 满意 and 基本满意 in percent, two places, half up; None where nobody answered."""
    answered = satisfied + fairly + dissatisfied
    return round_half_up(Fraction(100 * (satisfied + fairly), answered)) if answered else None
