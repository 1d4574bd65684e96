"""What the supervision office saw during the year (S-15, S-123)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES
from rectification.rules.items import InspectionKind
from reporting.models import KeyTask


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user: User) -> typing.Self:
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(committee__path__startswith=post.organization.path)
        return self.filter(reach)


class Inspection(models.Model):
    committee = models.ForeignKey(
        Organization, models.PROTECT, related_name="inspections_held", verbose_name=_("督查单位")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="inspections", verbose_name=_("被督查单位")
    )
    kind = models.CharField(_("督查形式"), max_length=20, choices=InspectionKind, default=InspectionKind.ROUTINE)
    date = models.DateField(_("日期"))
    inspectors = models.CharField(_("督查人员"), max_length=120, blank=True)
    findings = models.TextField(_("发现的情况和问题"))
    # The key task it looked into, if one (S-34).
    key_task = models.ForeignKey(
        KeyTask, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("对应的重点任务")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查记录")
        ordering = ("-date", "-id")

    def __str__(self) -> str:
        return f"{self.organization} {self.get_kind_display()} {self.date}"

    @property
    def audit_organization(self) -> Organization:
        return self.organization
