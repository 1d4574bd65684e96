import datetime as dt

import pytest

from common.deadlines import Deadline, DueState, chinese_date

TODAY = dt.date(2026, 11, 21)


def test_words_alone_are_never_overdue() -> None:
    assert Deadline("X月底前").state(TODAY) == DueState.UNDATED


@pytest.mark.parametrize(
    ("date", "state"),
    [
        (dt.date(2026, 11, 20), DueState.OVERDUE),
        (dt.date(2026, 11, 21), DueState.SOON),  # the last day itself is in time
        (dt.date(2026, 11, 28), DueState.SOON),
        (dt.date(2026, 11, 29), DueState.AHEAD),
    ],
)
def test_a_date_decides(date: dt.date, state: DueState) -> None:
    assert Deadline("年底前", date).state(TODAY) == state


def test_it_prints_as_it_was_worded_else_the_date() -> None:
    assert str(Deadline("***前", TODAY)) == "***前"
    assert str(Deadline("", dt.date(2027, 1, 2))) == "2027年1月2日"
    assert not Deadline()


def test_dates_have_no_leading_zero() -> None:
    assert chinese_date(dt.date(2027, 1, 2)) == "2027年1月2日"
