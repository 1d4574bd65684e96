"""The order of people by what the years came to: who has done well first (S-141)."""

from collections.abc import Sequence
from fractions import Fraction

from reporting.rules.schemes import GradeCode

_ORDER = {code: place for place, code in enumerate(GradeCode.values)}


def standing_key(grades: Sequence[str], records: int, is_barred: bool) -> tuple[bool, bool, Fraction, int, int]:
    """Sorts people by the mean place of their grades, best first.

    A bar weighs most, and who has no grade yet comes last. More years and fewer records decide between equals.
    """
    if not grades:
        return (is_barred, True, Fraction(0), records, 0)
    mean = Fraction(sum(_ORDER[grade] for grade in grades), len(grades))
    return (is_barred, False, mean, records, -len(grades))
