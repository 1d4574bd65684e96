"""Ballots of paper as two clerks typed them: told by the number stamped on the paper, joined to no slip (S-121)."""

from __future__ import annotations

import typing

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organization
from reviews.rules.paper_ballots import Entry, PaperState, Turn, paper_states
from reviews.rules.sheets import Sheet

from .ballot_rounds import BallotRound, SlipPile


class PaperEntryQuerySet(models.QuerySet["PaperEntry"]):
    def of_round(self, round_: BallotRound) -> typing.Self:
        return self.filter(pile__round=round_)


class PaperEntry(models.Model):
    """One typing of one paper. Gone with the box once the round is counted; the paper is what is kept."""

    # The trail says that somebody typed, and shows nobody the marks.
    audit_is_confidential = True

    pile = models.ForeignKey(SlipPile, models.CASCADE, related_name="paper_entries")
    number = models.PositiveIntegerField(_("票面编号"))
    turn = models.PositiveSmallIntegerField(_("第几遍"), choices=Turn)
    # As rules/marks.py has it, with "void" for a line that is crossed out or ticked twice.
    marks = models.JSONField(default=dict)
    void_reason = models.CharField(_("整票无效的原因"), max_length=60, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = PaperEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("纸质票录入")
        ordering = ("pile", "number", "turn")
        constraints: typing.ClassVar = [
            models.UniqueConstraint(fields=["pile", "number", "turn"], name="one_entry_per_turn"),
            models.CheckConstraint(condition=Q(number__gte=1), name="paper_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.pile.name}第{self.number}号"

    @property
    def entry(self) -> Entry:
        return Entry(self.marks, self.void_reason)

    @property
    def audit_organization(self) -> Organization:
        return self.pile.audit_organization


def papers_of(pile: SlipPile) -> list[PaperState]:
    """The papers of a pile in the order of their numbers, with what counts; one query."""
    sheet = Sheet.from_json(pile.round.description)
    return paper_states(sheet, [(row.number, row.turn, row.entry) for row in pile.paper_entries.all()])
