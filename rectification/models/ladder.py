"""The year's ladder of reminders, and each step taken (S-155, S-171)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from rectification.rules.fulfilments import BASIC_PERCENT
from rectification.rules.ladder import PRESET, LadderLevel, Rung, sheet_title
from reporting.models import Cycle

from .items import RectificationItem


class RectificationScheme(models.Model):
    """The yearly figures of rectification: what 基本完成 counts, and the ladder in `rungs`."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="rectification_scheme")
    basic_percent = models.PositiveSmallIntegerField(_("“基本完成”折算（%）"), default=BASIC_PERCENT)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("整改督促规则")

    def __str__(self) -> str:
        return f"{self.cycle}整改督促规则"

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee


class LadderRule(models.Model):
    scheme = models.ForeignKey(RectificationScheme, models.CASCADE, related_name="rungs")
    level = models.PositiveSmallIntegerField(_("级别"), choices=LadderLevel)
    days = models.SmallIntegerField(_("到期后第几天"))
    reply_days = models.PositiveSmallIntegerField(_("要求几天内反馈"), null=True, blank=True)
    text = models.TextField(_("内容"))
    automatic = models.BooleanField(_("到期自动发出"), default=True)

    class Meta:
        verbose_name = _("督促级别")
        ordering = ("level",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["scheme", "level"], name="one_rule_per_level"),
        ]

    def __str__(self) -> str:
        return str(self.get_level_display())

    @property
    def rung(self) -> Rung:
        return Rung(self.level, self.days, self.reply_days, self.text, self.automatic)


def ladder_of(cycle: Cycle) -> list[Rung]:
    """The committee's ladder for the year; the usual one while it has none of its own."""
    rules = LadderRule.objects.filter(scheme__cycle=cycle)
    return [rule.rung for rule in rules] or list(PRESET)


def basic_percent_of(cycle: Cycle) -> int:
    found = RectificationScheme.objects.filter(cycle=cycle).values_list("basic_percent", flat=True).first()
    return BASIC_PERCENT if found is None else found


class LadderStepQuerySet(models.QuerySet["LadderStep"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(item__in=RectificationItem.objects.visible_to(user))

    def for_page(self) -> typing.Self:
        return self.select_related(
            "item__problem",
            "item__owner_post__person",
            "item__list__reporter__organization",
            "item__list__reporter__post__person",
            "item__list__reporter__cycle__committee",
            "by__person",
        )


class LadderStep(models.Model):
    """One sheet sent about one item. `due_date` is the deadline it is about: a new deadline starts the ladder anew."""

    item = models.ForeignKey(RectificationItem, models.CASCADE, related_name="ladder_steps")
    level = models.PositiveSmallIntegerField(_("级别"), choices=LadderLevel)
    due_date = models.DateField(_("整改时限"))
    text = models.TextField(_("内容"))
    at = models.DateTimeField(_("发出时间"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reply_due = models.DateField(_("反馈时限"), null=True)
    told = models.PositiveIntegerField(_("通知人数"), default=0)
    reply = models.TextField(_("反馈"), blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)

    objects = LadderStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("督促单")
        ordering = ("at", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["item", "due_date", "level"], name="one_step_per_level_and_deadline"),
        ]

    def __str__(self) -> str:
        return f"{self.item}{self.sheet_title}"

    @property
    def sheet_title(self) -> str:
        return sheet_title(self.level)

    @property
    def audit_organization(self) -> Organization:
        return self.item.organization
