"""What workers do: send the reminders that wait, each once. The row decides, Celery only wakes somebody up."""

from __future__ import annotations

import http.client
import json
import logging
import smtplib
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F

from common import clock
from reporting.models import Reminder, Robot
from reporting.rules.reminders import (
    MOST_ATTEMPTS,
    REMINDER_FLOW,
    SILENT_AFTER,
    WAIT_BETWEEN,
    ReminderChannel,
    ReminderState,
    robot_payload,
)

logger = logging.getLogger(__name__)

TIMEOUT = 8  # seconds
UNKNOWN_WHETHER_SENT = "发送过程中断，是否送达不明，请核实后再决定是否重发"


class NotSent(Exception):
    """Why, in words for the clerk."""


@shared_task
def send_waiting_reminders() -> None:
    """Send what is due. Also started by the beat: retries, and what nobody was woken for."""
    now = clock.now()
    Reminder.objects.silent_since(now).update(state=ReminderState.FAILED, error=UNKNOWN_WHETHER_SENT)
    for pk in list(Reminder.objects.waiting(now).order_by("pk").values_list("pk", flat=True)):
        reminder = _claim(pk)
        if reminder is not None:
            _deliver(reminder)


def _claim(pk: int) -> Reminder | None:
    """Take the row before sending; of two workers one gets it, and a killed one leaves it taken."""
    taken = Reminder.objects.filter(pk=pk, state=ReminderState.QUEUED).update(
        state=REMINDER_FLOW.check(ReminderState.QUEUED, "send"),
        attempts=F("attempts") + 1,
        next_at=clock.now() + SILENT_AFTER,
    )
    return Reminder.objects.select_related("cycle__committee", "user").get(pk=pk) if taken else None


def _deliver(reminder: Reminder) -> None:
    try:
        _send(reminder)
    except NotSent as problem:
        verb = "fail" if reminder.attempts >= MOST_ATTEMPTS else "postpone"
        logger.warning("Reminder %s was not sent: %s", reminder.pk, problem)
        _store(reminder, verb, error=str(problem)[:200], next_at=clock.now() + WAIT_BETWEEN)
    else:
        _store(reminder, "finish", error="", sent_at=clock.now())


def _store(reminder: Reminder, verb: str, **facts: Any) -> None:
    mine = Reminder.objects.filter(pk=reminder.pk, state=ReminderState.SENDING, attempts=reminder.attempts)
    mine.update(state=REMINDER_FLOW.check(ReminderState.SENDING, verb), **facts)


def _send(reminder: Reminder) -> None:
    if reminder.channel == ReminderChannel.EMAIL:
        _send_mail(reminder)
    else:
        _call_robot(reminder)


def _send_mail(reminder: Reminder) -> None:
    if not settings.REMINDER_EMAIL or reminder.user is None or not reminder.user.email:
        raise NotSent("没有配置邮件服务器，或收件人没有登记邮箱")
    address = f"\n\n{settings.SITE_ADDRESS}{reminder.page}" if settings.SITE_ADDRESS else ""
    try:
        send_mail(str(reminder), reminder.text + address, None, [reminder.user.email])
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"邮件服务器没有接受：{error}") from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What a robot answers is no reason to call somebody else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _call_robot(reminder: Reminder) -> None:
    robot = Robot.objects.filter(committee=reminder.cycle.committee, is_active=True).first()
    if robot is None or urlsplit(robot.url).hostname not in settings.REMINDER_ROBOT_HOSTS:
        raise NotSent("没有启用群机器人，或服务器不允许访问它的地址")
    body = json.dumps(robot_payload(robot.kind, reminder.text), ensure_ascii=False).encode()
    request = urllib.request.Request(robot.url, body, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310 - the host is on the server's list
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
            said = json.loads(answer.read(10_000) or b"{}")
    except urllib.error.HTTPError as error:
        raise NotSent(f"群机器人回答HTTP {error.code}") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotSent(f"群机器人没有应答：{type(error).__name__}") from error
    if not isinstance(said, dict) or said.get("errcode", 0) != 0:
        raise NotSent(f"群机器人拒绝：{said.get('errmsg', '') if isinstance(said, dict) else ''}")
