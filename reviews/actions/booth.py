"""Taking a ballot: nobody is signed in, and nothing is written down but the sealed ballot itself."""

from __future__ import annotations

import dataclasses
import hashlib
import re

from django.db import connection, transaction
from django.db.models import Count, Subquery
from django.db.models.functions import Now

from reviews.actions.ballot_rounds import hold_box
from reviews.models import BallotRound, SealedBallot, Slip
from reviews.rules.ballot_rounds import BEFORE_VOTING, RoundState
from reviews.rules.booth import (
    MOST_OF_ONE_SLIP,
    NotAcceptingError,
    OtherBallotError,
    TooManyBallotsError,
    UnfitBallotError,
)
from reviews.rules.slips import UnknownSlipError, UsedOnPaperError, VoidedSlipError
from reviews.sealing.ballots import sealed_size
from reviews.sealing.codes import digest_of, read_code
from reviews.sealing.keys import signing_key

SUBMISSION = re.compile(r"[0-9a-f]{32}")


@dataclasses.dataclass(frozen=True)
class Acknowledgement:
    """Given after the commit only. `signature` says that this very ballot is in the box of the round."""

    submission: str
    signature: str


def accept_ballot(code: str, *, submission: str, sealed: bytes) -> Acknowledgement:
    """Put a sealed ballot into the box and answer once it is committed.

    The same submission again is answered the same and counts once; with another content it is refused.
    Raises BallotError.
    """
    slip = find_slip(code)
    if not SUBMISSION.fullmatch(submission):
        raise UnfitBallotError
    with transaction.atomic():
        hold_box(slip.round_id, shared=True)
        fault = _fault(slip, sealed)
        if fault is None and _insert(slip, submission, sealed):
            return _acknowledge(slip.round_id, submission, sealed)
        stored = SealedBallot.objects.filter(pk=submission).first()
        if stored is not None and stored.slip_hash == slip.pk and bytes(stored.ciphertext) == sealed:
            return _acknowledge(slip.round_id, submission, sealed)
        raise fault or OtherBallotError


def find_slip(code: str) -> Slip:
    """The slip of a scanned or typed code. Raises UnknownSlipError."""
    read = read_code(code)
    slip = Slip.objects.with_code(digest_of(read)).select_related("round").first() if read else None
    if slip is None:
        raise UnknownSlipError
    return slip


def _acknowledge(round_id: int, submission: str, sealed: bytes) -> Acknowledgement:
    """The same bytes that the page checks against the round's verify key (static/js/sealing.js)."""
    message = f"{round_id} {submission} ".encode() + hashlib.sha512(sealed).digest()
    return Acknowledgement(submission, signing_key(round_id).sign(message).signature.hex())


def seconds_left(round_: BallotRound) -> int | None:
    """Of the grace time, by the clock of the database; None while no end was called."""
    if round_.state != RoundState.CLOSING:
        return None
    found = BallotRound.objects.filter(pk=round_.pk).annotate(now=Now()).values_list("closes_at", "now").first()
    return max(0, round((found[0] - found[1]).total_seconds())) if found and found[0] else 0


def _fault(slip: Slip, sealed: bytes) -> Exception | None:
    """Why the ballot is not taken, as things stand under the lock; one query."""
    sent = SealedBallot.objects.filter(slip_hash=slip.pk).order_by().values("slip_hash").annotate(n=Count("*"))
    row = (
        Slip.objects.filter(pk=slip.pk)
        .annotate(sent=Subquery(sent.values("n")), now=Now())
        .values("voided", "used_on_paper", "round__state", "round__closes_at", "round__box_size", "sent", "now")
        .get()
    )
    state, closes = row["round__state"], row["round__closes_at"]
    open_ = state == RoundState.OPEN or (state == RoundState.CLOSING and closes is not None and row["now"] <= closes)
    if row["voided"]:
        return VoidedSlipError()
    if row["used_on_paper"]:
        return UsedOnPaperError()
    if not open_:
        return NotAcceptingError(is_over=state not in BEFORE_VOTING)
    if len(sealed) != sealed_size(row["round__box_size"]):
        return UnfitBallotError()
    return TooManyBallotsError() if (row["sent"] or 0) >= MOST_OF_ONE_SLIP else None


def _insert(slip: Slip, submission: str, sealed: bytes) -> bool:
    """False when the submission is there already; one that runs beside it is waited for."""
    table = connection.ops.quote_name(SealedBallot._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (submission, round_id, slip_hash, ciphertext) VALUES (%s, %s, %s, %s) "  # noqa: S608
            "ON CONFLICT (submission) DO NOTHING",
            [submission, slip.round_id, slip.pk, sealed],
        )
        return bool(cursor.rowcount == 1)
