"""A quantified target: operator, number or masked number, unit, and what was reached (S-154)."""

from decimal import Decimal, InvalidOperation

from django.db import models


class TargetOperator(models.TextChoices):
    AT_LEAST = "ge", "不少于"
    AT_MOST = "le", "不超过"
    EXACTLY = "eq", "达到"
    MORE = "gt", "多于"
    LESS = "lt", "少于"


def target_words(operator: str, value: str, unit: str) -> str:
    """不少于X次; empty when no number was set. Masked numbers are printed as typed."""
    if not value.strip():
        return ""
    return f"{TargetOperator(operator).label if operator else ''}{value}{unit}"


def is_met(operator: str, value: str, actual: str) -> bool | None:
    """Whether what was reached meets the target; None where a number is missing or masked."""
    target, reached = number_of(value), number_of(actual)
    if target is None or reached is None:
        return None
    return {
        TargetOperator.AT_MOST: reached <= target,
        TargetOperator.LESS: reached < target,
        TargetOperator.MORE: reached > target,
        TargetOperator.EXACTLY: reached == target,
    }.get(TargetOperator(operator or TargetOperator.AT_LEAST), reached >= target)


def number_of(text: str) -> Decimal | None:
    """3, 2.5, 90%, 1,200; None for anything else, 「XX」 and 「近百」 too."""
    try:
        number = Decimal(text.strip().rstrip("%％").replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
