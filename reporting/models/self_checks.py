"""对照检查: the reporter's answers before the report is handed in (S-49)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization

from .reports import DutyReport
from .scheme_lists import SchemeQuestion


class SelfCheck(models.Model):
    """`answers` maps the question's id to what was answered, word for word."""

    report = models.OneToOneField(DutyReport, models.CASCADE, related_name="self_check")
    answers = models.JSONField(_("回答"), default=dict)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("对照检查")

    def __str__(self) -> str:
        return f"{self.report}对照检查"

    @property
    def audit_organization(self) -> Organization:
        return self.report.audit_organization


def self_check_of(report: DutyReport) -> list[tuple[SchemeQuestion, str]]:
    """Every question of the scheme with its answer, empty where there is none yet."""
    stored = SelfCheck.objects.filter(report=report).first()
    answers = stored.answers if stored else {}
    return [(question, answers.get(str(question.pk), "")) for question in report.cycle.scheme.questions.all()]
