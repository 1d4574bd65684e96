"""The counts of a round as tables: grades line by line, points as one table of means for each category."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from reporting.models import RaterCategory
from reviews.rules.sheets import Item, Person, Sheet

from .ballot_rounds import BallotRound
from .tallies import TallyLine

OVERALL = ""


@dataclasses.dataclass(frozen=True)
class TallyTable:
    """A row of numbers a reporter, named as on the ballot; `groups` are its columns under their heads."""

    title: str
    groups: list[tuple[str, list[str]]]
    rows: list[tuple[Person, list[str]]]


def tally_tables(round_: BallotRound) -> list[TallyTable]:
    """总体评价 first; the number of queries does not grow with reporters or lines."""
    if not round_.description:
        return []
    counts = _Counts(round_)
    tables = [counts.by_grade(OVERALL, _("总体评价"), counts.sheet.people)] if counts.sheet.overall else []
    for items, people in counts.sheet.groups:
        if counts.sheet.mode == "points":
            tables += [counts.of_points(category, items, people) for category in counts.categories]
        else:
            tables += [counts.by_grade(item.id, item.name, people) for item in items]
    return [table for table in tables if table.rows]


class _Counts:
    def __init__(self, round_: BallotRound) -> None:
        self.sheet = Sheet.from_json(round_.description)
        self.worth = {grade.code: grade.points for grade in self.sheet.grades}
        # Only paper can be void line by line.
        self.has_papers = any(pile.on_paper for pile in round_.piles.all())
        self.lines: dict[tuple[str, int, str], list[TallyLine]] = {}
        self.categories: list[RaterCategory] = []
        for row in round_.tally_lines.select_related("category").order_by("category__position"):
            line = OVERALL if row.dimension_id is None else str(row.dimension_id)
            self.lines.setdefault((line, row.category_id, str(row.reporter_id)), []).append(row)
            if row.category not in self.categories:
                self.categories.append(row.category)

    def by_grade(self, line: str, title: str, people: Iterable[Person]) -> TallyTable:
        heads = [*(grade.label for grade in self.sheet.grades), _("弃权")]
        heads += [_("无效")] if self.has_papers else []
        rows = [
            (person, [text for found in self._of(line, person) for text in self._grade_texts(found)])
            for person in people
            if any(self._of(line, person))
        ]
        return TallyTable(title, [(_called(category), [*heads, _("均分")]) for category in self.categories], rows)

    def of_points(self, category: RaterCategory, items: Sequence[Item], people: Iterable[Person]) -> TallyTable:
        """Means; what was left out stands behind in brackets."""
        rows = []
        for person in people:
            found = [self.lines.get((item.id, category.pk, person.id), []) for item in items]
            if any(found):
                rows.append((person, [self._mean(lines) + _left_out(lines) for lines in found]))
        return TallyTable(_called(category), [(_("各项平均分"), [item.name for item in items])], rows)

    def _of(self, line: str, person: Person) -> list[list[TallyLine]]:
        return [self.lines.get((line, category.pk, person.id), []) for category in self.categories]

    def _grade_texts(self, lines: list[TallyLine]) -> list[str]:
        counts = [sum(row.count for row in lines if row.grade_code == grade.code) for grade in self.sheet.grades]
        counts.append(sum(row.count for row in lines if row.abstained))
        if self.has_papers:
            counts.append(sum(row.count for row in lines if row.void))
        return [*(str(count) for count in counts), self._mean(lines)]

    def _mean(self, lines: list[TallyLine]) -> str:
        """Over what was marked; abstentions and void lines are left out."""
        votes, total = 0, Decimal(0)
        for row in lines:
            if not row.abstained and not row.void:
                points = self.worth[row.grade_code] if row.points is None else row.points
                votes, total = votes + row.count, total + points * row.count
        return str((total / votes).quantize(Decimal("0.01"), ROUND_HALF_UP)) if votes else "—"


def _called(category: RaterCategory) -> str:
    return f"{category.letter}票（{category.name}）"


def _left_out(lines: Iterable[TallyLine]) -> str:
    """（弃2、无效1） or nothing."""
    abstained, void = (sum(row.count for row in lines if row.abstained), sum(row.count for row in lines if row.void))
    words = [f"{word}{count}" for word, count in ((_("弃"), abstained), (_("无效"), void)) if count]
    return f"（{'、'.join(words)}）" if words else ""
