"""What the box came to: counts by category, reporter and line; never a ballot."""

from __future__ import annotations

import dataclasses
import typing
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from reporting.models import Cycle, RaterCategory, Reporter, ScoreDimension
from reviews.rules.ballot_rounds import TALLIED

from .ballot_rounds import BallotRound


class TallyLineQuerySet(models.QuerySet["TallyLine"]):
    def of_cycle(self, cycle: Cycle) -> typing.Self:
        """Of rounds that were counted and not voided afterwards."""
        return self.filter(round__meeting__cycle=cycle, round__state__in=TALLIED)

    def overall(self) -> typing.Self:
        return self.filter(dimension__isnull=True)


class TallyLine(models.Model):
    """How many valid ballots of a category gave a reporter this very mark on this line.

    `dimension` null = 总体评价. Abstentions (弃权, 不了解) are the line with `abstained`, without grade and points.
    A category that was too small stands under the one it was merged into (`SlipPile.merged_into`).
    """

    round = models.ForeignKey(BallotRound, models.PROTECT, related_name="tally_lines")
    category = models.ForeignKey(RaterCategory, models.PROTECT, related_name="tally_lines")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="tally_lines")
    dimension = models.ForeignKey(ScoreDimension, models.PROTECT, null=True, blank=True, related_name="tally_lines")
    grade_code = models.CharField(_("等次"), max_length=20, blank=True)
    points = models.DecimalField(_("分值"), max_digits=6, decimal_places=2, null=True, blank=True)
    abstained = models.BooleanField(_("弃权"), default=False)
    count = models.PositiveIntegerField(_("票数"))

    objects = TallyLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("计票结果")
        ordering = ("round", "category__position", "reporter__order", "dimension__position", "id")
        constraints: typing.ClassVar = [
            # Absent lines and points count as equal, on SQLite too.
            models.UniqueConstraint(
                "round",
                "category",
                "reporter",
                Coalesce("dimension", 0),
                "grade_code",
                Coalesce("points", Decimal(-1)),
                "abstained",
                name="one_count_per_mark",
            ),
            models.CheckConstraint(
                condition=Q(abstained=False) | Q(grade_code="", points__isnull=True), name="abstention_has_no_mark"
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.reporter} {self.dimension or '总体评价'} {self.grade_code or self.points or '弃权'}：{self.count}"
        )


class SealedOutput(models.Model):
    """The output of the count: written once, signed, enough to count anew without the database."""

    round = models.OneToOneField(BallotRound, models.PROTECT, related_name="output")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    # 验票码, sorted; published, and joined to nothing.
    receipts = models.JSONField(default=list)

    class Meta:
        verbose_name = _("密封输出")

    def __str__(self) -> str:
        return f"{self.round}密封输出"


@dataclasses.dataclass(frozen=True)
class TallyTable:
    """One line of the sheet for all reporters: for each category its columns, and a row of numbers a reporter."""

    title: str
    groups: list[tuple[str, list[str]]]  # name of the category, headings of its columns
    rows: list[tuple[Reporter, list[str]]]


def tally_tables(round_: BallotRound) -> list[TallyTable]:
    """总体评价 first, then each item; the number of queries does not grow with reporters or lines."""
    lines = list(round_.tally_lines.select_related("category", "dimension").order_by("category__position"))
    categories = {line.category_id: line.category for line in lines}
    reporters = {line.reporter_id: line for line in lines}
    known = Reporter.objects.filter(pk__in=reporters).select_related("organization", "post__person", "cycle")
    order = {int(row["id"]): row["order"] for row in round_.description["reporters"]}
    people = sorted(known, key=lambda reporter: order[reporter.pk])
    titles = {line.dimension_id: str(line.dimension or _("总体评价")) for line in lines}
    counts: dict[tuple[int | None, int, int], list[TallyLine]] = {}
    for line in lines:
        counts.setdefault((line.dimension_id, line.category_id, line.reporter_id), []).append(line)
    columns = _Columns(round_.description)
    tables = []
    for dimension, title in sorted(titles.items(), key=lambda each: (each[0] is not None, each[0] or 0)):
        headings = columns.headings(overall=dimension is None)
        rows = [
            (
                person,
                [
                    text
                    for category in categories
                    for text in columns.texts(
                        counts.get((dimension, category, person.pk), []), overall=dimension is None
                    )
                ],
            )
            for person in people
            if any((dimension, category, person.pk) in counts for category in categories)
        ]
        groups = [(f"{category.letter}票（{category.name}）", headings) for category in categories.values()]
        tables.append(TallyTable(title, groups, rows))
    return tables


class _Columns:
    """Counts by grade where grades are ticked, a mean where points are given; abstentions last."""

    def __init__(self, description: dict[str, typing.Any]) -> None:
        self.grades = [(grade["code"], grade["label"]) for grade in description["grades"]]
        self.by_points = description["mode"] == "points"

    def headings(self, *, overall: bool) -> list[str]:
        shown = [_("平均分")] if self.by_points and not overall else [label for _code, label in self.grades]
        return [str(label) for label in [*shown, _("弃权")]]

    def texts(self, lines: list[TallyLine], *, overall: bool) -> list[str]:
        if self.by_points and not overall:
            given = [(line.points, line.count) for line in lines if line.points is not None]
            votes = sum(count for _points, count in given)
            total = sum((points * count for points, count in given), Decimal(0))
            shown = [str((total / votes).quantize(Decimal("0.01"), ROUND_HALF_UP)) if votes else "—"]
        else:
            shown = [str(sum(line.count for line in lines if line.grade_code == code)) for code, _label in self.grades]
        return [*shown, str(sum(line.count for line in lines if line.abstained))]
