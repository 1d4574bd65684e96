import datetime as dt

from reviews.rules.live import Clock, running_clock
from reviews.rules.meetings import SlotState

NINE = dt.datetime(2027, 1, 12, 9, 0, tzinfo=dt.UTC)


def clock_of(state: str, commenters: int = 1) -> Clock | None:
    return running_clock(
        state,
        started_at=NINE,
        comment_started_at=NINE + dt.timedelta(minutes=7),
        report_minutes=8,
        comment_minutes=3,
        commenters=commenters,
    )


def test_the_clock_of_each_part() -> None:
    assert clock_of(SlotState.REPORTING) == Clock(NINE + dt.timedelta(minutes=8), "述职")
    assert clock_of(SlotState.COMMENTING) == Clock(NINE + dt.timedelta(minutes=10), "点评")
    assert clock_of(SlotState.COMMENTING, 2) == Clock(NINE + dt.timedelta(minutes=13), "点评")
    assert clock_of(SlotState.WAITING) is None
    assert clock_of(SlotState.DONE) is None
