"""履职纪实: what a secretary did in person, on which day, how often (S-44, S-46, S-50)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.figures import FigureSum, sum_figures


class DutyKind(models.TextChoices):
    RESEARCH = "research", _("调研")
    TOPIC_RESEARCH = "topic_research", _("定题调研")
    DISCUSSION = "discussion", _("会议研究")
    ROUTINE_MEETING = "routine_meeting", _("定期例会")
    ANALYSIS = "analysis", _("专题分析")
    DEPLOYMENT = "deployment", _("部署")
    SUPERVISION = "supervision", _("督办")
    CONTACT = "contact", _("联系点")
    LECTURE = "lecture", _("讲党课")
    SOLVED = "solved", _("解决难题")


_MONTH = re.compile(r"^\s*(?:\d{4}年)?(1[0-2]|0?[1-9])月")


def month_of(date: dt.date | None, date_text: str) -> int | None:
    """The month under which an entry is listed: that of the date, or the one a masked text still names (3月X日)."""
    if date is not None:
        return date.month
    match = _MONTH.match(date_text)
    return int(match[1]) if match else None


def count_entries(counts: Iterable[str]) -> FigureSum:
    """How often: an entry without a number is one time, a masked number is skipped and said (S-46, S-195, S-197)."""
    return sum_figures(text if text.strip() else "1" for text in counts)


def prefilled_figure(count: FigureSum | None) -> str:
    """What a figure of the report starts from; nothing where nothing could be counted (S-71)."""
    return count.number if count and count.total else ""
