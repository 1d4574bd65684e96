"""Key tasks of a committee's year: the numbered list (S-34, S-36)."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES
from common.deadlines import Deadline
from reporting.rules.key_tasks import TaskState

from .basis_documents import BasisDocument
from .cycles import Cycle


class KeyTaskQuerySet(models.QuerySet["KeyTask"]):
    def visible_to(self, user: User) -> typing.Self:
        """The list is the committee's; what an organization is given it sees through its assignments."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(cycle__committee__path__startswith=post.organization.path)
        return self.filter(reach)

    def with_counts(self, today: dt.date) -> typing.Self:
        """Adds `assigned_count`, `done_count`, `under_way_count` and `overdue_count`."""
        unfinished = ~Q(assignments__state=TaskState.DONE)
        own = Q(assignments__due_date__lt=today)
        general = Q(assignments__due_text="", assignments__due_date__isnull=True, due_date__lt=today)
        return self.annotate(
            assigned_count=Count("assignments"),
            done_count=Count("assignments", filter=Q(assignments__state=TaskState.DONE)),
            under_way_count=Count("assignments", filter=Q(assignments__state=TaskState.UNDER_WAY)),
            overdue_count=Count("assignments", filter=unfinished & (own | general)),
        )


class KeyTask(models.Model):
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="key_tasks", verbose_name=_("年度"))
    position = models.PositiveSmallIntegerField(_("序号"), default=0)
    group = models.CharField(_("类别"), max_length=60, blank=True)
    text = models.TextField(_("任务内容"))
    target = models.TextField(_("目标要求"), blank=True)
    lead_department = models.CharField(_("牵头单位"), max_length=120, blank=True)
    co_departments = models.CharField(_("责任单位"), max_length=250, blank=True)
    due_text = models.CharField(_("完成时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("完成时限（日期）"), null=True, blank=True)
    is_mandatory = models.BooleanField(_("铁的纪律"), default=False)
    basis = models.ForeignKey(
        BasisDocument, models.SET_NULL, null=True, blank=True, related_name="key_tasks", verbose_name=_("依据文件")
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = KeyTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("重点任务")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self.cycle.year}年度重点任务第{self.position}项"

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    @property
    def short_text(self) -> str:
        return self.text if len(self.text) <= 40 else f"{self.text[:40]}……"

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee
