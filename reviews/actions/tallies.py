"""Opening the box: every ballot is counted once, the result is written once, and the box is gone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from nacl.public import PrivateKey

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from reviews.actions.ballot_rounds import box_contents, hold_box, lock_round
from reviews.actions.paper_ballots import paper_casts
from reviews.actions.scrubs import scrub_boxes
from reviews.models import BallotRemark, BallotRound, PaperEntry, SealedBallot, SealedOutput, SlipPile, TallyLine
from reviews.rules.ballot_rounds import ROUND_FLOW, BallotError, returned_fault
from reviews.rules.marks import as_json, read_marks
from reviews.rules.score_sheets import ScoringError
from reviews.rules.sheets import Sheet
from reviews.rules.tallies import Cast, Tally, count_ballots
from reviews.sealing.ballots import Ballot, BallotUnreadable, lines_of, open_sealed, read_ballot
from reviews.sealing.keys import EnvelopeError, open_envelopes, signing_key
from reviews.sealing.output import output_text, sign_output


@transaction.atomic
def count_round(round_: BallotRound, *, envelopes: Sequence[str], witnesses: str, by: User) -> BallotRound:
    """Open the box with its envelopes and count it, phones and paper together; afterwards the box is destroyed.

    Raises BallotError when a row came or went since the box was shut, an envelope does not fit, more came back than
    was given out, or too few ballots are valid to publish anything.
    """
    round_ = lock_round(round_, by=by)
    hold_box(round_.pk, shared=False)
    round_.state = ROUND_FLOW.check(round_.state, "count")
    if box_contents(round_) != (round_.box_count, round_.box_hash):
        raise BallotError("票箱与封箱时记录的张数和校验值不一致，有人动过票箱，不能计票。请保留现场并作废本轮。")
    try:
        key = open_envelopes(envelopes, round_.public_key)
    except EnvelopeError as error:
        raise BallotError(str(error)) from error
    casts, receipts = _phone_casts(round_, key)
    casts += paper_casts(round_)
    tally = _tally(round_, casts)
    piles = _write_piles(round_, tally)
    _write_lines(round_, tally)
    _write_remarks(round_, casts)
    _write_output(round_, tally, piles, receipts)
    round_.counted_at, round_.witnesses = clock.now(), witnesses
    round_.revision += 1
    round_.save()
    SealedBallot.objects.filter(round=round_).delete()
    PaperEntry.objects.of_round(round_).delete()
    round_.slips.all().delete()
    record(round_, "开箱计票", by=by, after={"witnesses": witnesses, "digest": round_.output.digest})
    transaction.on_commit(scrub_boxes, robust=True)
    return round_


def _phone_casts(round_: BallotRound, key: PrivateKey) -> tuple[list[Cast], list[str]]:
    """One ballot a slip, the one with the highest counter, and the receipts, sorted: the order of the box is lost."""
    piles = dict(round_.slips.filter(voided=False, used_on_paper=False).values_list("code_hash", "pile__category"))
    opened: dict[str, list[tuple[int, str, Ballot]]] = {}
    for row in SealedBallot.objects.filter(round=round_):
        given = opened.setdefault(row.slip_hash, [])
        try:
            ballot = read_ballot(round_.description, open_sealed(bytes(row.ciphertext), key))
        except BallotUnreadable:
            continue
        given.append((ballot.counter, row.submission, ballot))
    sheet = Sheet.from_json(round_.description)
    chosen = [
        (piles[slip], max(given, key=lambda each: each[:2])[2] if given else None) for slip, given in opened.items()
    ]
    casts = [
        Cast(category, _checked(sheet, ballot.marks), used_shortcut=ballot.shortcuts > 0)
        if ballot
        else Cast(category, None)
        for category, ballot in chosen
    ]
    return casts, sorted(ballot.receipt for _, ballot in chosen if ballot)


def _checked(sheet: Sheet, marks: dict[str, Any]) -> dict[str, Any] | None:
    """None when the marks do not keep the sheet's rules: 无效."""
    try:
        return as_json(read_marks(sheet, marks))
    except ScoringError:
        return None


def _tally(round_: BallotRound, casts: list[Cast]) -> Tally:
    lines = [
        (reporter["id"], line)
        for reporter in round_.description["reporters"]
        for line in lines_of(round_.description, reporter)
    ]
    categories = list(round_.piles.values_list("category", flat=True))
    return count_ballots(lines, categories, casts, smallest=round_.smallest_group)


def _write_piles(round_: BallotRound, tally: Tally) -> list[SlipPile]:
    piles = list(round_.piles.select_related("category"))
    by_category = {pile.category_id: pile for pile in piles}
    for pile in piles:
        counts = tally.piles[pile.category_id]
        fault = returned_fault(pile.name, pile.issued or 0, counts.by_phone + counts.on_paper)
        if fault:
            raise BallotError(fault)
        pile.by_phone, pile.on_paper = counts.by_phone, counts.on_paper
        pile.valid, pile.invalid, pile.abstained = counts.valid, counts.invalid, counts.abstained
        # Of a category that was merged nobody sees how it voted.
        into = tally.merged.get(pile.category_id)
        pile.shortcuts = tally.shortcuts.get(pile.category_id, 0) if into is None else None
        pile.merged_into = by_category[into] if into is not None else None
        pile.save()
    return piles


def _write_lines(round_: BallotRound, tally: Tally) -> None:
    rows = [
        TallyLine(
            round=round_,
            category_id=category,
            reporter_id=int(reporter),
            dimension_id=int(line) if line else None,
            grade_code="" if mark.is_void else mark.grade,
            points=mark.points,
            abstained=mark.abstains,
            void=mark.is_void,
            count=count,
        )
        for (category, reporter, line), mark, count in tally.counts()
    ]
    TallyLine.objects.bulk_create(rows, batch_size=2000)


def _write_remarks(round_: BallotRound, casts: list[Cast]) -> None:
    """Held until the clerk has read them; without category, loaded in an order drawn by lot."""
    rows = [
        BallotRemark(round=round_, reporter_id=int(reporter), text=given["remark"])
        for cast in casts
        for reporter, given in (cast.marks or {}).items()
        if given.get("remark")
    ]
    secrets.SystemRandom().shuffle(rows)
    BallotRemark.objects.bulk_create(sorted(rows, key=lambda row: row.id))


def _write_output(round_: BallotRound, tally: Tally, piles: list[SlipPile], receipts: list[str]) -> None:
    text = output_text(
        round_=round_.title,
        meeting=round_.meeting.title,
        box=(round_.box_count or 0, round_.box_hash),
        description=round_.description,
        piles=[_pile_facts(pile) for pile in piles],
        votes=tally.votes,
        receipts=receipts,
    )
    digest, signature = sign_output(text, signing_key(round_.pk))
    SealedOutput.objects.create(round=round_, text=text, digest=digest, signature=signature, receipts=receipts)


def _pile_facts(pile: SlipPile) -> dict[str, Any]:
    return {
        "category": pile.category_id,
        "name": pile.name,
        "label": pile.category.name,
        "weight": str(pile.category.weight),
        "printed": pile.printed,
        "issued": pile.issued,
        "unissued": pile.unissued,
        "spoiled": pile.spoiled,
        "by_phone": pile.by_phone,
        "on_paper": pile.on_paper,
        "valid": pile.valid,
        "invalid": pile.invalid,
        "abstained": pile.abstained,
        "shortcuts": pile.shortcuts,
        "merged_into": pile.merged_into.category_id if pile.merged_into else None,
    }
