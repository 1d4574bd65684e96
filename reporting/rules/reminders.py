"""催报: whom to remind, when, and in which words (S-75)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.deadlines import Deadline, chinese_date
from common.flow import Flow


class OwedKind(models.TextChoices):
    """What a unit can owe in a year; also the occasion of a reminder."""

    REPORT = "report", _("述职报告")
    PROJECT = "project", _("领办项目申报")
    FILING = "filing", _("年初清单")
    TASK = "task", _("重点任务")
    LETTER = "letter", _("目标责任书")
    DUE_REPORT = "due_report", _("应报事项")
    LIST = "list", _("整改清单")


# What has not been done, in a sentence after the name of the thing.
UNDONE = {
    OwedKind.REPORT: _("还没有报送"),
    OwedKind.PROJECT: _("还没有报送"),
    OwedKind.FILING: _("还没有报送"),
    OwedKind.TASK: _("还没有办完"),
    OwedKind.LETTER: _("还没有签订"),
    OwedKind.DUE_REPORT: _("还没有报送"),
    OwedKind.LIST: _("还没有报审"),
}


class ReminderChannel(models.TextChoices):
    INBOX = "inbox", _("站内消息")
    EMAIL = "email", _("电子邮件")
    ROBOT = "robot", _("群机器人")


class ReminderState(models.TextChoices):
    QUEUED = "queued", _("等待发送")
    SENDING = "sending", _("正在发送")
    SENT = "sent", _("已送达")
    FAILED = "failed", _("发送失败")


# A worker that dies while sending leaves `sending`: whether it arrived is not known, so it is never sent
# again by itself, only by somebody who has looked.
REMINDER_FLOW = Flow(
    "reminder",
    {
        "send": ([ReminderState.QUEUED], ReminderState.SENDING),
        "finish": ([ReminderState.SENDING], ReminderState.SENT),
        "postpone": ([ReminderState.SENDING], ReminderState.QUEUED),
        "fail": ([ReminderState.SENDING], ReminderState.FAILED),
        "retry": ([ReminderState.FAILED], ReminderState.QUEUED),
    },
)

MOST_ATTEMPTS = 3
WAIT_BETWEEN = dt.timedelta(minutes=5)
SILENT_AFTER = dt.timedelta(minutes=5)
FIRST_HOUR = 8  # nobody is reminded at midnight


class RobotKind(models.TextChoices):
    WECOM = "wecom", _("企业微信")
    GOVERNMENT_WECOM = "government_wecom", _("政务微信")
    DINGTALK = "dingtalk", _("钉钉")


def robot_payload(kind: str, text: str) -> dict[str, Any]:
    """The JSON a group robot takes for a plain text message."""
    message: dict[str, Any] = {"msgtype": "text", "text": {"content": text}}
    if kind == RobotKind.DINGTALK:
        return message | {"at": {"isAtAll": False}}
    if kind == RobotKind.GOVERNMENT_WECOM:
        return message | {"safe": 0}
    return message


def is_reminder_day(due: dt.date | None, today: dt.date, *, days_before: Sequence[int], overdue: bool) -> bool:
    """So many days before the dated deadline, or the day after it; a deadline in words alone reminds nobody (S-31)."""
    if due is None:
        return False
    left = (due - today).days
    return left in days_before or (overdue and left == -1)


def coming_reminder_days(
    due: dt.date | None, today: dt.date, *, days_before: Sequence[int], overdue: bool
) -> list[dt.date]:
    """The days from today on which the clock reminds of this deadline."""
    if due is None:
        return []
    offsets = [-left for left in days_before] + ([1] if overdue else [])
    return sorted(day for offset in set(offsets) if (day := due + dt.timedelta(days=offset)) >= today)


def when_due(deadline: Deadline) -> str:
    """时限 as worded with its date, e.g. 11月20日前报初稿（2026年11月20日）."""
    if deadline.text and deadline.date:
        return f"{deadline.text}（{chinese_date(deadline.date)}）"
    return str(deadline) or "未定"


def reminder_text(kind: OwedKind, year: int, unit: str, deadline: Deadline, detail: str = "") -> str:
    """`detail` names what exactly is owed, where a unit can owe several things with deadlines of their own."""
    what = f"{unit}{year}年度{kind.label}{UNDONE[kind]}"
    if detail:
        return f"【催报】{what}：{detail}。请尽快办理。"
    return f"【催报】{what}，时限：{when_due(deadline)}，请尽快办理。"


# 企业微信 takes 2,048 bytes in a message.
ROBOT_BYTES = 1900


def robot_text(kind: OwedKind, cycle: str, units: Sequence[str], deadline: Deadline) -> str:
    """One message for the group with the units' names, cut to what a robot takes; the number is always whole."""
    shown = list(units)
    what = f"{kind.label}{UNDONE[kind]}" + (f"（时限：{when_due(deadline)}）" if deadline else "")
    while True:
        names = "、".join(shown) + ("等" if len(shown) < len(units) else "")
        text = f"【催报】{cycle}：以下{len(units)}个单位{what}：{names}。请登录系统办理。"
        if len(text.encode()) <= ROBOT_BYTES or not shown:
            return text
        shown.pop()
