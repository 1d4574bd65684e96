"""Reminders: who was told what, when, by which channel, and whether it arrived. The row is the job."""

from __future__ import annotations

import datetime as dt
import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reporting.rules.reminders import OwedKind, ReminderChannel, ReminderState, RobotKind

from .cycles import Cycle


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def waiting(self, at: dt.datetime) -> typing.Self:
        return self.filter(state=ReminderState.QUEUED, next_at__lte=at)

    def silent_since(self, at: dt.datetime) -> typing.Self:
        """Begun and not heard of again: the worker died."""
        return self.filter(state=ReminderState.SENDING, next_at__lte=at)


class Reminder(models.Model):
    """One message to one account about one unit's debt, or one message to the committee's group."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="reminders", verbose_name=_("年度"))
    kind = models.CharField(_("事项"), max_length=12, choices=OwedKind)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("单位"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("收件人")
    )
    channel = models.CharField(_("方式"), max_length=8, choices=ReminderChannel)
    day = models.DateField(_("日期"))
    text = models.TextField(_("内容"))
    page = models.CharField(max_length=300, blank=True)
    state = models.CharField(_("结果"), max_length=8, choices=ReminderState, default=ReminderState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    error = models.CharField(_("失败原因"), max_length=200, blank=True)
    # None: sent by the clock.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("时间"))
    sent_at = models.DateTimeField(null=True)
    # When it is to be sent; while sending, when nobody is believed to be at it any more.
    next_at = models.DateTimeField()

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("催报记录")
        ordering = ("-created_at", "-id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "kind", "organization", "user", "channel", "day"],
                condition=Q(user__isnull=False),
                name="one_reminder_a_day",
            ),
            models.UniqueConstraint(
                fields=["cycle", "kind", "channel", "day"],
                condition=Q(user__isnull=True),
                name="one_group_message_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}催报 {self.organization or self.cycle.committee}"

    @property
    def is_failed(self) -> bool:
        return self.state == ReminderState.FAILED

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee


class Robot(models.Model):
    """The robot of a committee's chat group; its address holds a key and is shown only in part."""

    committee = models.OneToOneField(Organization, models.CASCADE, related_name="robot", verbose_name=_("组织单位"))
    kind = models.CharField(_("平台"), max_length=20, choices=RobotKind, default=RobotKind.WECOM)
    url = models.CharField(_("机器人地址（Webhook）"), max_length=400)
    is_active = models.BooleanField(_("启用"), default=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("群机器人")

    def __str__(self) -> str:
        return f"{self.committee}群机器人"

    @property
    def audit_organization(self) -> Organization:
        return self.committee
