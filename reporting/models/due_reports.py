"""应报事项: reports other than the duty report that an organization owes in a year (S-48)."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES, WRITING_ROLES
from common import clock
from common.deadlines import Deadline, DueState

from .cycles import Cycle


class DueReportQuerySet(models.QuerySet["DueReport"]):
    def visible_to(self, user: User) -> typing.Self:
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(cycle__committee__path__startswith=post.organization.path)
            if post.role in WRITING_ROLES:
                reach |= Q(organization=post.organization_id)
        return self.filter(reach)

    def unfiled(self) -> typing.Self:
        return self.filter(filed_on__isnull=True)

    def overdue(self, today: dt.date) -> typing.Self:
        """Not filed after the dated deadline (S-31)."""
        return self.unfiled().filter(due_date__lt=today)

    def for_table(self) -> typing.Self:
        rows = self.select_related("organization", "cycle__committee")
        return rows.order_by(models.F("due_date").asc(nulls_last=True), "kind", "organization__code", "pk")


class DueReport(models.Model):
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="due_reports", verbose_name=_("年度"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="due_reports", verbose_name=_("报告单位")
    )
    kind = models.CharField(_("报告事项"), max_length=120)
    recipient = models.CharField(_("报告对象"), max_length=60, blank=True)
    due_text = models.CharField(_("时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("时限（日期）"), null=True, blank=True)
    filed_on = models.DateField(_("报告日期"), null=True, blank=True)
    file = models.FileField(_("文件"), upload_to="due_reports/%Y/", blank=True)
    file_name = models.CharField(_("文件名"), max_length=255, blank=True)

    objects = DueReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("应报事项")
        ordering = ("due_date", "kind", "id")

    def __str__(self) -> str:
        return f"{self.organization}：{self.kind}"

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    @property
    def due_state(self) -> str:
        return "-" if self.filed_on else self.deadline.state(clock.today()).value

    @property
    def was_late(self) -> bool:
        return self.filed_on is not None and self.deadline.state(self.filed_on) == DueState.OVERDUE

    @property
    def audit_organization(self) -> Organization:
        return self.organization
