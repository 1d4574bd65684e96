"""What a result leads to: kinds, words and refusals (S-130 to S-143)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.rules.refusals import Refusal
from reporting.rules.schemes import GradeCode


class UseRefused(Refusal):
    """A use of results is refused; the sentence says which rule stands against it."""


class Outcome(models.TextChoices):
    """Of the annual responsibility assessment (S-134)."""

    PASSED = "passed", _("合格")
    FAILED = "failed", _("不合格")


class AppraisalGrade(models.TextChoices):
    """年度考核 of a person, which is not the review's grade (S-130)."""

    EXCELLENT = "excellent", _("优秀")
    COMPETENT = "competent", _("称职（合格）")
    BASIC = "basic", _("基本称职（基本合格）")
    INCOMPETENT = "incompetent", _("不称职（不合格）")
    UNGRADED = "ungraded", _("不定等次")


class RewardKind(models.TextChoices):
    REWARD = "reward", _("奖励")
    PENALTY = "penalty", _("扣罚")


class Measure(models.TextChoices):
    """问责阶梯, mildest first (S-136, S-140)."""

    REMINDER = "reminder", _("提醒")
    CRITICISM = "criticism", _("批评")
    TALK = "talk", _("约谈")
    INQUIRY = "inquiry", _("函询")
    CIRCULAR = "circular", _("通报")
    DEADLINE = "deadline", _("限期整改")
    ADMONITION = "admonition", _("诫勉")
    ADJUSTMENT = "adjustment", _("调整")
    DISCIPLINE = "discipline", _("处分")
    REPLACEMENT = "replacement", _("撤换")
    LEADERSHIP = "leadership", _("追究领导责任")


class Responsibility(models.TextChoices):
    MAIN = "main", _("主体责任")
    SUPERVISION = "supervision", _("监督责任")
    FIRST = "first", _("第一责任人责任")
    DOUBLE = "double", _("一岗双责")
    LEADERSHIP = "leadership", _("领导责任")


class ReplacementReason(models.TextChoices):
    """Why somebody is replaced (S-140)."""

    NO_PROGRESS = "no_progress", _("工作长期没有起色")
    DISSATISFACTION = "dissatisfaction", _("党员群众满意度不高")
    OTHER = "other", _("其他")


def appraisal_fault(grade: str, *, decided: str, good_label: str, outcome: str) -> str:
    """Why 优秀 cannot be entered, or "". `decided` is the code of the decided grade, "" while there is none.

    好 is necessary and not sufficient: whoever is 好 may still be 称职 (S-130). A failed responsibility
    assessment stands against 优秀 whatever the grade (S-131).
    """
    if grade != AppraisalGrade.EXCELLENT:
        return ""
    if outcome == Outcome.FAILED:
        return "年度党建责任制考核不合格，实行一票否决，年度考核不能确定为优秀。"
    if not decided:
        return "述职评议考核的综合评价等次还没有审定，年度考核不能确定为优秀。"
    if decided != GradeCode.GOOD:
        return f"述职评议考核的综合评价等次不是“{good_label}”，年度考核不能确定为优秀。"
    return ""


def reward_fault(kind: str, *, outcome: str) -> str:
    """A failed responsibility assessment blocks rewards of that year (S-131); penalties are not blocked."""
    if kind == RewardKind.REWARD and outcome == Outcome.FAILED:
        return "该单位年度党建责任制考核不合格，实行一票否决，本年度不能登记奖励。"
    return ""


def bar_is_in_force(start: dt.date, until: dt.date | None, lifted_on: dt.date | None, at: dt.date) -> bool:
    """Whether 不得提拔重用 holds on a day: from its first to its last day, unless it was lifted before (S-132)."""
    if at < start or (until is not None and at > until):
        return False
    return lifted_on is None or at < lifted_on


def record_faults(
    *, measure: str, has_post: bool, replacement_reason: str, date: dt.date, today: dt.date, reason: str
) -> dict[str, str]:
    """What an accountability record lacks, by field."""
    faults = {}
    if date > today:
        faults["date"] = "日期不能晚于今天。"
    if not reason.strip():
        faults["reason"] = "请写明事由。"
    if measure == Measure.REPLACEMENT:
        if not has_post:
            faults["post"] = "撤换须指明被撤换的任职。"
        if not replacement_reason:
            faults["replacement_reason"] = "撤换须选择原因。"
    elif replacement_reason:
        faults["replacement_reason"] = "只有撤换才填写这一项。"
    return faults
