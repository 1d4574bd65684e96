"""What was found, quarter by quarter, of an item that has no end (S-162)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from rectification.rules.standing_checks import QUARTERS, StandingOutcome

from .items import RectificationItem


class StandingCheck(models.Model):
    item = models.ForeignKey(RectificationItem, models.CASCADE, related_name="standing_checks")
    year = models.PositiveSmallIntegerField(_("年份"))
    quarter = models.PositiveSmallIntegerField(_("季度"), choices=[(n, f"第{n}季度") for n in QUARTERS])
    outcome = models.CharField(_("检查结果"), max_length=10, choices=StandingOutcome)
    note = models.TextField(_("检查情况"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("长期坚持事项季度检查")
        ordering = ("year", "quarter")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["item", "year", "quarter"], name="one_check_per_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.item}{self.year}年第{self.quarter}季度检查"

    @property
    def audit_organization(self) -> Organization:
        return self.item.organization
