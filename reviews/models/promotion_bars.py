"""不得提拔重用: a mark on a person, with its reason and validity (S-132)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Person
from common import clock
from reporting.models import BasisDocument, Cycle
from reviews.rules.use_of_results import bar_is_in_force


class PromotionBar(models.Model):
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="promotion_bars", verbose_name=_("年度"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="promotion_bars", verbose_name=_("人员"))
    reason = models.TextField(_("理由"))
    basis = models.ForeignKey(
        BasisDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("依据文件")
    )
    start = models.DateField(_("起始日期"))
    until = models.DateField(_("截止日期"), null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    lifted_on = models.DateField(_("解除日期"), null=True, blank=True)
    lift_reason = models.TextField(_("解除理由"), blank=True)

    class Meta:
        verbose_name = _("不得提拔重用")
        ordering = ("-start", "-id")
        constraints: typing.ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("start")),
                name="bar_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} 不得提拔重用"

    @property
    def is_in_force(self) -> bool:
        return bar_is_in_force(self.start, self.until, self.lifted_on, clock.today())

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee
