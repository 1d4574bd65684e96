import datetime as dt

from accounts.rules.lockouts import locked_until

PAUSE = dt.timedelta(minutes=15)


def at(minute: int) -> dt.datetime:
    return dt.datetime(2027, 1, 5, 9, minute, tzinfo=dt.UTC)


def until(*failures: tuple[dt.datetime, int]) -> dt.datetime | None:
    return locked_until(failures, limit=5, pause=PAUSE)


def test_four_failures_close_nothing() -> None:
    assert until((at(3), 4)) is None


def test_the_pause_begins_with_the_last_failure() -> None:
    assert until((at(3), 5)) == at(18)


def test_two_browsers_are_counted_together_and_the_first_forgotten_opens() -> None:
    assert until((at(3), 3), (at(7), 2)) == at(18)


def test_what_came_before_enough_failures_changes_nothing() -> None:
    assert until((at(1), 9), (at(7), 5)) == at(22)
