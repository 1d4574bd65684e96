"""奖惩问责条款: which situation leads to what, since when, by which document (S-143)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reporting.models import BasisDocument
from reviews.rules.accountability_rules import Situation
from reviews.rules.use_of_results import Measure


class AccountabilityRule(models.Model):
    """Without a measure the rule is an incentive; `consequence` then says which."""

    committee = models.ForeignKey(Organization, models.PROTECT, related_name="accountability_rules")
    situation = models.CharField(_("情形"), max_length=20, choices=Situation)
    threshold = models.DecimalField(_("界限"), max_digits=6, decimal_places=2, null=True, blank=True)
    text = models.CharField(_("条款原文"), max_length=300)
    measure = models.CharField(_("问责措施"), max_length=20, choices=Measure, blank=True)
    consequence = models.CharField(_("处理（激励）内容"), max_length=200, blank=True)
    effective_from = models.DateField(_("施行日期"))
    basis = models.ForeignKey(BasisDocument, models.PROTECT, related_name="+", verbose_name=_("依据文件"))
    is_active = models.BooleanField(_("施行"), default=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("奖惩问责条款")
        ordering = ("situation", "threshold", "id")

    def __str__(self) -> str:
        return f"{self.get_situation_display()}：{self.outcome_words}"

    @property
    def is_incentive(self) -> bool:
        return not self.measure

    @property
    def outcome_words(self) -> str:
        """What follows, for example 约谈，扣减转移支付."""
        return "，".join(part for part in (str(self.get_measure_display()), self.consequence) if part)

    @property
    def audit_organization(self) -> Organization:
        return self.committee
