"""Named score sheets: one per rater and reporter, a mark per dimension (S-118, S-128)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization, Person, Post
from common.figures import plain_decimal
from reporting.models import RaterCategory, Reporter, Scheme, ScoreDimension
from reviews.rules.marks import ABSTAIN
from reviews.rules.meetings import SheetState

from .meetings import Meeting


def own_organizations(year: int, people: Iterable[int]) -> dict[int, set[int]]:
    """Ids of the organizations of every post held in the assessed year or since, by id of the person.

    Posts that ended earlier do not count: many a county leader was a township secretary once.
    """
    found: dict[int, set[int]] = {person: set() for person in people}
    posts = Post.objects.filter(person__in=found)
    posts = posts.filter(Q(end__isnull=True) | Q(end__gte=dt.date(year, 1, 1)))
    for person, organization in posts.values_list("person_id", "organization_id"):
        found[person].add(organization)
    return found


class Rater(models.Model):
    """A person who scores at a meeting, in one category."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="raters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="rater_of", verbose_name=_("评分人"))
    category = models.ForeignKey(RaterCategory, models.PROTECT, related_name="raters", verbose_name=_("类别"))

    class Meta:
        verbose_name = _("评分人")
        ordering = ("category__position", "person__pinyin", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="one_category_per_rater",
                violation_error_message=_("该同志已在评分人名单中。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}（{self.category}）"

    @cached_property
    def own_organization_ids(self) -> set[int]:
        """Organizations the rater may not score (S-128)."""
        return own_organizations(self.meeting.cycle.year, [self.person_id])[self.person_id]

    def may_score(self, reporter: Reporter) -> bool:
        """Nobody scores the own organization, nor the own report (S-128)."""
        return reporter.organization_id not in self.own_organization_ids and reporter.post.person_id != self.person_id

    @property
    def audit_organization(self) -> Organization:
        return self.meeting.committee


class ScoreSheetQuerySet(models.QuerySet["ScoreSheet"]):
    def submitted(self) -> typing.Self:
        return self.filter(state=SheetState.SUBMITTED)


class ScoreSheet(models.Model):
    # The trail says that somebody scored, and shows nobody the marks.
    audit_is_confidential = True

    rater = models.ForeignKey(Rater, models.PROTECT, related_name="sheets")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="score_sheets")
    state = models.CharField(_("状态"), max_length=10, choices=SheetState, default=SheetState.DRAFT)
    submitted_at = models.DateTimeField(null=True, editable=False)
    # Set when the organization department copied a paper form (S-191).
    keyed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    overall = models.CharField(_("总体评价"), max_length=20, blank=True)
    remark = models.TextField(_("意见建议"), blank=True)
    # Filled by 同上 or 全部好 and not touched since (rules/marks.py).
    shortcut = models.CharField(max_length=4, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("评分表")
        ordering = ("id",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["rater", "reporter"], name="one_sheet_per_reporter"),
        ]

    def __str__(self) -> str:
        return f"{self.rater} → {self.reporter}"

    @property
    def is_submitted(self) -> bool:
        return self.state == SheetState.SUBMITTED

    @property
    def is_by_rater(self) -> bool:
        """Handed in by the rater in person, so that its marks are nobody else's business."""
        return self.is_submitted and self.keyed_in_by_id is None

    @property
    def audit_organization(self) -> Organization:
        return self.rater.meeting.committee


class ScoreMark(models.Model):
    """One line of a sheet. `score` is what it counts, out of `Scheme.full_mark_of`; None for an abstention.

    By grades `score` is what the grade is worth, so that a mean needs no other figure than this one.
    """

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="marks")
    dimension = models.ForeignKey(ScoreDimension, models.PROTECT, related_name="marks")
    grade = models.CharField(_("等次"), max_length=20, blank=True)
    score = models.DecimalField(_("得分"), max_digits=6, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("得分")
        ordering = ("dimension__position", "id")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["sheet", "dimension"], name="one_mark_per_dimension"),
            models.CheckConstraint(condition=Q(score__gte=0), name="mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.score}"


class SheetSubmission(models.Model):
    """One sending of a phone: its key, what was sent, and the answer that every further try gets as well."""

    audit_is_confidential = True

    rater = models.ForeignKey(Rater, models.CASCADE, related_name="submissions")
    key = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("评分提交")
        ordering = ("id",)
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["rater", "key"], name="one_answer_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.rater}的评分提交"

    @property
    def audit_organization(self) -> Organization:
        return self.rater.meeting.committee


def marks_in_words(sheet: ScoreSheet, scheme: Scheme) -> list[tuple[str, str]]:
    """(line, mark) as people read it: 较好, 85, 较好 85, 弃权."""
    labels = {grade.code: grade.label for grade in scheme.grades.all()} | {"": "", ABSTAIN: "弃权"}
    found = []
    for mark in sheet.marks.select_related("dimension"):
        points = "" if mark.score is None or scheme.marks_by_grade else plain_decimal(mark.score)
        found.append((mark.dimension.name, f"{labels[mark.grade]} {points}".strip()))
    return found


@dataclasses.dataclass(frozen=True)
class CategoryProgress:
    """`expected` sheets of `raters` people, `returned` of them in. Nobody is asked about the own organization.

    `out` people have not handed in everything; `begun` sheets lie at the server unfinished; `shortcuts` were
    filled by 同上 or 全部好.
    """

    name: str
    raters: int
    expected: int
    returned: int
    out: int = 0
    begun: int = 0
    shortcuts: int = 0


def sheet_progress(meeting: Meeting) -> list[CategoryProgress]:
    """How many sheets are in for each named category; never whose and never marks (S-118, S-121)."""
    reporters = [(r.organization_id, r.post.person_id) for r in meeting.reporters]
    raters = list(meeting.raters.values_list("pk", "person_id", "category_id"))
    own = own_organizations(meeting.cycle.year, [person for _, person, _ in raters])
    expected = {
        rater: sum(1 for unit, reporter in reporters if unit not in own[person] and reporter != person)
        for rater, person, _ in raters
    }
    states: dict[int, Counter[str]] = {rater: Counter() for rater in expected}
    sheets = ScoreSheet.objects.filter(rater__meeting=meeting)
    for rater, state, shortcut in sheets.values_list("rater", "state", "shortcut"):
        states[rater][state] += 1
        states[rater]["shortcut"] += bool(shortcut)
    return [
        _category_progress(category.name, [rater for rater, _, c in raters if c == category.pk], expected, states)
        for category in meeting.cycle.scheme.categories.named()
    ]


def _category_progress(
    name: str, raters: list[int], expected: dict[int, int], states: dict[int, Counter[str]]
) -> CategoryProgress:
    def total(what: str) -> int:
        return sum(states[rater][what] for rater in raters)

    return CategoryProgress(
        name,
        raters=len(raters),
        expected=sum(expected[rater] for rater in raters),
        returned=total(SheetState.SUBMITTED),
        out=sum(states[rater][SheetState.SUBMITTED] < expected[rater] for rater in raters),
        begun=total(SheetState.DRAFT),
        shortcuts=total("shortcut"),
    )


@dataclasses.dataclass(frozen=True)
class SheetRow:
    """One reporter on a rater's list. `number` counts those the rater scores; None for the own organization."""

    reporter: Reporter
    sheet: ScoreSheet | None
    number: int | None

    @property
    def is_own(self) -> bool:
        return self.number is None

    @property
    def is_done(self) -> bool:
        return self.sheet is not None and self.sheet.is_submitted


def sheet_rows(rater: Rater) -> list[SheetRow]:
    """Everybody who reports, oral then written, with the rater's sheet; four queries."""
    sheets = {sheet.reporter_id: sheet for sheet in rater.sheets.all()}
    rows, number = [], 0
    for reporter in rater.meeting.reporters:
        scores = rater.may_score(reporter)
        number += scores
        rows.append(SheetRow(reporter, sheets.get(reporter.pk), number if scores else None))
    return rows
