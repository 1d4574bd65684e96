"""The duty report: sections, problems each with a cause, and every version handed in (S-66, S-67, S-74)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, User
from accounts.rules.roles import OWN_ORGANIZATION_ROLES, REVIEWING_ROLES, WRITING_ROLES, Role
from reporting.rules.content import (
    CarriedContent,
    ProblemContent,
    ReportContent,
    SectionContent,
)
from reporting.rules.cycles import CyclePhase
from reporting.rules.reports import READY_FOR_PRINT, WRITABLE, ReportState
from reporting.rules.schemes import ReportReaders
from reporting.rules.validity import FindingKind

from .cycles import Cycle, Reporter
from .report_content import parts_content, sections_of
from .schemes import SchemeSection

READING_ORDER = ("-reporter__cycle__year", "reporter__cycle", "reporter__mode", "reporter__order", "reporter")


class DutyReportQuerySet(models.QuerySet["DutyReport"]):
    def visible_to(self, user: User) -> typing.Self:
        """Own organization's reports; for the host committee's reviewers those that were handed in at least once."""
        reach = Q(pk__in=[])
        for post in user.active_posts:
            if post.role in REVIEWING_ROLES:
                reach |= Q(
                    reporter__cycle__committee__path__startswith=post.organization.path,
                    submitted_at__isnull=False,
                )
            if post.role in WRITING_ROLES:
                reach |= Q(reporter__organization=post.organization_id)
        return self.filter(reach)

    def published_to(self, user: User) -> typing.Self:
        """Accepted reports that the year's scheme opens to the user (公开范围), and to reviewers all that it opens.

        A door of its own beside `visible_to`: only the accepted text is read through it, not drafts,
        returns, remarks or attachments.
        """
        reach = Q(pk__in=[])
        for post in user.active_posts:
            committees = [*post.organization.ancestor_ids, post.organization_id]
            readers = Q(reporter__cycle__scheme__report_readers=ReportReaders.SUBTREE)
            reach |= readers & Q(reporter__cycle__committee__in=committees)
            if post.role in OWN_ORGANIZATION_ROLES | WRITING_ROLES:
                cycles = Reporter.objects.filter(organization=post.organization_id).values("cycle")
                reach |= Q(reporter__cycle__in=cycles)
            if post.role in REVIEWING_ROLES:
                reach |= Q(reporter__cycle__committee__path__startswith=post.organization.path)
        opened = self.ready_for_print().exclude(reporter__cycle__scheme__report_readers=ReportReaders.REVIEWERS)
        return opened.filter(reach)

    def ready_for_print(self) -> typing.Self:
        return self.filter(state__in=READY_FOR_PRINT)

    def awaiting_screening(self, committee: Organization) -> typing.Self:
        """Handed in to this committee's running cycles and not yet accepted or returned (S-74)."""
        return self.filter(state=ReportState.SUBMITTED, reporter__cycle__committee=committee).exclude(
            reporter__cycle__phase=CyclePhase.CLOSED
        )

    def screened_by(self, user: User) -> typing.Self:
        """Handed in at least once to a committee whose organization department the user is (S-13, S-74)."""
        committees = user.organizations_as(Role.ORGANIZATION_DEPARTMENT)
        return self.filter(reporter__cycle__committee__in=committees, submitted_at__isnull=False)

    def in_reading_order(self) -> typing.Self:
        """The newest year first, then as its reporters stand on the board."""
        return self.order_by(*READING_ORDER)

    def with_hint(self, kind: str) -> typing.Self:
        """Handed in with a hint of this kind; `any` and `none` are for whether there is one at all."""
        if kind == "any":
            return self.exclude(hint_kinds="")
        if kind == "none":
            return self.filter(hint_kinds="")
        return self.filter(hint_kinds__contains=f",{kind},")

    def being_written(self) -> typing.Self:
        return self.filter(state__in=WRITABLE)

    def with_reporters(self) -> typing.Self:
        return self.select_related(
            "reporter__cycle__committee",
            "reporter__organization__domain",
            "reporter__post__person",
        )


