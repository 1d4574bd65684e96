"""兑现奖罚: what was promised or docked for a year, and whether it was paid (S-135)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post
from reporting.models import BasisDocument, Cycle
from reviews.rules.use_of_results import RewardKind


class RewardQuerySet(models.QuerySet["Reward"]):
    def unsettled(self) -> typing.Self:
        return self.filter(settled_on__isnull=True)

    def for_table(self) -> typing.Self:
        return self.select_related("organization", "post__person", "basis").order_by("organization__code", "kind", "pk")


class Reward(models.Model):
    """`amount` is kept and printed as it was written: 5000元, X万元, ***."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="rewards", verbose_name=_("年度"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="rewards", verbose_name=_("单位"))
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("个人（不填为单位）")
    )
    kind = models.CharField(_("奖罚"), max_length=10, choices=RewardKind)
    matter = models.CharField(_("事项"), max_length=200)
    amount = models.CharField(_("金额或内容"), max_length=80, blank=True)
    basis = models.ForeignKey(
        BasisDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("依据文件")
    )
    note = models.TextField(_("说明"), blank=True)
    settled_on = models.DateField(_("兑现日期"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = RewardQuerySet.as_manager()

    class Meta:
        verbose_name = _("奖罚")
        ordering = ("organization__code", "id")

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()}：{self.matter}"

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee
