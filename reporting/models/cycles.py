"""The annual cycle of a committee and those who report in it (S-28, S-63, S-64)."""

from __future__ import annotations

import datetime as dt
import typing

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, User
from accounts.rules.roles import REVIEWING_ROLES, WRITING_ROLES, Role
from common import clock
from common.chinese_text import printed_post
from reporting.rules.cycles import CyclePhase, ReportMode
from reporting.rules.reporters import ORDER_OPEN
from reporting.rules.reports import STANDING_STATES, ReportState, Standing

if typing.TYPE_CHECKING:
    from accounts.models import Person


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, user: User) -> typing.Self:
        """Cycles held by committees within one's reach, and those one's own organization reports in."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES or post.role == Role.ADMINISTRATOR:
                reach |= Q(committee__path__startswith=post.organization.path)
            if post.role in WRITING_ROLES:
                reach |= Q(pk__in=Reporter.objects.filter(organization=post.organization_id).values("cycle"))
        return self.filter(reach)

    def running(self) -> typing.Self:
        return self.exclude(phase=CyclePhase.CLOSED)


class Cycle(models.Model):
    """One committee's review for one assessed year. The year is not the year of the meeting (S-29)."""

    committee = models.ForeignKey(Organization, models.PROTECT, related_name="cycles", verbose_name=_("组织单位"))
    year = models.PositiveSmallIntegerField(_("考核年度"))
    theme = models.CharField(_("年度主题"), max_length=60, blank=True)
    phase = models.CharField(_("阶段"), max_length=20, choices=CyclePhase, default=CyclePhase.PREPARATION)
    # When it was opened in this system: what was over by then is not asked for. Empty in years from before it was kept.
    opened_on = models.DateField(_("建立日期"), null=True, editable=False)
    # Set once the agenda is final: who speaks, and in which order, is then printed (S-65).
    order_fixed_at = models.DateTimeField(_("顺序确定时间"), null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("述职评议年度")
        ordering = ("-year", "committee__code")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["committee", "year"],
                name="one_cycle_per_year",
                violation_error_message=_("该单位这一年度的述职评议已经建立。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee}{self.year}年度述职评议考核"

    @property
    def is_closed(self) -> bool:
        return self.phase == CyclePhase.CLOSED

    def candidates(self) -> models.QuerySet[Organization]:
        """Direct subordinates by affiliation that are not in the cycle yet (S-01, S-18)."""
        return self.committee.children.exclude(pk__in=self.reporters.values("organization"))

    @property
    def is_order_open(self) -> bool:
        """Whether reporters can still be added, put in order or moved between speaking and writing (S-65)."""
        return self.order_fixed_at is None and self.phase in ORDER_OPEN

    @property
    def audit_organization(self) -> Organization:
        return self.committee


def standing_condition(standing: str, today: dt.date) -> Q:
    if standing == Standing.LATE:
        unsent = standing_condition(Standing.MISSING, today) & Q(cycle__scheme__report_due_date__lt=today)
        return Q(report__is_late=True) | unsent
    condition = Q(report__state__in=STANDING_STATES[Standing(standing)])
    return condition | Q(report__isnull=True) if standing == Standing.MISSING else condition


class ReporterQuerySet(models.QuerySet["Reporter"]):
    def oral(self) -> typing.Self:
        return self.filter(mode=ReportMode.ORAL)

    def written(self) -> typing.Self:
        return self.filter(mode=ReportMode.WRITTEN)

    def in_order(self) -> typing.Self:
        """Those who speak first, in their order, then those who report in writing."""
        return self.order_by("mode", "order", "id").select_related("organization", "post__person")

    def of_person(self, person: Person) -> typing.Self:
        """What the person reports or reported, through whatever post (S-08)."""
        return self.filter(post__person=person)

    def of_running_cycles(self) -> typing.Self:
        return self.exclude(cycle__phase=CyclePhase.CLOSED)

    def never_submitted(self) -> typing.Self:
        """应报未报: nothing has been handed in yet (S-75)."""
        return self.filter(report__submitted_at__isnull=True)

    def standing(self, standing: str, today: dt.date) -> typing.Self:
        """Those whose report stands so (S-75). Late: handed in late, or due and still missing."""
        return self.filter(standing_condition(standing, today))

    def standing_counts(self, today: dt.date) -> dict[str, int]:
        """How many stand so by Standing value, how many by mode, and `expected`, all of them; one query."""
        counts = {value: Count("pk", filter=standing_condition(value, today)) for value in Standing.values}
        counts |= {mode: Count("pk", filter=Q(mode=mode)) for mode in ReportMode.values}
        return self.aggregate(expected=Count("pk"), **counts)

    def visible_to(self, user: User) -> typing.Self:
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(cycle__committee__path__startswith=post.organization.path)
            if post.role in WRITING_ROLES:
                reach |= Q(organization=post.organization_id)
        return self.filter(reach)


class Reporter(models.Model):
    """述职人: an organization reporting in a cycle, and the post of the person who does (S-07, S-08)."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="reporters", verbose_name=_("年度"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="reporters", verbose_name=_("单位"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="reporters", verbose_name=_("述职人"))
    mode = models.CharField(_("述职方式"), max_length=10, choices=ReportMode)
    mode_reason = models.CharField(_("书面述职原因"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    # Set when the meeting opens at which this one reports; others of the year may still change (S-65).
    is_fixed = models.BooleanField(default=False, editable=False)
    # How last year's promises were kept, in words, written down here by the carry step (S-150).
    promises_kept = models.TextField(_("上年度承诺兑现情况"), blank=True, editable=False)

    objects = ReporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("述职人")
        ordering = ("mode", "order", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "organization"],
                name="one_reporter_per_organization",
                violation_error_message=_("该单位已在本年度述职名单中。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.name}"

    @property
    def name(self) -> str:
        return self.post.person.name

    @property
    def title(self) -> str:
        """The real post as it is printed, never a hard-coded 书记 (S-07)."""
        return self.post.title

    @property
    def standing(self) -> Standing:
        """The column of the cycle's board; select `report` along with many reporters."""
        report = getattr(self, "report", None)
        state = report.state if report else ReportState.DRAFT
        return next(standing for standing, states in STANDING_STATES.items() if state in states)

    @property
    def is_late(self) -> bool:
        """Handed in after the dated deadline, or still missing then (S-75)."""
        report = getattr(self, "report", None)
        if report is not None and report.submitted_at is not None:
            return report.is_late
        return self.cycle.scheme.is_report_late(clock.today())

    @property
    def printed_title(self) -> str:
        """Unit and post as one phrase, e.g. 柳河镇党委书记; the same word is never printed twice."""
        return printed_post(self.organization.display_name, self.post.title)

    @property
    def audit_organization(self) -> Organization:
        return self.organization
