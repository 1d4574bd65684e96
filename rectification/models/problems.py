"""A problem of an organization, wherever it was named (S-113)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from rectification.rules.items import ProblemSource
from reporting.models import CarriedItem, Cycle, ReportProblem, ReportPromise


class Problem(models.Model):
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="problems", verbose_name=_("年度"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="problems", verbose_name=_("单位"))
    source = models.CharField(_("问题来源"), max_length=12, choices=ProblemSource)
    text = models.TextField(_("问题"))
    cause = models.TextField(_("原因"), blank=True)
    category = models.CharField(_("问题类别"), max_length=30, blank=True)
    # Where it was taken from, when it was taken from something below; a comment points to its problems itself.
    report_problem = models.OneToOneField(ReportProblem, models.PROTECT, null=True, related_name="problem")
    carried_item = models.OneToOneField(CarriedItem, models.PROTECT, null=True, related_name="problem")
    report_promise = models.OneToOneField(ReportPromise, models.PROTECT, null=True, related_name="problem")

    class Meta:
        verbose_name = _("问题")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def audit_organization(self) -> Organization:
        return self.organization
