"""Slips: hashes of codes, without a number, a time or a name. The codes themselves exist on paper only."""

from __future__ import annotations

import typing

from django.db import models
from django.utils.translation import gettext_lazy as _

from .ballot_rounds import BallotRound, SlipPile


class SlipQuerySet(models.QuerySet["Slip"]):
    def usable(self) -> typing.Self:
        return self.filter(voided=False)

    def with_code(self, digest: str) -> typing.Self:
        """By the digest of the code in the QR or of the typed code (sealing/codes.py)."""
        return self.filter(models.Q(pk=digest) | models.Q(typed_hash=digest))


class Slip(models.Model):
    """Loaded sorted by `code_hash` in one transaction, so that neither ids nor places say who drew which."""

    code_hash = models.CharField(max_length=64, primary_key=True)
    typed_hash = models.CharField(max_length=64, unique=True)
    round = models.ForeignKey(BallotRound, models.CASCADE, related_name="slips")
    pile = models.ForeignKey(SlipPile, models.CASCADE, related_name="slips")
    voided = models.BooleanField(default=False)
    # A ballot of paper was handed in with it; a phone may not use it any more.
    used_on_paper = models.BooleanField(default=False)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("测评码")

    def __str__(self) -> str:
        return "测评码"


def received(round_: BallotRound) -> dict[int, int]:
    """How many slips of each pile came back so far, by id of the pile; by phone and on paper."""
    used = models.Q(used_on_paper=True) | models.Q(pk__in=round_.box.order_by().values("slip_hash"))
    rows = round_.slips.filter(used).order_by().values_list("pile").annotate(count=models.Count("pk"))
    return dict(rows)
