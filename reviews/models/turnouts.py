"""How many sheets and ballots were given out and came back, by category: who is out by number, never by name (S-118)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from django.utils.translation import gettext as _

from reviews.rules.ballot_rounds import BEFORE_VOTING, SMALLEST_GROUP, RoundState
from reviews.rules.tallies import merge_small

from .ballot_rounds import BallotRound
from .meetings import Meeting
from .score_sheets import CategoryProgress
from .slips import received


@dataclasses.dataclass(frozen=True)
class Turnout:
    """`out` of `people` have not handed in everything; `unit` is what is counted, 份 of sheets and 张 of ballots."""

    name: str
    unit: str
    people: int
    given: int
    returned: int
    out: int


def _large_enough(rows: list[Turnout], smallest: int) -> list[Turnout]:
    """Where a category has so few people that its number would name them, it stands with the next larger one."""
    sizes = {at: row.people for at, row in enumerate(rows)}
    into = merge_small(sizes, min(smallest, sum(sizes.values()))) if any(sizes.values()) else {}
    places = [at for at in range(len(rows)) if at not in into]
    return [_sum([row for at, row in enumerate(rows) if into.get(at, at) == place]) for place in places]


def _sum(rows: list[Turnout]) -> Turnout:
    names = "、".join(row.name for row in rows)
    numbers = [sum(getattr(row, name) for row in rows) for name in ("people", "given", "returned", "out")]
    return Turnout(names, rows[0].unit, *numbers)


def sheet_turnouts(progress: Iterable[CategoryProgress]) -> list[Turnout]:
    rows = [
        Turnout(row.name, _("份"), row.raters, row.expected, row.returned, row.out) for row in progress if row.raters
    ]
    return _large_enough(rows, SMALLEST_GROUP)


def ballot_turnouts(round_: BallotRound) -> list[Turnout]:
    """A slip is a person. Before the slips were counted it is as many as there are voters."""
    came = {} if round_.is_tallied else received(round_)
    found = []
    for pile in round_.piles.select_related("category"):
        given = pile.voters if pile.issued is None else pile.issued
        returned = pile.returned if pile.returned is not None else came.get(pile.pk, 0)
        found.append(Turnout(str(pile), _("张"), given, given, returned, max(given - returned, 0)))
    return _large_enough(found, round_.smallest_group)


def rounds_turnouts(meeting: Meeting) -> list[tuple[BallotRound, list[Turnout]]]:
    """Of every round of the meeting in which voting was opened."""
    unopened = [*BEFORE_VOTING, RoundState.VOID]
    return [(row, ballot_turnouts(row)) for row in meeting.ballot_rounds.exclude(state__in=unopened)]
