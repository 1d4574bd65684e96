"""Lists filed with the superior at the year's start (S-38). The rectification list after the meeting is another thing."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import REVIEWING_ROLES, WRITING_ROLES
from common import clock
from common.deadlines import Deadline, DueState
from reporting.rules.filings import MATTERS, WRITABLE, FiledWords, FilingState, ListKind, find_gaps

from .autosaves import Autosaved
from .cycles import Cycle


def _default_kinds() -> list[str]:
    return [ListKind.PROBLEMS.value, ListKind.RESPONSIBILITIES.value]


class FilingCall(models.Model):
    """Which lists are to be filed in a year, and by when. Who owes one has its row, so nobody missing is forgotten."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="filing_call")
    kinds = models.JSONField(_("要报的清单"), default=_default_kinds)
    due_text = models.CharField(_("报送时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("报送时限（日期）"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("年初清单布置")

    def __str__(self) -> str:
        return f"{self.cycle.year}年度年初清单"

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    def counts(self) -> dict[str, int]:
        """`expected`, one number for each state, `late`, and `owing_units`; one query."""
        today = clock.today()
        states = {state: Count("pk", filter=Q(state=state)) for state in FilingState.values}
        owing_units = Count("organization", filter=Q(state__in=WRITABLE), distinct=True)
        late = Count("pk", filter=late_condition(today))
        return self.lists.aggregate(expected=Count("pk"), late=late, owing_units=owing_units, **states)

    def owing(self) -> FiledListQuerySet:
        """Never filed, or returned and not filed again: the one rule for whoever is still waited for."""
        return self.lists.filter(state__in=WRITABLE)

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee


def late_condition(today: dt.date) -> Q:
    """Filed for the first time after the dated deadline, or still missing then (S-31, S-38)."""
    return Q(is_late=True) | Q(submitted_at__isnull=True, call__due_date__lt=today)


class FiledListQuerySet(models.QuerySet["FiledList"]):
    def visible_to(self, user: User) -> typing.Self:
        """The organization's own people; who reviews the committee's year sees what was filed."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                path = post.organization.path
                reach |= Q(call__cycle__committee__path__startswith=path, submitted_at__isnull=False)
            if post.role in WRITING_ROLES:
                reach |= Q(organization=post.organization_id)
        return self.filter(reach)

    def late(self, today: dt.date) -> typing.Self:
        return self.filter(late_condition(today))

    def for_table(self) -> typing.Self:
        rows = self.select_related("organization__domain", "call__cycle__committee")
        return rows.annotate(row_count=Count("rows")).order_by("organization__code", "kind")


class FiledList(Autosaved):
    call = models.ForeignKey(FilingCall, models.CASCADE, related_name="lists")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="filed_lists", verbose_name=_("报送单位")
    )
    kind = models.CharField(_("清单"), max_length=20, choices=ListKind)
    state = models.CharField(_("状态"), max_length=12, choices=FilingState, default=FilingState.DRAFT)
    submitted_at = models.DateTimeField(_("首次报送时间"), null=True, editable=False)
    is_late = models.BooleanField(default=False, editable=False)
    return_reason = models.TextField(_("退回意见"), blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = FiledListQuerySet.as_manager()

    class Meta:
        verbose_name = _("年初清单")
        ordering = ("organization__code", "kind")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["call", "organization", "kind"], name="one_filed_list_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}{self.cycle.year}年度{self.get_kind_display()}"

    @property
    def cycle(self) -> Cycle:
        return self.call.cycle

    @property
    def matter(self) -> str:
        """What the first column is called."""
        return str(MATTERS[ListKind(self.kind)])

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def due_state(self) -> str:
        """The deadline is that of filing for the first time."""
        return "-" if self.submitted_at else self.call.deadline.state(clock.today()).value

    @property
    def lateness(self) -> str:
        """逾期报送 or 逾期未报, or nothing."""
        if self.submitted_at:
            return str(_("逾期报送")) if self.is_late else ""
        return str(_("逾期未报")) if self.due_state == DueState.OVERDUE else ""

    def words(self) -> list[FiledWords]:
        return [row.words for row in self.rows.all()]

    def gaps(self) -> list[str]:
        return find_gaps(self.words(), self.matter)

    @property
    def audit_organization(self) -> Organization:
        return self.organization


class FiledRow(models.Model):
    """`origin` is the id of the rectification item it was started from, so that none is offered twice."""

    list = models.ForeignKey(FiledList, models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField(default=0)
    origin = models.BigIntegerField(null=True, editable=False)
    matter = models.TextField(_("事项"), blank=True)
    measure = models.TextField(_("措施"), blank=True)
    owner = models.CharField(_("责任人"), max_length=120, blank=True)
    lead_unit = models.CharField(_("牵头单位"), max_length=120, blank=True)
    co_units = models.CharField(_("责任单位"), max_length=250, blank=True)
    due_text = models.CharField(_("时限（文字）"), max_length=60, blank=True)
    due_date = models.DateField(_("时限（日期）"), null=True, blank=True)

    class Meta:
        verbose_name = _("清单事项")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.matter[:60]

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.due_text, self.due_date)

    @property
    def words(self) -> FiledWords:
        names = ("matter", "measure", "owner", "lead_unit", "co_units", "due_text", "due_date")
        return FiledWords(**{name: getattr(self, name) for name in names})
