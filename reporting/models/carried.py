"""Last year's unfinished items and promises, written down into this year's report form and frozen there (S-68)."""

from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.rules.reports import CarriedStatus

from .cycles import Reporter


class CarriedItem(models.Model):
    """`origin` is the id of last year's rectification item, kept so that the chain can be walked; no key upward."""

    reporter = models.ForeignKey(Reporter, models.CASCADE, related_name="carried_items")
    position = models.PositiveSmallIntegerField(default=0)
    origin = models.BigIntegerField(null=True, editable=False)
    origin_year = models.PositiveSmallIntegerField(_("年度"), null=True)
    text = models.TextField(_("问题或承诺"))
    measure = models.TextField(_("整改措施"), blank=True)
    due_text = models.CharField(_("时限"), max_length=60, blank=True)
    status = models.CharField(_("整改情况"), max_length=12, choices=CarriedStatus, blank=True)
    explanation = models.TextField(_("情况说明"), blank=True)

    class Meta:
        verbose_name = _("上年度事项")
        ordering = ("position", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["reporter", "origin"], name="carried_once"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_answered(self) -> bool:
        return bool(self.status and self.explanation.strip())
