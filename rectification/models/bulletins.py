"""督查通报: what a period showed, organization by organization, and who has read it (S-164 to S-166, S-174)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REVIEWING_ROLES, Role
from rectification.rules.bulletins import (
    PERIODS,
    Audience,
    BulletinKind,
    BulletinState,
    Standing,
    Tally,
    arrow,
    is_missing,
    percent,
    span,
    total_of,
)
from reporting.models import Cycle

# These read what was sent to their organization.
READING_ROLES = OWN_ORGANIZATION_ROLES | {Role.SECRETARY}


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, user: User) -> typing.Self:
        """Whoever reviews for the committee or above it; once published, those to whom it was sent."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(cycle__committee__path__startswith=post.organization.path)
        sent = BulletinReceipt.objects.filter(organization__in=user.organizations_as(*READING_ROLES))
        return self.filter(reach | Q(state=BulletinState.PUBLISHED, pk__in=sent.values("bulletin")))

    def with_reading(self) -> typing.Self:
        """Adds `sent_count` and `read_count`."""
        return self.annotate(
            sent_count=Count("receipts"), read_count=Count("receipts", filter=Q(receipts__read_at__isnull=False))
        )

    def for_table(self) -> typing.Self:
        return self.with_reading().select_related("cycle__committee", "published_by__person")


