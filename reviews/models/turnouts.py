"""How many sheets and ballots were given out and came back, by category: who is out by number, never by name (S-118)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from django.utils.translation import gettext as _

from reviews.rules.ballot_rounds import BEFORE_VOTING, RoundState

from .ballot_rounds import BallotRound
from .meetings import Meeting
from .score_sheets import CategoryProgress
from .slips import received


@dataclasses.dataclass(frozen=True)
class Turnout:
    """`out` people have not handed in everything; `unit` is what is counted, 份 of sheets and 张 of ballots."""

    name: str
    unit: str
    given: int
    returned: int
    out: int


def sheet_turnouts(progress: Iterable[CategoryProgress]) -> list[Turnout]:
    return [Turnout(row.name, _("份"), row.expected, row.returned, row.out) for row in progress if row.raters]


def ballot_turnouts(round_: BallotRound) -> list[Turnout]:
    """A slip is a person. Before the slips were counted it is as many as there are voters."""
    came = {} if round_.is_tallied else received(round_)
    found = []
    for pile in round_.piles.select_related("category"):
        given = pile.voters if pile.issued is None else pile.issued
        returned = pile.returned if pile.returned is not None else came.get(pile.pk, 0)
        found.append(Turnout(str(pile), _("张"), given, returned, max(given - returned, 0)))
    return found


def rounds_turnouts(meeting: Meeting) -> list[tuple[BallotRound, list[Turnout]]]:
    """Of every round of the meeting in which voting was opened."""
    unopened = [*BEFORE_VOTING, RoundState.VOID]
    return [(row, ballot_turnouts(row)) for row in meeting.ballot_rounds.exclude(state__in=unopened)]
