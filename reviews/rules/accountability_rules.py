"""Situation → consequence: what a committee has laid down, and what it suggests (S-136, S-138, S-139, S-143, S-144).

The system only points out: a rule never acts by itself, and every suggestion names its rule and basis.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.figures import plain_decimal
from reporting.rules.schemes import GradeCode
from reviews.rules.use_of_results import Outcome


class Situation(models.TextChoices):
    """What the system can see by itself; OTHER is for people to judge and never suggested."""

    GOOD = "good", _("综合评价等次为最高等次")
    FAIR = "fair", _("综合评价等次为第三等次")
    POOR = "poor", _("综合评价等次为最低等次")
    FAILED = "failed", _("年度党建责任制考核不合格")
    DISSATISFIED = "dissatisfied", _("满意度低于（%）")
    OVERDUE_ITEMS = "overdue_items", _("逾期未整改事项达到（项）")
    OVERDUE_DAYS = "overdue_days", _("整改事项逾期超过（天）")
    SENT_BACK = "sent_back", _("销号审核退回达到（次）")
    UNFUNDED = "unfunded", _("基层党建经费没有落实")
    UNURGED = "unurged", _("下级严重问题整改逾期而上级没有督促，超过（天）")
    OTHER = "other", _("其他情形（由人判断）")


# These mean nothing without a figure.
NEEDS_THRESHOLD = frozenset(
    {
        Situation.DISSATISFIED,
        Situation.OVERDUE_ITEMS,
        Situation.OVERDUE_DAYS,
        Situation.SENT_BACK,
        Situation.UNURGED,
    }
)


@dataclasses.dataclass(frozen=True)
class Facts:
    """What is known of an organization in a year. Days and counts are whole numbers, satisfaction is in percent."""

    grade: str = ""
    outcome: str = ""
    satisfaction: Decimal | None = None
    overdue_items: int = 0
    longest_overdue_days: int = 0
    sent_back: int = 0
    is_unfunded: bool = False
    grade_label: str = ""


def why(situation: str, threshold: Decimal | None, facts: Facts) -> str:
    """The facts that meet the situation as a sentence, or "" when they do not."""
    limit = threshold if threshold is not None else Decimal(0)
    grades = {Situation.GOOD: GradeCode.GOOD, Situation.FAIR: GradeCode.FAIR, Situation.POOR: GradeCode.POOR}
    if situation in grades:
        return f"审定等次为“{facts.grade_label}”。" if facts.grade == grades[Situation(situation)] else ""
    if situation == Situation.FAILED:
        return "责任制考核结果为不合格。" if facts.outcome == Outcome.FAILED else ""
    if situation == Situation.DISSATISFIED:
        low = facts.satisfaction is not None and facts.satisfaction < limit
        return (
            f"满意度{plain_decimal(facts.satisfaction)}%，低于{plain_decimal(limit)}%。"
            if low and facts.satisfaction is not None
            else ""
        )
    if situation == Situation.UNFUNDED:
        return "经费指标标为没有落实。" if facts.is_unfunded else ""
    return _counted(situation, limit, facts)


def _counted(situation: str, limit: Decimal, facts: Facts) -> str:
    if situation == Situation.OVERDUE_ITEMS and facts.overdue_items and facts.overdue_items >= limit:
        return f"逾期未整改{facts.overdue_items}项。"
    if situation == Situation.OVERDUE_DAYS and facts.longest_overdue_days > limit:
        return f"最长逾期{facts.longest_overdue_days}天。"
    if situation == Situation.SENT_BACK and facts.sent_back and facts.sent_back >= limit:
        return f"销号审核退回{facts.sent_back}次。"
    return ""


def unurged_days(due: dt.date, urged: Iterable[dt.date], today: dt.date) -> int:
    """Days since an overdue item was due or its organization last urged, whichever is later."""
    since = max([due, *(day for day in urged if day > due)])
    return max(0, (today - since).days)