class DutyReport(models.Model):
    """The working copy. What reviewers read after a return is the last `ReportVersion`, not the draft."""

    reporter = models.OneToOneField(Reporter, models.CASCADE, related_name="report")
    state = models.CharField(_("状态"), max_length=12, choices=ReportState, default=ReportState.DRAFT)
    revision = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(_("保存时间"), null=True, editable=False)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")
    # The revision at which the problems were last changed: a page sends its rows together, and only
    # when one of them changed, so they are compared apart from the rest (static/js/autosave.js).
    problems_revision = models.PositiveIntegerField(default=1, editable=False)
    promises_revision = models.PositiveIntegerField(default=1, editable=False)
    # The last automatic save and its answer, so that asking twice gives the same answer.
    last_save_id = models.CharField(max_length=64, blank=True, editable=False)
    last_save_values = models.JSONField(default=dict, editable=False)
    submitted_at = models.DateTimeField(_("报送时间"), null=True, editable=False)
    is_late = models.BooleanField(_("逾期报送"), default=False, editable=False)
    return_reason = models.TextField(_("退回意见"), blank=True)
    rounds = models.PositiveSmallIntegerField(_("退回次数"), default=0, editable=False)

    # What the text handed in last amounts to, for the queue of those who screen (S-77).
    characters = models.PositiveIntegerField(_("字数"), null=True, editable=False)
    problem_share = models.DecimalField(_("问题占比"), max_digits=4, decimal_places=1, null=True, editable=False)
    hint_kinds = models.CharField(max_length=200, blank=True, editable=False)

    objects = DutyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("述职报告")

    def __str__(self) -> str:
        return f"{self.reporter} {self.cycle.year}年度述职报告"

    @property
    def cycle(self) -> Cycle:
        return self.reporter.cycle

    @property
    def hints_handed_in(self) -> list[str]:
        """Names of the hints that the text handed in last gives rise to, each once."""
        return [str(FindingKind(kind).label) for kind in self.hint_kinds.split(",") if kind in FindingKind.values]

    @property
    def late_label(self) -> str:
        """The mark is about the first time: whoever corrects a returned report within its new deadline reads that."""
        return str(_("首次报送逾期") if self.rounds else _("逾期报送"))

    @property
    def of_last_year(self) -> DutyReport | None:
        """The organization's report to the same committee a year before, whoever wrote it."""
        earlier = DutyReport.objects.with_reporters().filter(
            reporter__organization=self.reporter.organization_id,
            reporter__cycle__committee=self.cycle.committee_id,
            reporter__cycle__year=self.cycle.year - 1,
        )
        return earlier.first()

    @property
    def returned_version(self) -> ReportVersion | None:
        """The text that was given back last."""
        return self.versions.filter(state=ReportState.RETURNED).first()

    @property
    def submitted_version(self) -> ReportVersion | None:
        """The text that was handed in last."""
        return self.versions.filter(state=ReportState.SUBMITTED).first()

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_printable(self) -> bool:
        return self.state in READY_FOR_PRINT

    @property
    def content(self) -> ReportContent:
        """The working copy as plain values; what reviewers read is `handed_in`."""
        texts = {row.section_id: row.text for row in self.texts.all()}
        reporter, sections = self.reporter, sections_of(self)
        return ReportContent(
            year=reporter.cycle.year,
            organization=reporter.organization.name,
            organization_code=reporter.organization.code,
            post=reporter.printed_title,
            name=reporter.name,
            mode=reporter.mode,
            sections=tuple(
                SectionContent(
                    key=section.key,
                    heading=section.heading,
                    kind=section.kind,
                    required=section.required,
                    min_characters=section.min_characters,
                    max_characters=section.max_characters,
                    text=texts.get(section.pk, ""),
                )
                for section in sections
            ),
            problems=tuple(ProblemContent(row.text, row.cause, row.category) for row in self.problems.all()),
            carried=tuple(
                CarriedContent(
                    text=row.text,
                    measure=row.measure,
                    due_text=row.due_text,
                    origin_year=row.origin_year,
                    status=row.status,
                    explanation=row.explanation,
                )
                for row in reporter.carried_items.all()
            ),
            **parts_content(self, {section.kind for section in sections}),
        )

    @property
    def last_version(self) -> ReportVersion | None:
        return self.versions.first()

    @property
    def handed_in(self) -> ReportContent | None:
        """What was handed in last, word for word, whatever has been typed since (S-74)."""
        version = self.last_version
        return version.as_content if version else None

    @property
    def audit_organization(self) -> Organization:
        return self.reporter.organization


class SectionText(models.Model):
    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="texts")
    section = models.ForeignKey(SchemeSection, models.PROTECT, related_name="texts")
    text = models.TextField(_("内容"), blank=True)

    class Meta:
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["report", "section"], name="one_text_per_section"),
        ]
        ordering = ("section__position", "id")

    def __str__(self) -> str:
        return f"{self.report} {self.section}"


class ReportProblem(models.Model):
    """存在问题 with its cause (S-67)."""

    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="problems")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("存在问题"))
    cause = models.TextField(_("原因剖析"), blank=True)
    category = models.CharField(_("问题类别"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("存在问题")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text[:60]


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    def visible_to(self, user: User) -> typing.Self:
        return self.filter(report__in=DutyReport.objects.visible_to(user))


class ReportVersion(models.Model):
    """What was handed in, returned, accepted or frozen, word for word, with its hash."""

    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=12, choices=ReportState)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("报告版本")
        ordering = ("-number",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.report} 第{self.number}版"

    @property
    def as_content(self) -> ReportContent:
        return ReportContent.from_json(self.content)

    @property
    def is_intact(self) -> bool:
        """核对: whether the kept text still has the hash that was written down with it."""
        return self.as_content.sha256 == self.sha256
