"""The sheet of a meeting, made from its cycle's scheme and its reporters (S-118, S-120, S-121)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reporting.models import Reporter, Scheme, ScoreDimension
from reviews.rules.sheets import Grade, Item, Person, Sheet, filling_rules

from .meetings import Meeting


def grades_of(scheme: Scheme) -> tuple[Grade, ...]:
    return tuple(Grade(g.code, g.label, g.points, g.band_min, g.band_max) for g in scheme.grades.all())


def sheet_for(
    meeting: Meeting,
    reporters: Iterable[Reporter],
    *,
    anonymous: bool,
    link: Callable[[Reporter], str] = lambda reporter: "",
) -> Sheet:
    """Everybody in `reporters`, in that order, numbered from 1; three queries.

    An anonymous sheet has all of the meeting's reporters: a row that is missing would tell who votes.
    `link` gives the address of what there is to read about a reporter.
    """
    scheme = meeting.cycle.scheme
    sets, grades = scheme.dimension_sets(), grades_of(scheme)
    people = []
    for number, reporter in enumerate(reporters, start=1):
        own = sets.own.get(reporter.organization.domain_id)
        people.append(
            Person(
                id=str(reporter.pk),
                order=number,
                unit=str(reporter.organization.label),
                name=reporter.name,
                post=reporter.title,
                oral=reporter.mode == "oral",
                items=None if own is None else _items(scheme, own),
                link=link(reporter),
            )
        )
    return Sheet(
        title=meeting.title,
        mode=scheme.scoring_mode,
        grades=grades,
        items=_items(scheme, sets.general),
        people=tuple(people),
        overall=scheme.asks_overall,
        remark=scheme.asks_remark,
        rules=filling_rules(scheme.scoring_mode, grades, anonymous=anonymous),
    )


def _items(scheme: Scheme, lines: Iterable[ScoreDimension]) -> tuple[Item, ...]:
    return tuple(Item(str(line.pk), line.name, scheme.full_mark_of(line)) for line in lines)
