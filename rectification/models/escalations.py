"""提请上级协调: asked of the committee's secretary, answered there (S-160)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from rectification.rules.escalations import EscalationState

from .items import RectificationItem


class EscalationQuerySet(models.QuerySet["Escalation"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(item__in=RectificationItem.objects.visible_to(user))

    def asked(self) -> typing.Self:
        return self.filter(state=EscalationState.ASKED)

    def for_page(self) -> typing.Self:
        return self.select_related(
            "item__problem",
            "item__list__reporter__organization",
            "item__list__reporter__cycle__committee",
            "asked_by__person",
            "answered_by__person",
        )


class Escalation(models.Model):
    item = models.ForeignKey(RectificationItem, models.CASCADE, related_name="escalations")
    reason = models.TextField(_("需要协调解决的问题"))
    state = models.CharField(_("状态"), max_length=10, choices=EscalationState, default=EscalationState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reply = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("提请上级协调")
        ordering = ("asked_at", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=EscalationState.ASKED), name="one_escalation_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}提请上级协调"

    @property
    def audit_organization(self) -> Organization:
        return self.item.organization
