"""The scheme of a cycle: every yearly figure, kept with the year so that it recomputes for ever (S-66, S-119)."""

from __future__ import annotations

import datetime as dt
import typing
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Domain, Organization
from common.deadlines import Deadline
from reporting.rules.filings import ListKind, all_list_kinds
from reporting.rules.quotas import QuotaShare, SmallGroups
from reporting.rules.schemes import (
    EVERYBODY,
    ComponentInput,
    GradeCode,
    RatingChannel,
    ReportReaders,
    ResultReaders,
    ScoringMode,
    SectionKind,
    category_letter,
    paper_colour,
    reminder_days,
)
from reporting.rules.validity import ReportLimits, ShareLimit

from .cycles import Cycle

if typing.TYPE_CHECKING:
    from collections.abc import Iterable

    from .scheme_lists import SchemeFigure

PERCENT = [MaxValueValidator(100)]
POINTS = [MinValueValidator(0), MaxValueValidator(100)]
FULL_POINTS = Decimal(100)


def validate_reminder_days(text: str) -> None:
    try:
        reminder_days(text)
    except ValueError:
        raise ValidationError(_("请填写0到90之间的天数，几个天数用顿号隔开，如“7、3、1”。")) from None


class Scheme(models.Model):
    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="scheme")
    report_due_text = models.CharField(_("报告报送时限（文字）"), max_length=60, blank=True)
    report_due_date = models.DateField(_("报告报送时限（日期）"), null=True, blank=True)
    list_due_text = models.CharField(_("整改清单报送时限（文字）"), max_length=60, blank=True)
    list_due_date = models.DateField(_("整改清单报送时限（日期）"), null=True, blank=True)
    letter_due_text = models.CharField(_("目标责任书签订时限（文字）"), max_length=60, blank=True)
    letter_due_date = models.DateField(_("目标责任书签订时限（日期）"), null=True, blank=True)
    report_max_characters = models.PositiveIntegerField(_("报告总字数上限"), null=True, blank=True)
    problem_share_min = models.PositiveSmallIntegerField(
        _("问题及原因占比下限（%）"), null=True, blank=True, validators=PERCENT
    )
    shares_block = models.BooleanField(_("占比不符合要求的不能报送"), default=False)
    report_minutes = models.PositiveSmallIntegerField(_("每人述职时间（分钟）"), default=8)
    comment_minutes = models.PositiveSmallIntegerField(_("每人点评时间（分钟）"), default=3)
    warning_seconds = models.PositiveSmallIntegerField(_("时间到之前多少秒提示"), default=60)
    reminder_days = models.CharField(
        _("时限前几天提醒"), max_length=30, blank=True, default="7、3、1", validators=[validate_reminder_days]
    )
    reminds_overdue = models.BooleanField(_("逾期次日再提醒一次"), default=True)
    # Which of the three views of a rectification list the year asks for (S-151).
    list_kinds = models.JSONField(_("整改清单须分列的清单"), default=all_list_kinds, blank=True)
    report_readers = models.CharField(
        _("已采用报告的公开范围"), max_length=12, choices=ReportReaders, default=ReportReaders.REVIEWERS
    )
    result_readers = models.CharField(
        _("等次的公布范围"), max_length=12, choices=ResultReaders, default=ResultReaders.OWN
    )
    trims_extremes = models.BooleanField(_("去掉一个最高分和一个最低分"), default=False)
    scoring_mode = models.CharField(_("评分方式"), max_length=10, choices=ScoringMode, default=ScoringMode.POINTS)
    asks_overall = models.BooleanField(_("另作总体评价（选一个等次）"), default=False)
    asks_remark = models.BooleanField(_("可写意见建议"), default=False)
    small_groups = models.CharField(
        _("不足5人的领域，等次名额"), max_length=10, choices=SmallGroups, default=SmallGroups.REMARK
    )
    satisfaction_min = models.DecimalField(
        _("群众满意度下限（%）"), max_digits=5, decimal_places=2, null=True, blank=True, validators=POINTS
    )
    frozen_at = models.DateTimeField(null=True, editable=False)
    frozen_reason = models.CharField(_("冻结原因"), max_length=120, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("考核方案")

    def __str__(self) -> str:
        return f"{self.cycle}方案"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def report_deadline(self) -> Deadline:
        return Deadline(self.report_due_text, self.report_due_date)

    @property
    def list_deadline(self) -> Deadline:
        return Deadline(self.list_due_text, self.list_due_date)

    @property
    def list_kind_labels(self) -> list[str]:
        return [str(ListKind(kind).label) for kind in self.list_kinds]

    @property
    def letter_deadline(self) -> Deadline:
        return Deadline(self.letter_due_text, self.letter_due_date)

    @property
    def listed_figures(self) -> models.QuerySet[SchemeFigure]:
        """With the domain of each, for lists."""
        return self.figures.select_related("domain")

    @property
    def limits(self) -> ReportLimits:
        return ReportLimits(
            self.report_max_characters,
            self.problem_share_min,
            tuple(ShareLimit(row.key, row.min_share, row.max_share) for row in self.sections.all() if row.has_share),
            self.shares_block,
        )

    @property
    def marks_by_points(self) -> bool:
        return self.scoring_mode == ScoringMode.POINTS

    @property
    def marks_by_grade(self) -> bool:
        return self.scoring_mode == ScoringMode.GRADE

    def full_mark_of(self, dimension: ScoreDimension) -> Decimal:
        """What a mark of the dimension is out of: grades and bands are out of 100, points out of its own maximum."""
        return dimension.max_score if self.marks_by_points else FULL_POINTS

    def dimension_sets(self) -> DimensionSets:
        """Which lines each reporter is scored on; one query for all of them (S-120)."""
        return DimensionSets(self.dimensions.select_related("domain"))

    def is_report_late(self, at: dt.date) -> bool:
        return self.report_due_date is not None and at > self.report_due_date

    @property
    def audit_organization(self) -> Organization:
        return self.cycle.committee


class SchemeSection(models.Model):
    """A section of the report form, in order."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=40)
    heading = models.CharField(_("标题"), max_length=60)
    guidance = models.CharField(_("填写提示"), max_length=300, blank=True)
    kind = models.CharField(_("形式"), max_length=10, choices=SectionKind, default=SectionKind.TEXT)
    required = models.BooleanField(_("必填"), default=True)
    min_characters = models.PositiveIntegerField(_("最少字数"), null=True, blank=True)
    max_characters = models.PositiveIntegerField(_("最多字数"), null=True, blank=True)
    min_share = models.PositiveSmallIntegerField(_("最低占比（%）"), null=True, blank=True, validators=PERCENT)
    max_share = models.PositiveSmallIntegerField(_("最高占比（%）"), null=True, blank=True, validators=PERCENT)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("报告部分")
        ordering = ("position", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["scheme", "key"], name="one_section_per_key"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def has_share(self) -> bool:
        return self.min_share is not None or self.max_share is not None


class ScoreDimension(models.Model):
    """A line of the score sheet: marks from 0 to `max_score`, counted with `weight` percent (S-119).

    Lines with a domain are that domain's own set and replace the general lines for its reporters (S-120).
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="dimensions")
    domain = models.ForeignKey(
        Domain, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("适用领域")
    )
    name = models.CharField(_("评分项目"), max_length=60)
    guidance = models.CharField(_("评分要点"), max_length=300, blank=True)
    max_score = models.DecimalField(_("满分"), max_digits=6, decimal_places=2, validators=[MinValueValidator(1)])
    weight = models.DecimalField(_("权重（%）"), max_digits=5, decimal_places=2)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("评分项目")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class DimensionSets:
    """The general lines, and the lines of each domain that has its own."""

    def __init__(self, rows: Iterable[ScoreDimension]) -> None:
        self.general: list[ScoreDimension] = []
        self.own: dict[int, list[ScoreDimension]] = {}
        for row in rows:
            lines = self.general if row.domain_id is None else self.own.setdefault(row.domain_id, [])
            lines.append(row)

    def of(self, organization: Organization) -> list[ScoreDimension]:
        return self.own.get(organization.domain_id, self.general)

    @property
    def all(self) -> list[tuple[str, list[ScoreDimension]]]:
        """Each set under the name of its domain; the general one, first, has none."""
        return [("", self.general), *((lines[0].domain.name, lines) for lines in self.own.values())]


