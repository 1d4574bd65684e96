"""The sheet of a meeting, made from its cycle's scheme and its reporters (S-118, S-120, S-121)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from django.urls import reverse

from reporting.models import Reporter, Scheme, ScoreDimension
from reviews.rules.marks import ABSTAIN, Mark, Marks, PersonMarks
from reviews.rules.sheets import Grade, Item, Person, Sheet, filling_rules

from .meetings import Meeting
from .score_sheets import Rater, ScoreMark, ScoreSheet


def grades_of(scheme: Scheme) -> tuple[Grade, ...]:
    return tuple(Grade(g.code, g.label, g.points, g.band_min, g.band_max) for g in scheme.grades.all())


def unit_names(reporters: Iterable[Reporter]) -> dict[int, str]:
    """What organizations are called on a sheet, by id: three bureaus of one name are told apart by codes (S-05)."""
    units = {reporter.organization_id: reporter.organization for reporter in reporters}
    names = Counter(unit.name for unit in units.values())
    return {pk: str(unit.label) if names[unit.name] > 1 else unit.name for pk, unit in units.items()}


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
    reporters = list(reporters)
    units = unit_names(reporters)
    people = []
    for number, reporter in enumerate(reporters, start=1):
        unit = reporter.organization
        own = sets.own.get(unit.domain_id)
        people.append(
            Person(
                id=str(reporter.pk),
                order=number,
                unit=units[unit.pk],
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


def named_sheet(rater: Rater) -> Sheet:
    """The sheet of one rater: everybody but the own organization and the own report (S-128)."""
    meeting = rater.meeting
    reporters = [reporter for reporter in meeting.reporters if rater.may_score(reporter)]

    def link(reporter: Reporter) -> str:
        return reverse("reviews:sheet_edit", args=[meeting.pk, reporter.pk])

    return sheet_for(meeting, reporters, anonymous=False, link=link)


def stored_marks(sheet: Sheet, rows: Mapping[str, ScoreSheet]) -> Marks:
    """What is stored, by id of the reporter, in the shape a phone sends it. `rows` have their marks prefetched."""
    return {key: _person_marks(sheet, row) for key, row in rows.items()}


def _person_marks(sheet: Sheet, row: ScoreSheet) -> PersonMarks:
    items = {str(mark.dimension_id): _mark(sheet, mark) for mark in row.marks.all()}
    person = next((each for each in sheet.people if each.id == str(row.reporter_id)), None)
    lines = [item.id for item in sheet.items_of(person)] if person else []
    return PersonMarks({key: items[key] for key in lines if key in items}, row.overall, row.remark, row.shortcut)


def _mark(sheet: Sheet, mark: ScoreMark) -> Mark:
    if mark.grade == ABSTAIN:
        return Mark(ABSTAIN)
    if sheet.mode == "grade":
        return Mark(mark.grade)
    return Mark(mark.grade if sheet.mode == "band" else "", mark.score)
