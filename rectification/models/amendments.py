"""承诺后调整: what is to change in a promised item, why, and who agreed (S-149)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from rectification.rules.amendments import AmendmentState, Change, plan_changes

from .items import RectificationItem


class AmendmentQuerySet(models.QuerySet["Amendment"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(item__in=RectificationItem.objects.visible_to(user))

    def proposed(self) -> typing.Self:
        return self.filter(state=AmendmentState.PROPOSED)

    def for_page(self) -> typing.Self:
        return self.select_related(
            "item__problem",
            "item__list__reporter__organization",
            "item__list__reporter__cycle__committee",
            "proposed_by__person",
            "decided_by__person",
        )


class Amendment(models.Model):
    """`before` and `after` are plans in words as shown; `plan` is what will be written (`actions.items.plan_data`)."""

    item = models.ForeignKey(RectificationItem, models.CASCADE, related_name="amendments")
    before = models.JSONField()
    after = models.JSONField()
    plan = models.JSONField()
    reason = models.TextField(_("调整理由"))
    state = models.CharField(_("状态"), max_length=10, choices=AmendmentState, default=AmendmentState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    opinion = models.TextField(_("审批意见"), blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("承诺事项调整")
        ordering = ("proposed_at", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=AmendmentState.PROPOSED), name="one_amendment_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}调整"

    @property
    def changes(self) -> list[Change]:
        return plan_changes(self.before, self.after)

    @property
    def audit_organization(self) -> Organization:
        return self.item.organization