class RaterCategoryQuerySet(models.QuerySet["RaterCategory"]):
    def named(self) -> typing.Self:
        return self.filter(channel=RatingChannel.NAMED)

    def anonymous(self) -> typing.Self:
        return self.filter(channel=RatingChannel.ANONYMOUS)


class RaterCategory(models.Model):
    """A category of raters; its weight belongs to the category's mean, not to each sheet (practice.md 0.6).

    A category hands in by named sheet or by ballot, never by both (S-118, S-121).
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="categories")
    name = models.CharField(_("评分人类别"), max_length=60)
    weight = models.DecimalField(_("权重（%）"), max_digits=5, decimal_places=2)
    channel = models.CharField(_("评分形式"), max_length=10, choices=RatingChannel, default=RatingChannel.NAMED)
    colour = models.CharField(_("纸票颜色"), max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    objects = RaterCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("评分人类别")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def is_anonymous(self) -> bool:
        return self.channel == RatingChannel.ANONYMOUS

    @property
    def letter(self) -> str:
        """A票, B票, C票: by its place in the scheme."""
        return category_letter(self.position)

    @property
    def paper_colour(self) -> str:
        """The stock its ballots are printed on, in words."""
        return self.colour or paper_colour(self.position)


class ScoreComponent(models.Model):
    """A part of the composite: the meeting's score or a typed one out of 100 (S-124, practice.md 2.7)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="components")
    name = models.CharField(_("组成部分"), max_length=60)
    weight = models.DecimalField(_("权重（%）"), max_digits=5, decimal_places=2)
    input = models.CharField(_("来源"), max_length=12, choices=ComponentInput, default=ComponentInput.TYPED)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("综合评价组成")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class SchemeGrade(models.Model):
    """A grade: its name this year, the composite from which it is proposed, and what it is worth on a sheet.

    `points` is the mark of who ticks it; in band mode a mark lies between `band_min` and `band_max`; all out of 100.
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="grades")
    code = models.CharField(_("等次代码"), max_length=20, choices=GradeCode)
    label = models.CharField(_("等次名称"), max_length=20)
    min_score = models.DecimalField(_("建议分数线"), max_digits=5, decimal_places=2)
    points = models.DecimalField(_("选此等次计分"), max_digits=5, decimal_places=2, default=0, validators=POINTS)
    band_min = models.DecimalField(_("分档最低分"), max_digits=5, decimal_places=2, default=0, validators=POINTS)
    band_max = models.DecimalField(_("分档最高分"), max_digits=5, decimal_places=2, default=100, validators=POINTS)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("等次")
        ordering = ("position", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["scheme", "code"], name="one_grade_per_code"),
        ]

    def __str__(self) -> str:
        return self.label


class SchemeQuota(models.Model):
    """Shares of grades for a domain, or for all reporters together, in both directions (practice.md 2.8)."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="quotas")
    domain = models.ForeignKey(Domain, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("范围"))
    good_max = models.PositiveSmallIntegerField(_("“好”不超过（%）"), null=True, blank=True, validators=PERCENT)
    lower_min = models.PositiveSmallIntegerField(
        _("“较好”及以下不少于（%）"), null=True, blank=True, validators=PERCENT
    )
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("等次名额")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.group

    @property
    def group(self) -> str:
        return self.domain.name if self.domain else EVERYBODY

    def share(self, size: int) -> QuotaShare:
        return QuotaShare(self.group, size, self.good_max, self.lower_min, joins=self.domain_id is not None)
