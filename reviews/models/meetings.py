"""The review meeting of a cycle and its hosting script (S-82 to S-84, S-182)."""

from __future__ import annotations

import datetime as dt
import secrets
import typing

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Post, User
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REVIEWING_ROLES, Role
from common import clock
from reporting.models import BasisDocument, Cycle, Reporter
from reporting.models.cycles import ReporterQuerySet
from reviews.rules.closing import JUDGING_KINDS
from reviews.rules.meetings import COMMENTING_ROLES, CommentState, MeetingKind, MeetingPattern, MeetingState
from reviews.rules.score_sheets import SHEET_GRACE_SECONDS


def reported_at(reporters: models.QuerySet[Reporter]) -> Q:
    """Meetings at which these report: their own, those of a year that is not divided, and those that judge nobody."""
    undivided = Q(cycle__reporters__in=reporters.filter(place__isnull=True))
    return (
        Q(places__reporter__in=reporters) | undivided | Q(cycle__reporters__in=reporters) & ~Q(kind__in=JUDGING_KINDS)
    )


def new_screen_token() -> str:
    return secrets.token_urlsafe(24)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> typing.Self:
        """The committee's reviewers, the meeting's raters and commenters, and who reports."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(cycle__committee__path__startswith=post.organization.path)
            if post.role in OWN_ORGANIZATION_ROLES or post.role == Role.SECRETARY:
                reach |= reported_at(Reporter.objects.filter(organization=post.organization_id))
        if user.person_id is not None:
            reach |= Q(raters__person=user.person_id) | Q(slots__commenters__person=user.person_id)
            reach |= reported_at(Reporter.objects.filter(post__person=user.person_id))
            reach |= Q(host__person=user.person_id)
        return self.filter(pk__in=Meeting.objects.filter(reach).values("pk"))

    def judging(self) -> typing.Self:
        """Those at which reports are judged; a reporter belongs to one of them."""
        return self.filter(kind__in=JUDGING_KINDS)

    def locked(self, pk: int) -> Meeting:
        """The row under the lock that everything done at one meeting shares."""
        rows = self.select_for_update(of=("self",))
        return rows.select_related("cycle__committee", "host__person").get(pk=pk)

    def with_facts(self) -> typing.Self:
        return self.select_related(
            "cycle__committee",
            "cycle__scheme",
            "host__person",
            "host__organization",
            "current_item",
        )


class Meeting(models.Model):
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="meetings", verbose_name=_("年度"))
    kind = models.CharField(_("会议类型"), max_length=20, choices=MeetingKind, default=MeetingKind.REVIEW)
    pattern = models.CharField(_("点评方式"), max_length=10, choices=MeetingPattern, default=MeetingPattern.EACH)
    title = models.CharField(_("会议名称"), max_length=200)
    subtitle = models.CharField(_("副标题"), max_length=200, blank=True)
    date_text = models.CharField(_("会议时间（按原文）"), max_length=60, blank=True)
    date = models.DateField(_("会议日期"), null=True, blank=True)
    start_time = models.TimeField(_("开始时间"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    host = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="hosted_meetings", verbose_name=_("主持人")
    )
    basis = models.TextField(_("会议依据"), blank=True)
    # Cited in the opening of the hosting script (S-202).
    basis_documents = models.ManyToManyField(BasisDocument, verbose_name=_("依据文件"), related_name="+", blank=True)
    purpose = models.TextField(_("会议主要任务"), blank=True)
    conduct = models.TextField(_("会议须知"), blank=True)
    total_text = models.CharField(_("参会总人数（按原文）"), max_length=40, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(_("计划会议时长（分钟）"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=MeetingState, default=MeetingState.PREPARING)
    current_item = models.ForeignKey("AgendaItem", models.SET_NULL, null=True, editable=False, related_name="+")
    # Counts what moved the meeting on; a deed made from an earlier state is refused (S-95).
    live_revision = models.PositiveIntegerField(default=0, editable=False)
    # Whoever has the link follows the meeting without signing in; a new one ends the old one.
    screen_token = models.CharField(max_length=43, default=new_screen_token, editable=False, db_index=True)
    asks_door_code = models.BooleanField(_("扫码签到核对到会码"), default=True)
    rehearsing = models.BooleanField(_("演练"), default=False, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # Score sheets: how long stragglers are waited for, and until when since the call to hand in.
    sheet_grace_seconds = models.PositiveSmallIntegerField(
        _("宣布收表后等候（秒）"), default=SHEET_GRACE_SECONDS, validators=[MaxValueValidator(1800)]
    )
    sheets_close_at = models.DateTimeField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    # Facts, agenda and attendance are written on three pages, often by three people at once.
    agenda_revision = models.PositiveIntegerField(default=1, editable=False)
    attendance_revision = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("会议")
        ordering = ("-cycle__year", "date", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def committee(self) -> Organization:
        return self.cycle.committee

    @property
    def reporters(self) -> ReporterQuerySet:
        """Those placed at this meeting; in a year that is not divided, everybody but who speaks elsewhere (S-64).

        The one order of every page and paper of a meeting: those who speak as they speak (S-91), then
        those who report in writing as they are listed.
        """
        turn = self.slots.filter(reporter=OuterRef("pk")).values("position")[:1]
        if self.is_divided:
            reporters = self.cycle.reporters.filter(place__meeting=self).in_order()
        else:
            elsewhere = self.cycle.reporters.filter(slots__isnull=False).exclude(slots__meeting=self)
            reporters = self.cycle.reporters.exclude(pk__in=elsewhere.values("pk")).in_order()
        return reporters.annotate(turn=Subquery(turn)).order_by("mode", F("turn").asc(nulls_last=True), "order", "id")

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee

    @property
    def judges(self) -> bool:
        return self.kind in JUDGING_KINDS

    @property
    def is_divided(self) -> bool:
        """Whether the year is spread over several meetings and this is one of them."""
        return self.judges and self.cycle.reporters.filter(place__isnull=False).exists()

    @property
    def is_together(self) -> bool:
        """Comments come after all reports."""
        return self.pattern == MeetingPattern.TOGETHER

    @property
    def is_closed(self) -> bool:
        return self.state == MeetingState.CLOSED

    @property
    def is_live(self) -> bool:
        return self.state == MeetingState.LIVE

    @property
    def takes_sign_in(self) -> bool:
        """On the day and while it is held; an undated meeting from the start (S-88)."""
        return not self.is_closed and (self.is_live or self.date is None or self.date <= clock.today())

    @property
    def screen_url(self) -> str:
        """The page for the wall, for whoever has the link."""
        return reverse("reviews:screen_show", args=[self.screen_token])

    @property
    def door_key(self) -> str:
        """What the codes at the door are made from."""
        return salted_hmac("reviews.doors.code", f"{self.pk} {self.screen_token}", algorithm="sha256").hexdigest()

    @property
    def door_url(self) -> str:
        """The screen at the door, for whoever has the link; a new link of the wall ends this one as well."""
        return reverse("reviews:door_show", args=[self.pk, self.door_mark])

    @property
    def door_mark(self) -> str:
        made = salted_hmac("reviews.doors.link", f"{self.pk} {self.screen_token}", algorithm="sha256")
        return made.hexdigest()[:32]

    @property
    def oral_reporters(self) -> ReporterQuerySet:
        """Those who speak at this meeting, in the order of its slots."""
        return (
            Reporter.objects.filter(slots__meeting=self)
            .order_by("slots__position", "slots__id")
            .select_related("organization", "post__person", "cycle")
        )

    @property
    def written_reporters(self) -> ReporterQuerySet:
        """Those of this meeting who report in writing and have no slot here."""
        reporters = self.reporters if self.is_divided else self.cycle.reporters.all()
        return reporters.written().exclude(slots__meeting=self).in_order()

    @property
    def possible_commenters(self) -> models.QuerySet[Post]:
        """Leaders of the committee who may be given a reporter to comment on (S-12)."""
        of_committee = Q(organization=self.cycle.committee_id, role__in=COMMENTING_ROLES)
        return Post.objects.current().filter(of_committee | Q(pk=self.host_id)).select_related("person", "organization")

    def is_commenter(self, user: User) -> bool:
        """Whether the user hosts, or was given somebody to comment on."""
        if user.person_id is None:
            return False
        if self.host is not None and self.host.person_id == user.person_id:
            return True
        return self.slots.filter(commenters__person=user.person_id).exists()

    def is_own_organization(self, commenter: Post, reporter: Reporter) -> bool:
        """Whether the commenter belongs to it, or did in the assessed year (S-128)."""
        since = Q(end__isnull=True) | Q(end__gte=dt.date(self.cycle.year, 1, 1))
        posts = Post.objects.filter(since, person=commenter.person_id)
        return posts.filter(organization=reporter.organization_id).exists()

    def may_comment(self, commenter: Post, reporter: Reporter) -> bool:
        """The host, whoever is assigned to the slot, or for written reports any leader.

        Nobody comments on an organization to which he or she belongs (S-128).
        """
        if reporter.cycle_id != self.cycle_id or not self.reporters.filter(pk=reporter.pk).exists():
            return False
        if self.is_own_organization(commenter, reporter):
            return False
        if commenter.pk == self.host_id:
            return True
        slot = self.slots.filter(reporter=reporter).first()
        if slot is not None:
            return slot.commenters.filter(pk=commenter.pk).exists()
        return self.possible_commenters.filter(pk=commenter.pk).exists()

    def missing_comments(self) -> list[Reporter]:
        """Oral reporters without a final comment, in order; who is missing is named (S-107)."""
        final = self.comments.filter(state=CommentState.FINAL).values("reporter")
        return list(self.oral_reporters.exclude(pk__in=final))


class HostingScript(models.Model):
    """主持词: edited words are kept apart from the composed ones.

    So composing it anew can warn of edits that would be lost.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="script")
    generated = models.TextField()
    text = models.TextField(_("主持词"))
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("主持词")

    def __str__(self) -> str:
        return f"{self.meeting}主持词"

    @property
    def is_edited(self) -> bool:
        return self.text != self.generated

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee
