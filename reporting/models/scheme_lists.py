"""Lists that belong to a year's scheme: the figures a report gives, the five ones, the questions of the self-check."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain, Organization
from common.figures import told_with_unit
from reporting.rules.duty_entries import DutyKind
from reporting.rules.indicators import Operator, Standard
from reporting.rules.scheme_lists import section_speaks_by_domain

from .schemes import Scheme


class SchemeFigure(models.Model):
    """A figure of the report, prefilled from the duty log where it has a kind there (S-71).

    With an `operator` it is an indicator: what the year asks for, frozen with the scheme (S-217).
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="figures")
    name = models.CharField(_("数据名称"), max_length=60)
    unit = models.CharField(_("单位"), max_length=10, blank=True)
    source = models.CharField(_("取自履职纪实"), max_length=20, choices=DutyKind, blank=True)
    domain = models.ForeignKey(
        Domain, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("适用领域")
    )
    definition = models.CharField(_("口径"), max_length=200, blank=True)
    period = models.CharField(_("考核时段"), max_length=40, blank=True)
    operator = models.CharField(_("达标要求"), max_length=12, choices=Operator, blank=True)
    threshold = models.CharField(_("标准"), max_length=30, blank=True)
    base = models.CharField(_("基数"), max_length=60, blank=True)
    # Under what name it was first listed, once it has been renamed: by it the same figure of another year is known.
    code = models.CharField(max_length=60, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("履职数据")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def identity(self) -> str:
        return self.code or self.name

    @property
    def standard(self) -> Standard | None:
        """None for a figure of which nothing is asked."""
        return Standard(self.unit, self.operator, self.threshold, self.base) if self.operator else None

    def told(self, value: str) -> str:
        return told_with_unit(value, self.unit)

    def is_asked_of(self, organization: Organization) -> bool:
        """Everybody, or a domain's organizations and those that lead several domains."""
        leads_domains = section_speaks_by_domain(organization.level, organization.kind)
        return self.domain_id is None or self.domain_id == organization.domain_id or leads_domains


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
