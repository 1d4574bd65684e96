"""Slips: printed, struck off before voting, marked when a ballot of paper came in with one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from reviews.actions.ballot_rounds import hold_box, lock_round
from reviews.models import BallotRound, SealedBallot, Slip, SlipPile
from reviews.rules.ballot_rounds import ACCEPTING, BEFORE_VOTING, ROUND_FLOW, BallotError, RoundState
from reviews.rules.slips import (
    MOST_SLIPS,
    UnknownSlipError,
    UsedOnPaperError,
    UsedOnPhoneError,
    VoidedSlipError,
    slips_for,
)
from reviews.sealing.codes import SlipCode, digest_of, new_code, read_code

PAPER_STATES = ACCEPTING | {RoundState.SEALED}


@transaction.atomic
def print_slips(round_: BallotRound, *, by: User) -> list[tuple[SlipPile, list[SlipCode]]]:
    """New codes for every pile; those printed before are gone. The codes exist in the answer only.

    All digests are loaded sorted, in one transaction: neither ids nor places on the disk follow the print.
    """
    round_ = lock_round(round_, by=by)
    round_.state = ROUND_FLOW.check(round_.state, "print_slips")
    piles = list(round_.piles.select_related("category"))
    if not any(pile.voters for pile in piles):
        raise BallotError("请先填写各类别的应投票人数。")
    if sum(slips_for(pile.voters) for pile in piles) > MOST_SLIPS:
        raise BallotError(f"一轮最多印制{MOST_SLIPS}张测评码。")
    codes = [(pile, [new_code() for _ in range(slips_for(pile.voters) if pile.voters else 0)]) for pile in piles]
    round_.slips.all().delete()
    Slip.objects.bulk_create(
        sorted((_slip(pile, code) for pile, of_pile in codes for code in of_pile), key=lambda slip: slip.code_hash)
    )
    for pile, of_pile in codes:
        pile.printed = len(of_pile)
        pile.issued = pile.unissued = pile.spoiled = None
        pile.save(update_fields=["printed", "issued", "unissued", "spoiled"])
    round_.revision += 1
    round_.save(update_fields=["state", "revision"])
    record(round_, "印制测评码", by=by, after={pile.name: pile.printed for pile in piles})
    return codes


def _slip(pile: SlipPile, code: SlipCode) -> Slip:
    return Slip(
        code_hash=digest_of(code.long), typed_hash=digest_of(code.short), round_id=pile.round_id, pile_id=pile.pk
    )


@transaction.atomic
def void_slips(round_: BallotRound, *, texts: Iterable[str], by: User) -> dict[str, Any]:
    """Strike off slips that were not given out, as scanned or typed, before voting opens.

    The answer: how many `voided`, how many `again` (struck off before), and the lines that are no slip, `unknown`.
    """
    round_ = lock_round(round_, by=by)
    if round_.state not in BEFORE_VOTING:
        raise BallotError("投票开始以后不能再注销测评码。")
    result: dict[str, Any] = {"voided": 0, "again": 0, "unknown": []}
    for place, text in enumerate(texts, start=1):
        slip = _find(round_, text)
        if slip is None:
            result["unknown"].append(place)
        elif slip.voided:
            result["again"] += 1
        else:
            Slip.objects.filter(pk=slip.pk).update(voided=True)
            result["voided"] += 1
    record(round_, "注销未发测评码", by=by, after={"count": result["voided"]})
    return result


@transaction.atomic
def mark_slip_used_on_paper(round_: BallotRound, *, text: str, by: User) -> SlipPile:
    """A ballot of paper came in with this slip: no phone may use it any more. The answer is its pile.

    Under the same lock as the ballots of phones, so that a slip counts once. Raises SlipError.
    Keep nothing that joins the slip to the marks: the pile is all that the count needs.
    """
    round_ = lock_round(round_, by=by)
    hold_box(round_.pk, shared=False)
    if round_.state not in PAPER_STATES:
        raise BallotError("投票开始以后、开箱计票以前，才能录入纸质测评票。")
    slip = _find(round_, text)
    if slip is None:
        raise UnknownSlipError
    if slip.voided:
        raise VoidedSlipError
    if slip.used_on_paper:
        raise UsedOnPaperError
    if SealedBallot.objects.filter(round=round_, slip_hash=slip.pk).exists():
        raise UsedOnPhoneError
    Slip.objects.filter(pk=slip.pk).update(used_on_paper=True)
    return slip.pile


def _find(round_: BallotRound, text: str) -> Slip | None:
    code = read_code(text)
    return round_.slips.with_code(digest_of(code)).select_related("pile__category").first() if code else None
