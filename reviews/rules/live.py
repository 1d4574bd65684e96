"""Clocks of the turn or item under way, and how long what is over took (S-95, S-105)."""

import dataclasses
import datetime as dt

from reviews.rules.meetings import MeetingError


class MovedOnError(MeetingError):
    """Somebody else has moved the meeting on since the page was made; nothing was done."""

    def __init__(self) -> None:
        super().__init__("会议已由他人推进，刚才的操作没有执行，请看最新状态。")


@dataclasses.dataclass(frozen=True)
class Clock:
    """`until` when the time of this part is over; while the clock stands `left` seconds instead, below 0 in overtime."""

    part: str
    until: dt.datetime | None
    left: int | None = None

    @property
    def is_standing(self) -> bool:
        return self.until is None


def clock_of(
    part: str, *, begun_at: dt.datetime, minutes: int, paused: int = 0, paused_at: dt.datetime | None = None
) -> Clock:
    """`paused` are the seconds it stood before; it stands now since `paused_at`."""
    until = begun_at + dt.timedelta(minutes=minutes, seconds=paused)
    if paused_at is None:
        return Clock(part, until)
    return Clock(part, None, int((until - paused_at).total_seconds()))


def lasted(begun_at: dt.datetime | None, ended_at: dt.datetime | None, paused: int = 0) -> int | None:
    """Seconds without pauses; None while it is not over."""
    if begun_at is None or ended_at is None:
        return None
    return max(int((ended_at - begun_at).total_seconds()) - paused, 0)


def overtime(seconds: int | None, minutes: int) -> int:
    """Seconds beyond the time allowed; 0 within it."""
    return max((seconds or 0) - minutes * 60, 0)


def minutes_words(seconds: int | None) -> str:
    """505 → 8分25秒, 36 → 36秒; empty while it is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(seconds, 60)
    if rest and not minutes:
        return f"{rest}秒"
    return f"{minutes}分{rest:02d}秒" if rest else f"{minutes}分钟"
