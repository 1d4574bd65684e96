"""What stands beside the review's grade: the responsibility assessment of a unit, the appraisal of a person (S-130 to S-134)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reporting.models import Reporter
from reviews.rules.use_of_results import AppraisalGrade, Outcome

HUNDRED = [MinValueValidator(0), MaxValueValidator(100)]


class Assessment(models.Model):
    """年度党建责任制考核 of an organization in a year, independent of the meeting's grade (S-134).

    不合格 is the veto (S-131). Satisfaction (S-122) and the mark of unmet funding (S-144) are asked for here,
    because the same people find them out on the same visit.
    """

    reporter = models.OneToOneField(Reporter, models.PROTECT, related_name="assessment")
    outcome = models.CharField(_("责任制考核结果"), max_length=10, choices=Outcome)
    score = models.DecimalField(
        _("责任制考核得分"), max_digits=5, decimal_places=2, null=True, blank=True, validators=HUNDRED
    )
    satisfaction = models.DecimalField(
        _("党员群众满意度（%）"), max_digits=5, decimal_places=2, null=True, blank=True, validators=HUNDRED
    )
    # The forms behind the figure, where it was worked out from them.
    satisfied = models.PositiveIntegerField(_("满意（份）"), null=True, blank=True)
    fairly_satisfied = models.PositiveIntegerField(_("基本满意（份）"), null=True, blank=True)
    dissatisfied = models.PositiveIntegerField(_("不满意（份）"), null=True, blank=True)
    unknown = models.PositiveIntegerField(_("不了解（份）"), null=True, blank=True)
    is_unfunded = models.BooleanField(_("基层党建经费没有落实"), default=False)
    basis = models.TextField(_("依据和情况"), blank=True)
    decided_by = models.CharField(_("审定会议或单位"), max_length=120, blank=True)
    decided_on = models.DateField(_("审定日期"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("年度党建责任制考核")

    def __str__(self) -> str:
        return f"{self.reporter}年度党建责任制考核"

    @property
    def is_satisfaction_low(self) -> bool:
        """Below the line of the year's scheme, which suggests a talk and decides nothing (S-122)."""
        limit = self.reporter.cycle.scheme.satisfaction_min
        return limit is not None and self.satisfaction is not None and self.satisfaction < limit

    @property
    def is_failed(self) -> bool:
        return self.outcome == Outcome.FAILED

    @property
    def audit_organization(self) -> Organization:
        return self.reporter.cycle.committee


class Appraisal(models.Model):
    """年度考核 of the person who reported; 优秀 needs 好 and no veto (S-130)."""

    reporter = models.OneToOneField(Reporter, models.PROTECT, related_name="appraisal")
    grade = models.CharField(_("年度考核等次"), max_length=12, choices=AppraisalGrade)
    note = models.TextField(_("说明"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("年度考核")

    def __str__(self) -> str:
        return f"{self.reporter}年度考核"

    @property
    def audit_organization(self) -> Organization:
        return self.reporter.cycle.committee


class GradeCapQuerySet(models.QuerySet["GradeCap"]):
    def in_force(self) -> typing.Self:
        return self.filter(lifted_on__isnull=True)


class GradeCap(models.Model):
    """否决（等次封顶）: the grade may not be better than `max_grade`; the score is never touched (practice.md 2.8)."""

    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="caps")
    reason = models.CharField(_("否决事由"), max_length=200)
    max_grade = models.ForeignKey(
        "reporting.SchemeGrade", models.PROTECT, related_name="+", verbose_name=_("等次最高为")
    )
    evidence = models.TextField(_("依据和证据"))
    approved_by = models.CharField(_("批准人或批准会议"), max_length=120)
    approved_on = models.DateField(_("批准日期"))
    lifted_on = models.DateField(_("撤销日期"), null=True, blank=True)
    lift_reason = models.TextField(_("撤销理由"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    objects = GradeCapQuerySet.as_manager()

    class Meta:
        verbose_name = _("否决")
        ordering = ("approved_on", "id")

    def __str__(self) -> str:
        return f"{self.reporter} {self.reason}"

    @property
    def audit_organization(self) -> Organization:
        return self.reporter.cycle.committee
