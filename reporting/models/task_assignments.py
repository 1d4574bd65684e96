"""A key task as one organization has it: own target and deadline where wanted, and its progress (S-35)."""

from __future__ import annotations

import datetime as dt
import typing

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REVIEWING_ROLES
from common import clock
from common.deadlines import Deadline
from reporting.rules.key_tasks import QUARTER_CHOICES, Lag, TaskState, lag_of, last_quarter, quarter_end

from .cycles import Cycle
from .key_tasks import KeyTask


class TaskAssignmentQuerySet(models.QuerySet["TaskAssignment"]):
    def visible_to(self, user: User) -> typing.Self:
        """Those who review the committee's year, and the organization itself."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(task__cycle__committee__path__startswith=post.organization.path)
                reach |= Q(organization=post.organization_id)
            if post.role in OWN_ORGANIZATION_ROLES:
                reach |= Q(organization=post.organization_id)
        return self.filter(reach)

    def unfinished(self) -> typing.Self:
        return self.exclude(state=TaskState.DONE)

    def overdue(self, today: dt.date) -> typing.Self:
        """Not done after the dated deadline, its own or else the task's; undated ones never are (S-31)."""
        own = Q(due_date__lt=today)
        general = Q(due_text="", due_date__isnull=True, task__due_date__lt=today)
        return self.unfinished().filter(own | general)

    def due_between(self, first: dt.date, last: dt.date) -> typing.Self:
        """Not done, with a dated deadline, its own or else the task's, on one of these days."""
        own = Q(due_date__range=(first, last))
        general = Q(due_text="", due_date__isnull=True, task__due_date__range=(first, last))
        return self.unfinished().filter(own | general)

    def behind(self, year: int, today: dt.date) -> typing.Self:
        """Those of a cycle of this year whose `lag` is not None; `rules.key_tasks.lag_of` in the database's words."""
        late = Q(pk__in=self.overdue(today).values("pk"))
        quarter = last_quarter(year, today)
        if quarter:
            told = TaskProgress.objects.filter(quarter__gte=quarter).values("assignment")
            unfinished = ~Q(state=TaskState.DONE)
            late |= unfinished & Q(assigned_on__lte=quarter_end(year, quarter)) & ~Q(pk__in=told)
        return self.filter(late)

    def with_reported(self) -> typing.Self:
        """Adds `reported`, the latest quarter told of, 0 for none."""
        return self.annotate(reported=Coalesce(Max("progress__quarter"), 0))

    def for_table(self) -> typing.Self:
        rows = self.with_reported().select_related("task__cycle__committee", "organization__domain")
        return rows.order_by("task__position", "task", F("organization__code"))


class TaskAssignment(models.Model):
    """Left empty, target and deadline are the task's own."""

    task = models.ForeignKey(KeyTask, models.CASCADE, related_name="assignments", verbose_name=_("重点任务"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="task_assignments", verbose_name=_("承担单位")
    )
    target = models.TextField(_("本单位目标"), blank=True)
    due_text = models.CharField(_("本单位时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("本单位时限（日期）"), null=True, blank=True)
    state = models.CharField(_("进度"), max_length=12, choices=TaskState, default=TaskState.NOT_STARTED)
    assigned_on = models.DateField(_("分配日期"), default=clock.today)

    objects = TaskAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任务分配")
        ordering = ("task__position", "organization__code")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["task", "organization"], name="one_assignment_per_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.task}"

    @property
    def cycle(self) -> Cycle:
        return self.task.cycle

    @property
    def own_deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    @property
    def deadline(self) -> Deadline:
        return self.own_deadline or self.task.deadline

    @property
    def shown_target(self) -> str:
        return self.target or self.task.target

    @property
    def due_state(self) -> str:
        return "-" if self.state == TaskState.DONE else self.deadline.state(clock.today()).value

    @property
    def reported_quarter(self) -> int:
        """The latest quarter told of; asks the database unless `with_reported` did."""
        if not hasattr(self, "reported"):
            self.reported = self.progress.aggregate(last=Max("quarter"))["last"] or 0
        return self.reported

    @property
    def lag(self) -> Lag | None:
        return lag_of(
            state=self.state,
            due=self.deadline.date,
            reported=self.reported_quarter,
            assigned_on=self.assigned_on,
            year=self.cycle.year,
            today=clock.today(),
        )

    @property
    def audit_organization(self) -> Organization:
        return self.organization


class TaskProgress(models.Model):
    """What an organization told of a task, quarter by quarter; never changed afterwards."""

    assignment = models.ForeignKey(TaskAssignment, models.CASCADE, related_name="progress")
    quarter = models.PositiveSmallIntegerField(_("季度"), choices=QUARTER_CHOICES)
    state = models.CharField(_("进度"), max_length=12, choices=TaskState)
    text = models.TextField(_("进展情况"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("任务进展")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.text[:60]
