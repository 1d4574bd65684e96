"""Key tasks of the year: states, quarters, who is behind, and moving a list on to the next year (S-34 to S-36)."""

import calendar
import datetime as dt
import re

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskState(models.TextChoices):
    NOT_STARTED = "not_started", _("未启动")
    UNDER_WAY = "under_way", _("推进中")
    DONE = "done", _("已完成")


class Lag(models.TextChoices):
    """Why an organization is behind with a task."""

    OVERDUE = "overdue", _("逾期未完成")
    UNREPORTED = "unreported", _("缺季度进展")


QUARTERS = (1, 2, 3, 4)
QUARTER_CHOICES = [(1, _("第一季度")), (2, _("第二季度")), (3, _("第三季度")), (4, _("第四季度"))]


def quarter_end(year: int, quarter: int) -> dt.date:
    return dt.date(year, quarter * 3, 31 if quarter in (1, 4) else 30)


def current_quarter(year: int, today: dt.date) -> int:
    """The quarter of the assessed year that progress told today most likely belongs to."""
    if today.year != year:
        return 1 if today.year < year else 4
    return (today.month + 2) // 3


def last_quarter(year: int, today: dt.date) -> int:
    """The latest quarter of the year that is over, 0 while none is."""
    return max((quarter for quarter in QUARTERS if quarter_end(year, quarter) < today), default=0)


def lag_of(
    *, state: str, due: dt.date | None, reported: int, assigned_on: dt.date, year: int, today: dt.date
) -> Lag | None:
    """Behind: not done after a dated deadline, or nothing told of the last quarter that is over.

    `reported` is the latest quarter told of, 0 for none. Whatever has no date is never overdue (S-31); a task
    assigned after a quarter's end owes nothing for it.
    """
    if state == TaskState.DONE:
        return None
    if due is not None and today > due:
        return Lag.OVERDUE
    quarter = last_quarter(year, today)
    owes = quarter and assigned_on <= quarter_end(year, quarter) and reported < quarter
    return Lag.UNREPORTED if owes else None


def later_text(text: str, year: int, years: int) -> str:
    """A worded deadline so many years on: 2026年6月底前 → 2027年6月底前; words without that year stay, masked ones too."""
    return re.sub(rf"(?<!\d){year}(?!\d)", str(year + years), text)


def later_date(date: dt.date | None, years: int) -> dt.date | None:
    if date is None:
        return None
    year = date.year + years
    day = min(date.day, calendar.monthrange(year, date.month)[1])
    return date.replace(year=year, day=day)
