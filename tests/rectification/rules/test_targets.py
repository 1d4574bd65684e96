from decimal import Decimal

import pytest

from rectification.rules.targets import is_met, number_of, target_words


@pytest.mark.parametrize(
    ("operator", "value", "actual", "met"),
    [
        ("ge", "4", "4", True),
        ("", "4", "3", False),
        ("le", "10%", "9.5%", True),
        ("lt", "3", "3", False),
        ("gt", "1,200", "1201", True),
        ("eq", "100", "99", False),
        ("ge", "XX", "5", None),
        ("ge", "4", "近百", None),
        ("ge", "4", "", None),
    ],
)
def test_met_or_not_or_not_to_be_told(operator: str, value: str, actual: str, met: bool | None) -> None:
    assert is_met(operator, value, actual) is met


def test_masked_numbers_are_told_as_typed() -> None:
    assert target_words("ge", "XX", "次") == "不少于XX次"
    assert target_words("", "**", "") == "**"
    assert target_words("ge", " ", "次") == ""


def test_numbers_as_offices_write_them() -> None:
    assert [number_of(text) for text in ("3", " 90％", "1，200", "NaN", "inf", "三")] == [
        Decimal(3),
        Decimal(90),
        Decimal(1200),
        None,
        None,
        None,
    ]
