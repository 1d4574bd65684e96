import datetime as dt

import pytest

from common.figures import FigureSum
from reporting.rules.duty_entries import count_entries, month_of, prefilled_figure


@pytest.mark.parametrize(
    ("date", "text", "month"),
    [
        (dt.date(2026, 3, 9), "", 3),
        (dt.date(2026, 3, 9), "X月X日", 3),
        (None, "3月X日", 3),
        (None, "2026年12月", 12),
        (None, "09月底", 9),
        (None, "13月", None),
        (None, "X月X日", None),
        (None, "年初", None),
    ],
)
def test_the_month_an_entry_is_listed_under(date: dt.date | None, text: str, month: int | None) -> None:
    assert month_of(date, text) == month


def test_an_entry_without_a_number_is_one_time_a_masked_one_is_skipped_and_said() -> None:
    assert count_entries(["", " ", "3", "4次", "X", "多次"]) == FigureSum(9, 2)
    assert count_entries([]) == FigureSum(0, 0)


def test_a_figure_starts_from_what_could_be_counted() -> None:
    assert prefilled_figure(FigureSum(12, 2)) == "12"
    assert prefilled_figure(FigureSum(0, 2)) == ""
    assert prefilled_figure(None) == ""
