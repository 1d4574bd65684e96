"""Anonymous ballots of the demo: slips drawn, phones and a few papers, remarks that wait to be read."""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models.functions import Now

from accounts.models import User
from overview.demo.cast import account, clerk, on
from overview.demo.source import read
from reviews.actions.ballot_remarks import decide_remark
from reviews.actions.ballot_rounds import (
    Issue,
    close_round,
    create_round,
    destroy_keys,
    make_keys,
    open_round,
    seal_box,
    settle_issue,
)
from reviews.actions.booth import accept_ballot
from reviews.actions.paper_ballots import decide_paper, enter_paper
from reviews.actions.slips import mark_slip_used_on_paper, print_slips, void_slips
from reviews.actions.tallies import count_round
from reviews.models import BallotRemark, BallotRound, Meeting, SlipPile
from reviews.rules.ballot_remarks import RemarkState
from reviews.rules.ballot_rounds import KeyMode
from reviews.rules.paper_ballots import VOID, VOID_REASONS, Entry, Turn
from reviews.sealing.ballots import seal, write_ballot
from reviews.sealing.codes import SlipCode
from reviews.sealing.keys import Envelopes

SECOND_CLERK, THIRD_CLERK = "P012", "P013"
Marks = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Hall:
    """A round under way: its envelopes, and the slips that were drawn, by pile; nothing of it is stored."""

    round: BallotRound
    envelopes: Envelopes
    drawn: list[tuple[SlipPile, list[SlipCode]]]


def begin_round(
    meeting: Meeting, *, facts: Mapping[str, Any], drawn: Sequence[int], voters: Sequence[int], present: int, by: User
) -> Hall:
    """Keys, slips, and what of each pile was drawn; the last slip but one of each pile was spoiled."""
    categories = [category for category in meeting.cycle.scheme.categories.all() if category.is_anonymous]
    wanted = {category.pk: number for category, number in zip(categories, voters, strict=True)}
    round_ = create_round(meeting, facts=facts, voters=wanted, by=by)
    round_, envelopes = make_keys(round_, by=by)
    piles = print_slips(round_, by=by)
    issue, given = {}, []
    for (pile, codes), number in zip(piles, drawn, strict=True):
        left = codes[number + 1 :]
        void_slips(round_, texts=[code.short for code in left], by=by)
        issue[pile.pk] = Issue(number, len(left), 1)
        given.append((pile, codes[:number]))
    settle_issue(round_, piles=issue, present=present, by=by)
    return Hall(open_round(round_, by=by), envelopes, given)


def vote(hall: Hall, codes: Iterable[SlipCode], marks: Callable[[int], Marks]) -> None:
    """From phones, one after another."""
    description = hall.round.description
    for number, code in enumerate(codes):
        plain = write_ballot(description, marks(number), counter=1)
        sealed = seal(plain, hall.round.public_key)
        accept_ballot(code.long, submission=secrets.token_hex(16), sealed=sealed)


def load_counted_round(meeting: Meeting) -> None:
    """Delegates of last year's county meeting: 30 were asked, 28 drew a slip, 22 voted by phone and 4 on paper."""
    facts = {"title": "“两代表一委员”和党员群众代表测评", "mode": KeyMode.ENVELOPES, "expected": 96}
    facts |= {"smallest_group": 5, "grace_seconds": 120}
    with on("2026-01-15", 8, 40):
        hall = begin_round(meeting, facts=facts, voters=[30], drawn=[28], present=93, by=clerk())
    ((pile, codes),) = hall.drawn
    with on("2026-01-15", 10, 45):
        vote(hall, codes[:22], lambda number: _marks(hall.round, number, _remarks(hall.round, number)))
        _type_papers(hall, pile, codes[22:26])
        close_round(hall.round, by=clerk())
        # The waiting is over, whatever day the machine believes it is.
        BallotRound.objects.filter(pk=hall.round.pk).update(closes_at=Now() - dt.timedelta(seconds=1))
        seal_box(hall.round, by=clerk())
    with on("2026-01-15", 11, 10):
        keys, witnesses = hall.envelopes.codes[:2], "聂伟、龚建军"
        round_ = count_round(hall.round, envelopes=keys, witnesses=witnesses, by=clerk())
        destroy_keys(round_, witnesses=witnesses, by=clerk())
    with on("2026-01-16", 9):
        _read_remarks(round_)


def _marks(round_: BallotRound, voter: int, remarks: Mapping[str, str]) -> Marks:
    """Points around 90, one line left out here and there; `remarks` by id of the reporter."""
    found: Marks = {}
    for place, reporter in enumerate(round_.description["reporters"]):
        items = {
            item["id"]: {"points": str(84 + (voter * 5 + place * 7 + line * 3) % 15)}
            for line, item in enumerate(reporter.get("items") or round_.description["items"])
            if (voter + place * 2 + line) % 41
        }
        found[reporter["id"]] = {"items": items}
        if reporter["id"] in remarks:
            found[reporter["id"]]["remark"] = remarks[reporter["id"]]
    return found


def _remarks(round_: BallotRound, voter: int) -> dict[str, str]:
    """Every third voter writes one."""
    rows = read("ballots")["remarks"]
    if voter % 3 or voter // 3 >= len(rows):
        return {}
    row = rows[voter // 3]
    reporter = round_.meeting.cycle.reporters.get(organization__code=row["organization"])
    return {str(reporter.pk): row["text"]}


def _type_papers(hall: Hall, pile: SlipPile, codes: Sequence[SlipCode]) -> None:
    """Four papers, typed by two clerks: one differs and is looked at again, one has a void line, one is void."""
    first, second, third = clerk(), account(SECOND_CLERK), account(THIRD_CLERK)
    for number, code in enumerate(codes, start=1):
        mark_slip_used_on_paper(hall.round, text=code.typed, by=first)
        marks = _marks(hall.round, 22 + number, {})
        row = next(iter(marks.values()))["items"]
        line = next(iter(row))
        if number == 2:
            row[line] = {"grade": VOID}
        entry = Entry({}, VOID_REASONS[0]) if number == 4 else Entry(marks)
        enter_paper(pile, number=number, turn=Turn.FIRST, entry=entry, by=first)
        if number == 3:
            slip = {key: {**given, "items": dict(given["items"])} for key, given in marks.items()}
            next(iter(slip.values()))["items"][line] = {"points": "48"}
            enter_paper(pile, number=number, turn=Turn.SECOND, entry=Entry(slip), by=second)
            decide_paper(pile, number=number, entry=entry, by=third)
        else:
            enter_paper(pile, number=number, turn=Turn.SECOND, entry=entry, by=second)


def _read_remarks(round_: BallotRound) -> None:
    """As far as the clerk has come: some are passed on, one is kept back, the others wait."""
    states = {row["text"]: row["state"] for row in read("ballots")["remarks"]}
    for remark in BallotRemark.objects.filter(round=round_):
        if states[remark.text] != RemarkState.HELD:
            decide_remark(remark, release=states[remark.text] == RemarkState.RELEASED, by=clerk())
