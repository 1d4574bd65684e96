import datetime as dt

import pytest

from reporting.rules.key_tasks import (
    Lag,
    TaskState,
    current_quarter,
    lag_of,
    last_quarter,
    later_date,
    later_text,
)

FEBRUARY = dt.date(2026, 2, 25)


def lag(today: dt.date, **facts) -> Lag | None:
    facts = {"state": TaskState.UNDER_WAY, "due": None, "reported": 0, "assigned_on": FEBRUARY, "year": 2026} | facts
    return lag_of(today=today, **facts)


@pytest.mark.parametrize(
    ("today", "quarter", "over"),
    [
        (dt.date(2025, 12, 31), 1, 0),
        (dt.date(2026, 1, 1), 1, 0),
        (dt.date(2026, 3, 31), 1, 0),
        (dt.date(2026, 4, 1), 2, 1),
        (dt.date(2026, 11, 21), 4, 3),
        (dt.date(2027, 1, 1), 4, 4),
    ],
)
def test_quarters(today: dt.date, quarter: int, over: int) -> None:
    assert (current_quarter(2026, today), last_quarter(2026, today)) == (quarter, over)


def test_a_dated_deadline_is_overdue_from_the_next_day_on() -> None:
    due = dt.date(2026, 3, 30)
    assert lag(due, due=due) is None
    assert lag(dt.date(2026, 3, 31), due=due) == Lag.OVERDUE
    assert lag(dt.date(2026, 3, 31), due=due, state=TaskState.DONE) is None


def test_an_undated_or_masked_deadline_is_never_overdue() -> None:
    assert lag(dt.date(2031, 1, 1), due=None, reported=4) is None


def test_a_quarter_without_a_word_is_missed_once_it_is_over() -> None:
    assert lag(dt.date(2026, 3, 31)) is None
    assert lag(dt.date(2026, 4, 1)) == Lag.UNREPORTED
    assert lag(dt.date(2026, 4, 1), reported=1) is None
    assert lag(dt.date(2026, 7, 1), reported=1) == Lag.UNREPORTED


def test_who_was_asked_later_owes_nothing_for_the_quarter_before() -> None:
    assert lag(dt.date(2026, 4, 2), assigned_on=dt.date(2026, 4, 1)) is None
    assert lag(dt.date(2026, 7, 1), assigned_on=dt.date(2026, 4, 1)) == Lag.UNREPORTED


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("2026年6月底前", "2027年6月底前"),
        ("X月底前", "X月底前"),
        ("XX年年底前", "XX年年底前"),
        ("12026号", "12026号"),
        ("", ""),
    ],
)
def test_a_worded_deadline_moves_by_a_year(text: str, moved: str) -> None:
    assert later_text(text, 2026, 1) == moved


def test_a_date_moves_by_years_and_a_leap_day_to_the_28th() -> None:
    assert later_date(dt.date(2026, 6, 30), 1) == dt.date(2027, 6, 30)
    assert later_date(dt.date(2026, 6, 30), 2) == dt.date(2028, 6, 30)
    assert later_date(dt.date(2028, 2, 29), 1) == dt.date(2029, 2, 28)
    assert later_date(dt.date(2028, 2, 29), 4) == dt.date(2032, 2, 29)
    assert later_date(None, 1) is None
