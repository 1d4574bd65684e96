"""Deadlines as offices write them: words that are printed as they stand, and a date when there is one (S-31)."""

import dataclasses
import datetime as dt
import enum

SOON_DAYS = 7


class DueState(enum.StrEnum):
    UNDATED = "undated"
    AHEAD = "ahead"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclasses.dataclass(frozen=True)
class Deadline:
    """`text` is what was typed (「X月底前」); `date` is the last day on which the thing is in time, or None."""

    text: str = ""
    date: dt.date | None = None

    def __str__(self) -> str:
        return self.text or (chinese_date(self.date) if self.date else "")

    def __bool__(self) -> bool:
        return bool(self.text or self.date)

    def state(self, today: dt.date, soon_days: int = SOON_DAYS) -> DueState:
        """A deadline without a date is never overdue (S-31); one with a date is overdue from the next day on."""
        if self.date is None:
            return DueState.UNDATED
        if today > self.date:
            return DueState.OVERDUE
        return DueState.SOON if (self.date - today).days <= soon_days else DueState.AHEAD


def chinese_date(date: dt.date) -> str:
    """2027年1月12日: Arabic figures, month and day without leading zero (GB/T 9704)."""
    return f"{date.year}年{date.month}月{date.day}日"
