"""What comes out: the composite with its derivation, the proposed and the decided grade kept apart (S-124, S-125)."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Hashable, Mapping
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from common.chinese_text import nest_quotes
from common.deadlines import chinese_date
from reporting.models import Cycle, Reporter, SchemeGrade, ScoreComponent
from reporting.rules.quotas import QuotaGroup, QuotaLimits, quota_groups
from reporting.rules.reports import READY_FOR_PRINT
from reporting.rules.schemes import GradeCode
from reviews.rules.derivations import Derivation, Step
from reviews.rules.figures import shared_ranks

from .meetings import Meeting


class ComponentScore(models.Model):
    """A typed part of the composite, out of 100, for one reporter."""

    reporter = models.ForeignKey(Reporter, models.CASCADE, related_name="component_scores")
    component = models.ForeignKey(ScoreComponent, models.PROTECT, related_name="scores")
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("录入得分")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["reporter", "component"], name="one_score_per_component"),
        ]

    def __str__(self) -> str:
        return f"{self.component} {self.score}"


class Result(models.Model):
    """`derivation` holds every line of the calculation as it was, so that a past year shows the same for ever."""

    reporter = models.OneToOneField(Reporter, models.PROTECT, related_name="result")
    composite = models.DecimalField(_("综合得分"), max_digits=5, decimal_places=2, null=True)
    derivation = models.JSONField(default=dict)
    # What it was worked out from (reviews.rules.result_inputs); empty where it was worked out before these were kept.
    inputs = models.JSONField(default=dict)
    proposed_grade = models.ForeignKey(
        SchemeGrade, models.PROTECT, null=True, related_name="+", verbose_name=_("建议等次")
    )
    decided_grade = models.ForeignKey(
        SchemeGrade, models.PROTECT, null=True, related_name="+", verbose_name=_("审定等次")
    )
    deciding_meeting = models.CharField(_("审定会议"), max_length=120, blank=True)
    decided_on = models.DateField(_("审定日期"), null=True, blank=True)
    reason = models.TextField(_("与建议等次不一致的理由"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("综合评价结果")

    def __str__(self) -> str:
        return f"{self.reporter}综合评价"

    @property
    def is_decided(self) -> bool:
        return self.decided_grade_id is not None

    @property
    def steps(self) -> Derivation:
        return Derivation.from_json(self.derivation)

    @property
    def audit_organization(self) -> Organization:
        return self.reporter.cycle.committee


class ResultVersion(models.Model):
    """A result as it was decided; a correction adds the next one and the older stay to be looked at."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    composite = models.DecimalField(_("综合得分"), max_digits=5, decimal_places=2, null=True)
    derivation = models.JSONField(default=dict)
    inputs = models.JSONField(default=dict)
    proposed_grade = models.ForeignKey(SchemeGrade, models.PROTECT, null=True, related_name="+")
    decided_grade = models.ForeignKey(SchemeGrade, models.PROTECT, related_name="+", verbose_name=_("审定等次"))
    deciding_meeting = models.CharField(_("审定会议"), max_length=120)
    decided_on = models.DateField(_("审定日期"), null=True)
    reason = models.TextField(_("理由"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("审定结果的版本")
        ordering = ("number",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["result", "number"], name="one_result_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.result}第{self.number}版"

    @property
    def steps(self) -> Derivation:
        return Derivation.from_json(self.derivation)


@dataclasses.dataclass(frozen=True)
class ResultRow:
    """A reporter with what came out; places are None without a composite, and shared by equal scores (S-120).

    `session` is the meeting within which both places count; None when everybody is compared with everybody.
    """

    reporter: Reporter
    result: Result | None
    place: int | None
    place_in_domain: int | None
    session: Meeting | None = None

    @property
    def has_report(self) -> bool:
        """Whether a report of the reporter was accepted; who was judged without one is marked."""
        report = getattr(self.reporter, "report", None)
        return report is not None and report.state in READY_FOR_PRINT

    @property
    def is_decided(self) -> bool:
        return self.result is not None and self.result.is_decided

    @property
    def is_good(self) -> bool:
        """By what was decided, by the proposal where nothing is decided yet."""
        grade = self.result and (self.result.decided_grade or self.result.proposed_grade)
        return bool(grade) and grade.code == GradeCode.GOOD

    @property
    def is_proposed_only(self) -> bool:
        return self.result is not None and self.result.proposed_grade_id is not None and not self.is_decided


def result_rows(cycle: Cycle, *, across: bool = False) -> list[ResultRow]:
    """Everybody of the cycle, best composite first, then in speaking order; two queries.

    Different panels are not comparable: places are those inside one meeting (practice.md 0.4), unless `across`.
    """
    reporters = list(
        cycle.reporters.in_order().select_related("organization__domain", "post__person", "report", "place__meeting")
    )
    found = Result.objects.filter(reporter__cycle=cycle).select_related("proposed_grade", "decided_grade")
    results = {result.reporter_id: result for result in found}
    scores = {r.pk: results[r.pk].composite if r.pk in results else None for r in reporters}
    sessions = {r.pk: r.place.meeting if hasattr(r, "place") and not across else None for r in reporters}
    places = _places(scores, {pk: session and session.pk for pk, session in sessions.items()})
    within = _places(scores, {r.pk: (sessions[r.pk], r.organization.domain_id) for r in reporters})
    rows = [ResultRow(r, results.get(r.pk), places[r.pk], within[r.pk], sessions[r.pk]) for r in reporters]
    return sorted(rows, key=lambda row: (row.session.pk if row.session else 0, row.place or len(rows) + 1))


def _places(scores: Mapping[int, Decimal | None], groups: Mapping[int, Hashable]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for group in set(groups.values()):
        found |= shared_ranks({pk: score for pk, score in scores.items() if groups[pk] == group})
    return found


@dataclasses.dataclass(frozen=True)
class GradeReason:
    """A rule that bears on a grade: what it looked at, and what came of it."""

    rule: str
    inputs: str
    outcome: str


def reasons_of(row: ResultRow, quotas: list[QuotaStanding], outcome: str) -> list[GradeReason]:
    """Why this grade, rule by rule: lines, vetoes, quotas, the responsibility assessment, and the decision itself.

    `outcome` is what the responsibility assessment is called, empty where there is none.
    """
    if row.result is None:
        return []
    result, domain = row.result, row.reporter.organization.domain_id
    found = [
        *(GradeReason("建议分数线", nest_quotes(line.note), line.formula) for line in result.steps.of(Step.GRADE)),
        *(GradeReason(line.label, nest_quotes(line.note), line.formula) for line in result.steps.of(Step.CAP)),
        *(_quota_reason(each) for each in quotas if each.is_about(domain)),
    ]
    if outcome:
        found.append(GradeReason("年度党建责任制考核", outcome, "不合格的年度考核不能为优秀、不能奖励，不改变等次。"))
    if result.decided_grade is not None:
        differs = result.proposed_grade_id not in (None, result.decided_grade_id)
        said = f"与建议等次“{result.proposed_grade}”不一致，理由：{result.reason}" if differs else "与建议等次一致。"
        said = said if result.proposed_grade_id else "没有建议等次，由会议综合研判。"
        decided_on = chinese_date(result.decided_on) if result.decided_on else ""
        found.append(
            GradeReason(
                "会议审定", f"{result.deciding_meeting}，{decided_on}", f"审定为“{result.decided_grade}”。{said}"
            )
        )
    return found


def _quota_reason(standing: QuotaStanding) -> GradeReason:
    words = [f"{standing.group.name}共{standing.size}名"]
    if standing.limits is None:
        return GradeReason("等次名额", words[0], "人数少，不适用名额。")
    if standing.limits.good_max is not None:
        words.append(f"最高等次不超过{standing.limits.good_max}名")
    if standing.limits.lower_min is not None:
        words.append(f"较低等次不少于{standing.limits.lower_min}名")
    state = f"现有最高等次{standing.good}名，" + ("超出，须研究。" if standing.is_exceeded else "没有超出。")
    return GradeReason("等次名额", "，".join(words), state)


@dataclasses.dataclass(frozen=True)
class QuotaStanding:
    """A quota of the scheme against the grades as they are: `good` counts decisions, else proposals."""

    group: QuotaGroup
    good: int
    decided_good: int
    # Of the domains the group is made of; None stands for everybody.
    domains: frozenset[int | None] = frozenset()

    def is_about(self, domain: int | None) -> bool:
        return None in self.domains or domain in self.domains

    @property
    def limits(self) -> QuotaLimits | None:
        return self.group.limits

    @property
    def size(self) -> int:
        return sum(share.size for share in self.group.shares)

    @property
    def is_exceeded(self) -> bool:
        return self.limits is not None and self.limits.is_exceeded(self.good)

    @property
    def excess(self) -> int:
        return self.good - self.limits.good_allowed if self.limits is not None else 0


def quota_standings(cycle: Cycle, rows: list[ResultRow]) -> list[QuotaStanding]:
    """Each quota of the scheme for its group; a warning on the page of grades, never a bar (practice.md 2.8)."""
    quotas = list(cycle.scheme.quotas.select_related("domain"))
    heard = {
        quota.group: [row for row in rows if quota.domain_id in (None, row.reporter.organization.domain_id)]
        for quota in quotas
    }
    shares = [quota.share(len(heard[quota.group])) for quota in quotas]
    standings = []
    for group in quota_groups(shares, cycle.scheme.small_groups):
        good = [row for share in group.shares for row in heard[share.name] if row.is_good]
        names = {share.name for share in group.shares}
        domains = frozenset(quota.domain_id for quota in quotas if quota.group in names)
        standings.append(QuotaStanding(group, len(good), sum(row.is_decided for row in good), domains))
    return standings


def typed_scores(cycle: Cycle) -> dict[tuple[int, int], Decimal]:
    """Typed parts of the composite by (reporter, component)."""
    rows = ComponentScore.objects.filter(reporter__cycle=cycle)
    return {(row.reporter_id, row.component_id): row.score for row in rows}
