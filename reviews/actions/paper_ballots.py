"""Ballots of paper: two clerks type each, a third look decides, all are counted with those of phones (S-121)."""

from __future__ import annotations

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from reviews.actions.ballot_rounds import lock_round
from reviews.actions.slips import PAPER_STATES
from reviews.models import BallotRound, PaperEntry, SlipPile
from reviews.models.paper_ballots import papers_of
from reviews.rules.ballot_rounds import BallotError
from reviews.rules.paper_ballots import Entry, PaperState, Turn, cast_marks, papers_fault
from reviews.rules.tallies import Cast


@transaction.atomic
def enter_paper(pile: SlipPile, *, number: int, turn: int, entry: Entry, by: User) -> PaperEntry:
    """Type a paper for the first or second time; one's own typing may be corrected until it is compared and decided.

    Raises BallotError when another clerk typed this turn, or the same clerk typed the other one.
    """
    pile = _open_pile(pile, by=by)
    if fault := typing_fault(pile, number=number, turn=turn, by=by):
        raise BallotError(fault)
    mine = pile.paper_entries.filter(number=number, turn=turn).first()
    row = mine or PaperEntry(pile=pile, number=number, turn=turn, entered_by=by)
    return _write(row, entry, verb="录入纸质票", by=by)


def typing_fault(pile: SlipPile, *, number: int, turn: int, by: User) -> str:
    """Why this person cannot type this paper for this turn; asked before anybody begins to type, too."""
    if not 1 <= number <= (pile.issued or 0):
        return f"票面编号应当在1到{pile.issued or 0}之间，{pile.name}一共发出{pile.issued or 0}张。"
    rows = {row.turn: row for row in pile.paper_entries.filter(number=number).select_related("entered_by__person")}
    if Turn.DECIDED in rows:
        return f"{pile.name}第{number}号已经复看定下，不能再改。"
    mine, other = rows.get(turn), rows.get(Turn.SECOND if turn == Turn.FIRST else Turn.FIRST)
    if mine is not None and mine.entered_by_id != by.pk:
        return f"{pile.name}第{number}号{mine.get_turn_display()}已由{mine.entered_by.display_name}录入。"
    if other is not None and other.entered_by_id == by.pk:
        return f"{pile.name}第{number}号{other.get_turn_display()}是您录的，另一遍要由另一位同志录。"
    return ""


@transaction.atomic
def decide_paper(pile: SlipPile, *, number: int, entry: Entry, by: User) -> PaperEntry:
    """The third look, paper in hand, where two typings differ."""
    pile = _open_pile(pile, by=by)
    paper = next((each for each in papers_of(pile) if each.number == number), None)
    if paper is None or paper.first is None or paper.second is None:
        raise BallotError(f"{pile.name}第{number}号还没有录满两遍，不能复看。")
    if paper.decided is None and not paper.differs:
        raise BallotError(f"{pile.name}第{number}号两遍录入一致，不用复看；录错了的，请原录入人改正。")
    row = pile.paper_entries.filter(number=number, turn=Turn.DECIDED).first()
    row = row or PaperEntry(pile=pile, number=number, turn=Turn.DECIDED)
    row.entered_by = by
    return _write(row, entry, verb="复看纸质票", by=by)


@transaction.atomic
def drop_paper(pile: SlipPile, *, number: int, by: User) -> None:
    """Take out a number that was typed by mistake, with all its typings."""
    pile = _open_pile(pile, by=by)
    gone, _ = pile.paper_entries.filter(number=number).delete()
    if not gone:
        raise BallotError(f"{pile.name}没有第{number}号。")
    record(pile, "删除误录的纸质票编号", by=by, after={"number": number})


def _open_pile(pile: SlipPile, *, by: User) -> SlipPile:
    round_ = lock_round(pile.round, by=by)
    if round_.state not in PAPER_STATES:
        raise BallotError("投票开始以后、开箱计票以前，才能录入纸质测评票。")
    return round_.piles.select_related("category").get(pk=pile.pk)


def _write(row: PaperEntry, entry: Entry, *, verb: str, by: User) -> PaperEntry:
    row.marks, row.void_reason = dict(entry.marks), entry.void_reason
    row.save()
    record(row, verb, by=by, after={"number": row.number, "turn": row.turn, "void": row.void_reason})
    return row


def paper_faults(round_: BallotRound) -> list[str]:
    """Why the papers cannot be counted yet, a sentence for each pile; empty when they can."""
    found = [_fault(pile, papers_of(pile)) for pile in round_.piles.select_related("category", "round")]
    return [fault for fault in found if fault]


def _fault(pile: SlipPile, papers: list[PaperState]) -> str:
    return papers_fault(pile.name, pile.slips.filter(used_on_paper=True).count(), papers)


def paper_casts(round_: BallotRound) -> list[Cast]:
    """The settled papers for the count. Raises BallotError with what is not settled."""
    faults = paper_faults(round_)
    if faults:
        raise BallotError("".join(faults))
    return [
        Cast(pile.category_id, cast_marks(paper.settled), on_paper=True)
        for pile in round_.piles.select_related("round")
        for paper in papers_of(pile)
        if paper.settled is not None
    ]
