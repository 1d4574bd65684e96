"""How satisfied members and masses are with an organization, as the year's forms say (S-122)."""

from __future__ import annotations

import typing

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reporting.models import Cycle


class SatisfactionQuerySet(models.QuerySet["Satisfaction"]):
    def of_cycle(self, cycle: Cycle) -> typing.Self:
        return self.filter(cycle=cycle)


class Satisfaction(models.Model):
    """`rate` is in percent: typed, or worked out from the counts of forms where those are given."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="satisfactions")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="satisfactions")
    satisfied = models.PositiveIntegerField(_("满意（份）"), null=True, blank=True)
    fairly = models.PositiveIntegerField(_("基本满意（份）"), null=True, blank=True)
    dissatisfied = models.PositiveIntegerField(_("不满意（份）"), null=True, blank=True)
    unknown = models.PositiveIntegerField(_("不了解（份）"), null=True, blank=True)
    rate = models.DecimalField(
        _("满意度（%）"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    note = models.CharField(_("来源"), max_length=120, blank=True)

    objects = SatisfactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("群众满意度")
        ordering = ("organization__path",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["cycle", "organization"], name="one_satisfaction_per_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}{self.cycle.year}年度群众满意度"

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee

    @property
    def is_low(self) -> bool:
        """Below the scheme's line, which suggests a talk and decides nothing."""
        limit = self.cycle.scheme.satisfaction_min
        return limit is not None and self.rate < limit
