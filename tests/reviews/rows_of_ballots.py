"""A round of anonymous ballots for tests, run through its own actions."""

import dataclasses
import secrets
from typing import Any

from accounts.models import User
from reporting.rules.schemes import RatingChannel, ScoringMode
from reviews.actions.ballot_rounds import (
    Issue,
    close_round,
    create_round,
    make_keys,
    open_round,
    seal_box,
    settle_issue,
)
from reviews.actions.booth import accept_ballot
from reviews.actions.slips import print_slips, void_slips
from reviews.models import BallotRound, Meeting
from reviews.rules.ballot_rounds import KeyMode
from reviews.sealing.ballots import seal, write_ballot
from reviews.sealing.codes import SlipCode
from tests.reviews.rows_of_scoring import make_meeting
from tests.world import World


@dataclasses.dataclass
class Round:
    """The row, and what exists on paper only: envelopes, and slips by letter."""

    row: BallotRound
    envelopes: tuple[str, ...]
    slips: dict[str, list[SlipCode]]
    clerk: User

    def fresh(self) -> BallotRound:
        self.row = BallotRound.objects.select_related("meeting__cycle__committee").get(pk=self.row.pk)
        return self.row

    def sealed(self, marks: dict[str, Any], counter: int = 1) -> bytes:
        row = self.row
        return seal(write_ballot(row.description, marks, counter=counter), row.public_key)

    def vote(self, code: SlipCode, marks: dict[str, Any], counter: int = 1) -> None:
        accept_ballot(code.long, submission=secrets.token_hex(16), sealed=self.sealed(marks, counter))

    def seal(self) -> BallotRound:
        close_round(self.fresh(), by=self.clerk)
        return seal_box(self.fresh(), by=self.clerk)


def ballot_meeting(world: World, *, mode: str = ScoringMode.GRADE) -> Meeting:
    """A live meeting whose scheme lets both categories vote by ballot."""
    scheme = world.cycle.scheme
    scheme.categories.update(channel=RatingChannel.ANONYMOUS)
    scheme.scoring_mode, scheme.asks_overall, scheme.asks_remark = mode, True, True
    scheme.save()
    return make_meeting(world.cycle)


def make_round(
    world: World, *, voters: tuple[int, int] = (8, 8), mode: str = KeyMode.SIMPLE, meeting: Meeting | None = None
) -> Round:
    """A round whose slips are printed; grace time nought."""
    clerk = world.user("clerk")
    meeting = meeting or ballot_meeting(world)
    categories = [category.pk for category in meeting.cycle.scheme.categories.all()]
    facts = {
        "title": "民主测评",
        "mode": mode,
        "smallest_group": 5,
        "grace_seconds": 0,
        "expected": sum(voters),
    }
    row = create_round(meeting, facts=facts, voters=dict(zip(categories, voters, strict=True)), by=clerk)
    row, envelopes = make_keys(row, by=clerk)
    slips = {pile.category.letter: codes for pile, codes in print_slips(row, by=clerk)}
    made = Round(row, envelopes.codes, slips, clerk)
    made.fresh()
    return made


def open_up(made: Round) -> Round:
    """Give out one slip a voter, strike off the rest, open voting."""
    row = made.fresh()
    issue = {}
    for pile in row.piles.select_related("category"):
        codes = made.slips[pile.category.letter]
        void_slips(row, texts=[code.long for code in codes[pile.voters :]], by=made.clerk)
        issue[pile.pk] = Issue(pile.voters, len(codes) - pile.voters, 0)
    present = sum(pile.voters for pile in row.piles.all())
    settle_issue(row, piles=issue, present=present, by=made.clerk)
    open_round(row, by=made.clerk)
    made.fresh()
    return made


def all_marked(row: BallotRound, grade: str, remark: str = "") -> dict[str, Any]:
    """Every line of everybody with the same grade."""
    return {
        reporter["id"]: {
            "items": {item["id"]: {"grade": grade} for item in row.description["items"]},
            "overall": {"grade": grade},
            **({"remark": remark} if remark else {}),
        }
        for reporter in row.description["reporters"]
    }
