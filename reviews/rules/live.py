"""Clock of the turn under way (S-95, S-105)."""

import dataclasses
import datetime as dt

from reviews.rules.meetings import SlotState


@dataclasses.dataclass(frozen=True)
class Clock:
    """`until` when the time of this part is over; `part` is what runs."""

    until: dt.datetime
    part: str


def running_clock(
    state: str,
    *,
    started_at: dt.datetime | None,
    comment_started_at: dt.datetime | None,
    report_minutes: int,
    comment_minutes: int,
    commenters: int = 1,
) -> Clock | None:
    """The time of a report, or of the comments of all who comment; None when nobody is up."""
    if state == SlotState.REPORTING and started_at is not None:
        return Clock(started_at + dt.timedelta(minutes=report_minutes), "述职")
    if state == SlotState.COMMENTING and comment_started_at is not None:
        length = dt.timedelta(minutes=comment_minutes * max(commenters, 1))
        return Clock(comment_started_at + length, "点评")
    return None