class Bulletin(models.Model):
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="bulletins", verbose_name=_("年度"))
    kind = models.CharField(_("种类"), max_length=12, choices=BulletinKind)
    title = models.CharField(_("标题"), max_length=120)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    opening = models.TextField(_("正文"), blank=True)
    common = models.TextField(_("共性问题（不点名）"), blank=True)
    closing = models.TextField(_("工作要求"), blank=True)
    has_ranking = models.BooleanField(_("公布名次"), default=True)
    audience = models.CharField(_("发送范围"), max_length=12, choices=Audience, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=BulletinState, default=BulletinState.DRAFT)
    # The day whose figures the lines show.
    as_of = models.DateField(_("统计截至"))
    published_at = models.DateTimeField(_("印发时间"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("督查通报")
        ordering = ("-cycle__year", "-published_at", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "kind"],
                condition=~Q(kind=BulletinKind.SPECIAL),
                name="one_bulletin_per_period",
                violation_error_message=_("这一期通报已经有了，请打开已有的一期。"),
            ),
            models.CheckConstraint(condition=Q(state__in=BulletinState.values), name="bulletin_state_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.state == BulletinState.PUBLISHED

    @property
    def tone(self) -> str:
        return "good" if self.is_published else "idle"

    @property
    def is_special(self) -> bool:
        return self.kind == BulletinKind.SPECIAL

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        return span(self.kind, self.cycle.year)

    @property
    def ranked_lines(self) -> list[BulletinLine]:
        """As they are made known: named ones only."""
        return [line for line in self.lines_in_order if line.is_named]

    @property
    def lines_in_order(self) -> list[BulletinLine]:
        """Everybody, best place first where places are made known."""
        lines = list(self.lines.for_table())
        return (
            sorted(lines, key=lambda line: (line.place or len(lines) + 1, line.position)) if self.has_ranking else lines
        )

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee


class BulletinLineQuerySet(models.QuerySet["BulletinLine"]):
    def for_table(self) -> typing.Self:
        return self.select_related("organization__domain").order_by("position", "id")


class BulletinLine(models.Model):
    """Figures of one organization on the day of the bulletin; comment and findings are words of the office."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="lines")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="bulletin_lines", verbose_name=_("单位")
    )
    position = models.PositiveSmallIntegerField(default=0)
    item_total = models.PositiveIntegerField(default=0)
    item_done = models.PositiveIntegerField(default=0)
    item_late = models.PositiveIntegerField(default=0)
    task_total = models.PositiveIntegerField(default=0)
    task_done = models.PositiveIntegerField(default=0)
    task_late = models.PositiveIntegerField(default=0)
    project_total = models.PositiveIntegerField(default=0)
    project_done = models.PositiveIntegerField(default=0)
    project_late = models.PositiveIntegerField(default=0)
    projects = models.TextField(_("领办项目进展"), blank=True)
    findings = models.TextField(_("督查发现的问题"), blank=True)
    comment = models.TextField(_("评语"), blank=True)
    place = models.PositiveSmallIntegerField(_("名次"), null=True, blank=True)
    place_before = models.PositiveSmallIntegerField(_("上期名次"), null=True, blank=True)
    is_named = models.BooleanField(_("点名"), default=True)

    objects = BulletinLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("通报中的一个单位")
        ordering = ("position", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "organization"], name="one_line_per_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin} {self.organization}"

    @property
    def items(self) -> Tally:
        return Tally(self.item_total, self.item_done, self.item_late)

    @property
    def tasks(self) -> Tally:
        return Tally(self.task_total, self.task_done, self.task_late)

    @property
    def project_tally(self) -> Tally:
        return Tally(self.project_total, self.project_done, self.project_late)

    @property
    def tally(self) -> Tally:
        return total_of([self.items, self.tasks, self.project_tally])

    @property
    def standing(self) -> Standing:
        return self.tally.standing

    @property
    def tone(self) -> str:
        return {Standing.BEHIND: "bad", Standing.DONE: "good", Standing.IDLE: "idle"}.get(self.standing, "working")

    @property
    def tallies(self) -> list[tuple[str, Tally]]:
        """The three parts with their names, in the order of the table."""
        names = (_("整改事项"), _("重点任务"), _("领办项目"))
        return list(zip(map(str, names), (self.items, self.tasks, self.project_tally), strict=True))

    @property
    def late_words(self) -> str:
        """整改事项滞后1项、重点任务滞后2项; printed, so not translated."""
        return "、".join(f"{name}滞后{tally.late}项" for name, tally in self.tallies if tally.late)

    @property
    def percent(self) -> str:
        return percent(self.tally)

    @property
    def arrow(self) -> str:
        return arrow(self.place, self.place_before)


class BulletinReceiptQuerySet(models.QuerySet["BulletinReceipt"]):
    def unread(self) -> typing.Self:
        return self.filter(read_at__isnull=True)

    def to_read(self, user: User) -> typing.Self:
        return self.unread().filter(organization__in=user.organizations_as(*READING_ROLES))


class BulletinReceipt(models.Model):
    """An organization to which the bulletin was sent, and who there read it first (S-174)."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="receipts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="bulletins_received")
    read_at = models.DateTimeField(_("阅读时间"), null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = BulletinReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("通报的接收单位")
        ordering = ("organization__code",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "organization"], name="one_receipt_per_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}"


@dataclasses.dataclass(frozen=True)
class Period:
    """A place in the year's plan: what should be there, and what is."""

    kind: BulletinKind
    first: dt.date
    last: dt.date
    bulletin: Bulletin | None
    is_missing: bool
    is_over: bool

    @property
    def tone(self) -> str:
        if self.is_missing:
            return "bad"
        return "good" if self.bulletin is not None and self.bulletin.is_published else "idle"

    @property
    def code_and_label(self) -> tuple[str, str]:
        """For `components/state.html`."""
        if self.is_missing:
            return "overdue", str(_("应发未发"))
        if self.bulletin is not None:
            return self.bulletin.state, str(self.bulletin.get_state_display())
        return "ahead", str(_("不需补发") if self.is_over else _("未到时间"))


def periods_of(cycle: Cycle, today: dt.date) -> list[Period]:
    """The year's plan in its order; one query."""
    found = {each.kind: each for each in cycle.bulletins.for_table() if not each.is_special}
    return [
        Period(
            kind,
            *span(kind, cycle.year),
            found.get(kind),
            is_missing(
                kind,
                cycle.year,
                published=kind in found and found[kind].is_published,
                today=today,
                opened_on=cycle.opened_on,
            ),
            today > span(kind, cycle.year)[1],
        )
        for kind in PERIODS
    ]
