"""更正: a proposal to change a decided result, and the answer of a second person."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reporting.models import SchemeGrade
from reviews.rules.corrections import CorrectionState

from .results import Result


class Correction(models.Model):
    result = models.ForeignKey(Result, models.PROTECT, related_name="corrections")
    grade = models.ForeignKey(SchemeGrade, models.PROTECT, related_name="+", verbose_name=_("更正为"))
    deciding_meeting = models.CharField(_("审定会议"), max_length=120)
    decided_on = models.DateField(_("审定日期"))
    reason = models.TextField(_("更正理由"))
    # Typed scores to be put right as well: id of the component → score as text.
    scores = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=CorrectionState, default=CorrectionState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    proposed_at = models.DateTimeField(editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(_("批准意见"), blank=True)

    class Meta:
        verbose_name = _("更正")
        ordering = ("-proposed_at", "-id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["result"], condition=Q(state=CorrectionState.PROPOSED), name="one_open_correction"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result}更正"

    @property
    def is_open(self) -> bool:
        return self.state == CorrectionState.PROPOSED

    @property
    def audit_organization(self) -> Organization:
        return self.result.audit_organization
