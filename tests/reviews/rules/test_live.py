import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.live import Clock, clock_of, lasted, minutes_words, overtime

AT = dt.datetime(2027, 1, 12, 9, 0, tzinfo=dt.UTC)


def later(minutes: float) -> dt.datetime:
    return AT + dt.timedelta(minutes=minutes)


def test_a_clock_runs_until_what_was_allowed_is_over() -> None:
    assert clock_of("正在述职", begun_at=AT, minutes=8) == Clock("正在述职", later(8))


def test_pauses_are_given_back() -> None:
    assert clock_of("正在述职", begun_at=AT, minutes=8, paused=90) == Clock("正在述职", later(9.5))
    standing = clock_of("正在述职", begun_at=AT, minutes=8, paused=60, paused_at=later(10))
    assert (standing.is_standing, standing.left) == (True, -60)


@pytest.mark.parametrize(
    ("seconds", "words"), [(None, ""), (0, "0分钟"), (480, "8分钟"), (505, "8分25秒"), (61, "1分01秒"), (36, "36秒")]
)
def test_how_long_in_words(seconds: int | None, words: str) -> None:
    assert minutes_words(seconds) == words


def test_what_is_not_over_has_no_length() -> None:
    assert lasted(None, AT) is None
    assert lasted(AT, None) is None
    assert overtime(None, 8) == 0


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.integers(0, 120))
def test_time_spoken_and_overtime(length: int, paused: int, minutes: int) -> None:
    seconds = lasted(AT, AT + dt.timedelta(seconds=length), paused)
    assert seconds == max(length - paused, 0)
    assert overtime(seconds, minutes) == max(seconds - minutes * 60, 0)
