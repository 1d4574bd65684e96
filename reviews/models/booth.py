"""The box. A row is what a phone sent, and nothing else: no time, no sequence, no address, no person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .ballot_rounds import BallotRound


class SealedBallot(models.Model):
    """One submission; a second one of the same slip is another row, and the highest counter inside wins."""

    # Chosen at random by the phone, so that neither keys nor the order of an index tell a time.
    submission = models.CharField(max_length=32, primary_key=True)
    round = models.ForeignKey(BallotRound, models.PROTECT, related_name="box")
    slip_hash = models.CharField(max_length=64, db_index=True)
    ciphertext = models.BinaryField()

    class Meta:
        verbose_name = _("密封选票")

    def __str__(self) -> str:
        return "密封选票"
