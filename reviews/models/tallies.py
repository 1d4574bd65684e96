"""What the box came to: counts by category, reporter and line; never a ballot."""

from __future__ import annotations

import typing
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from reporting.models import Cycle, RaterCategory, Reporter, ScoreDimension
from reviews.rules.ballot_rounds import TALLIED

from .ballot_rounds import BallotRound


class TallyLineQuerySet(models.QuerySet["TallyLine"]):
    def of_cycle(self, cycle: Cycle) -> typing.Self:
        """Of rounds that were counted and not voided afterwards; what a rehearsal counts is made up."""
        return self.filter(round__meeting__cycle=cycle, round__meeting__rehearsing=False, round__state__in=TALLIED)

    def overall(self) -> typing.Self:
        return self.filter(dimension__isnull=True)


class TallyLine(models.Model):
    """How many valid ballots of a category gave a reporter this very mark on this line.

    `dimension` null = 总体评价. Abstentions (弃权, 不了解) are the line with `abstained`, lines of paper that are ticked
    twice or crossed out (该项无效) the one with `void`; both are without grade and points and count nowhere.
    A category that was too small stands under the one it was merged into (`SlipPile.merged_into`).
    """

    round = models.ForeignKey(BallotRound, models.PROTECT, related_name="tally_lines")
    category = models.ForeignKey(RaterCategory, models.PROTECT, related_name="tally_lines")
    reporter = models.ForeignKey(Reporter, models.PROTECT, related_name="tally_lines")
    dimension = models.ForeignKey(ScoreDimension, models.PROTECT, null=True, blank=True, related_name="tally_lines")
    grade_code = models.CharField(_("等次"), max_length=20, blank=True)
    points = models.DecimalField(_("分值"), max_digits=6, decimal_places=2, null=True, blank=True)
    abstained = models.BooleanField(_("弃权"), default=False)
    void = models.BooleanField(_("该项无效"), default=False)
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
                "void",
                name="one_count_per_mark",
            ),
            models.CheckConstraint(
                condition=Q(abstained=False) | Q(grade_code="", points__isnull=True, void=False),
                name="abstention_has_no_mark",
            ),
            models.CheckConstraint(
                condition=Q(void=False) | Q(grade_code="", points__isnull=True), name="void_line_has_no_mark"
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
