"""Lists that belong to a year's scheme: the figures a report gives, the five ones, the questions of the self-check."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from reporting.rules.duty_entries import DutyKind

from .schemes import Scheme


class SchemeFigure(models.Model):
    """A figure of the report, prefilled from the duty log where it has a kind there (S-71)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="figures")
    name = models.CharField(_("数据名称"), max_length=60)
    unit = models.CharField(_("单位"), max_length=10, blank=True)
    source = models.CharField(_("取自履职纪实"), max_length=20, choices=DutyKind, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("履职数据")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class SchemeTask(models.Model):
    """One of the 五个一 (S-43)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="tasks")
    name = models.CharField(_("事项"), max_length=60)
    guidance = models.CharField(_("要求"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("“五个一”事项")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class SchemeQuestion(models.Model):
    """A question of the self-check before the report is handed in (S-49)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="questions")
    text = models.CharField(_("问题"), max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("对照检查问题")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text[:60]
