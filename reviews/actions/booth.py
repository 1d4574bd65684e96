"""Taking a ballot: nobody is signed in, and nothing is written down but the sealed ballot itself."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models.functions import Now

from reviews.actions.ballot_rounds import box_lock, hold_box
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
    if not SUBMISSION.fullmatch(submission):
        raise UnfitBallotError
    with transaction.atomic():
        round_id = _put(code, submission, sealed)
        if round_id is not None:
            return _acknowledge(round_id, submission, sealed)
        # Sent before, in the grace time, or not to be taken: one question after another finds out which.
        slip = _locate(code)
        hold_box(slip.round, shared=True)
        fault = _fault(slip, sealed)
        if fault is None and _insert(slip, submission, sealed):
            return _acknowledge(slip.round, submission, sealed)
        stored = SealedBallot.objects.filter(pk=submission).first()
        if stored is not None and stored.slip_hash == slip.hash and bytes(stored.ciphertext) == sealed:
            return _acknowledge(slip.round, submission, sealed)
        raise fault or OtherBallotError


def find_slip(code: str) -> Slip:
    """The slip of a scanned or typed code, while a phone may use it: nobody fills in what is refused at the end.

    Raises UnknownSlipError, VoidedSlipError, UsedOnPaperError.
    """
    read = read_code(code)
    slip = Slip.objects.with_code(digest_of(read)).select_related("round__meeting").first() if read else None
    if slip is None:
        raise UnknownSlipError
    if slip.voided:
        raise VoidedSlipError
    if slip.used_on_paper:
        raise UsedOnPaperError
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


class _Place(NamedTuple):
    hash: str
    round: int


# A hall hands in within two minutes, so these statements are written out: building them takes longer than running them.
_HOLD = (
    "SELECT pg_advisory_xact_lock_shared(%(lock)s + round_id) FROM reviews_slip "
    "WHERE code_hash = %(digest)s OR typed_hash = %(digest)s; "
)
_PUT = (
    "INSERT INTO reviews_sealedballot (submission, round_id, slip_hash, ciphertext) "
    "SELECT %(submission)s, s.round_id, s.code_hash, %(sealed)s "
    "FROM reviews_slip s JOIN reviews_ballotround r ON r.id = s.round_id "
    "WHERE (s.code_hash = %(digest)s OR s.typed_hash = %(digest)s) AND NOT s.voided AND NOT s.used_on_paper "
    "AND r.state = %(open)s AND r.box_size = %(size)s "
    "AND (SELECT count(*) FROM reviews_sealedballot b WHERE b.slip_hash = s.code_hash) < %(most)s "
    "ON CONFLICT (submission) DO NOTHING RETURNING round_id"
)
_LOCATE = "SELECT code_hash, round_id FROM reviews_slip WHERE code_hash = %s OR typed_hash = %s"
_STATE = (
    "SELECT s.voided, s.used_on_paper, r.state, r.box_size, "
    "(SELECT count(*) FROM reviews_sealedballot b WHERE b.slip_hash = s.code_hash) "
    "FROM reviews_slip s JOIN reviews_ballotround r ON r.id = s.round_id WHERE s.code_hash = %s"
)
_INSERT = (
    "INSERT INTO reviews_sealedballot (submission, round_id, slip_hash, ciphertext) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (submission) DO NOTHING"
)


def _put(code: str, submission: str, sealed: bytes) -> int | None:
    """The round of a ballot that is in the box now; None for every ballot about which there is something to say.

    The lock and what is read under it travel to the database together. They stay two statements: each sees what was
    committed before it began, so a box that was shut while the first waited is shut for the second.
    """
    values: dict[str, str | bytes | int] = {
        "lock": box_lock(0),
        "submission": submission,
        "sealed": sealed,
        "digest": _digest(code),
        "open": RoundState.OPEN,
        "size": len(sealed) - sealed_size(0),
        "most": MOST_OF_ONE_SLIP,
    }
    with connection.cursor() as cursor:
        cursor.execute((_HOLD if connection.vendor == "postgresql" else "") + _PUT, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _digest(code: str) -> str:
    read = read_code(code)
    return digest_of(read) if read else ""


def _locate(code: str) -> _Place:
    """Raises UnknownSlipError."""
    digest = _digest(code)
    with connection.cursor() as cursor:
        cursor.execute(_LOCATE, [digest, digest])
        row = cursor.fetchone()
    if row is None:
        raise UnknownSlipError
    return _Place(*row)


def _fault(slip: _Place, sealed: bytes) -> Exception | None:
    """Why the ballot is not taken, as things stand under the lock."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [slip.hash])
        row = cursor.fetchone()
    if row is None:  # the box was opened meanwhile
        return UnknownSlipError()
    voided, used_on_paper, state, size, sent = row
    if voided:
        return VoidedSlipError()
    if used_on_paper:
        return UsedOnPaperError()
    if state != RoundState.OPEN and not _in_grace(slip, state):
        return NotAcceptingError(is_over=state not in BEFORE_VOTING)
    if len(sealed) != sealed_size(size):
        return UnfitBallotError()
    return TooManyBallotsError() if sent >= MOST_OF_ONE_SLIP else None


def _in_grace(slip: _Place, state: str) -> bool:
    """By the clock of the database."""
    return state == RoundState.CLOSING and BallotRound.objects.accepting().filter(pk=slip.round).exists()


def _insert(slip: _Place, submission: str, sealed: bytes) -> bool:
    """False when the submission is there already; one that runs beside it is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [submission, slip.round, slip.hash, sealed])
        return bool(cursor.rowcount == 1)
