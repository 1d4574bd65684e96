"""Parts of a report beside its texts and problems: figures, projects, domains, promises (S-69 to S-72)."""

from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain

from .projects import Project
from .reports import DutyReport
from .scheme_lists import SchemeFigure


class ReportFigure(models.Model):
    """A number, an approximate number or a masked one, as typed; without a row the duty log's total stands (S-71)."""

    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="figures")
    figure = models.ForeignKey(SchemeFigure, models.PROTECT, related_name="values")
    value = models.CharField(_("数值"), max_length=30, blank=True)

    class Meta:
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["report", "figure"], name="one_value_per_figure"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.value}"


class ReportProject(models.Model):
    """What the report says about a project of the organization (S-70)."""

    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="project_texts")
    project = models.ForeignKey(Project, models.CASCADE, related_name="report_texts")
    text = models.TextField(_("推进情况"), blank=True)

    class Meta:
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["report", "project"], name="one_text_per_project"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.project}"


class ReportDomain(models.Model):
    """What the report of a county or a street says about one domain (S-72)."""

    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="domain_texts")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    text = models.TextField(_("本领域情况"), blank=True)

    class Meta:
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["report", "domain"], name="one_text_per_domain"),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.domain}"


class ReportPromise(models.Model):
    """承诺事项 for the coming year; after the meeting taken into the list by one action (S-69)."""

    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="promises")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("承诺事项"))
    due_text = models.CharField(_("完成时限"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("承诺事项")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text[:60]
