"""总体评价: the grade given to a reporter as a whole, counted by category beside the score, never part of it (S-119)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Count, Sum

from reporting.models import Cycle
from reviews.rules.marks import ABSTAIN
from reviews.rules.paper_ballots import VOID

from .score_sheets import ScoreSheet
from .tallies import TallyLine


@dataclasses.dataclass(frozen=True)
class OverallRow:
    """One category: `counts` in the order of the grades; abstentions and void lines are no grade and stand apart."""

    category: str
    counts: tuple[int, ...]
    abstained: int
    void: int

    @property
    def total(self) -> int:
        """Everybody who gave a grade."""
        return sum(self.counts)

    @property
    def shares(self) -> list[tuple[int, str]]:
        """Each count with its share of those who gave a grade, to one place."""
        return [(n, f"{n * 100 / self.total:.1f}%" if self.total else "—") for n in self.counts]


def overall_of(cycle: Cycle, reporters: Collection[int] | None = None) -> Mapping[int, list[OverallRow]]:
    """By reporter, a row for each category that gave any mark; four queries however many reporters there are."""
    counts: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    sheets = ScoreSheet.objects.submitted().filter(rater__meeting__cycle=cycle).exclude(overall="").order_by()
    ballots = TallyLine.objects.of_cycle(cycle).overall().order_by()
    if reporters is not None:
        sheets, ballots = sheets.filter(reporter__in=reporters), ballots.filter(reporter__in=reporters)
    for reporter, category, code, n in sheets.values_list("reporter", "rater__category", "overall").annotate(
        Count("pk")
    ):
        counts[reporter, category][code] += n
    rows = ballots.values_list("reporter", "category", "grade_code", "abstained", "void").annotate(Sum("count"))
    for reporter, category, code, abstained, void, n in rows:
        counts[reporter, category][ABSTAIN if abstained else VOID if void else code] += n
    codes = list(cycle.scheme.grades.values_list("code", flat=True))
    found: dict[int, list[OverallRow]] = defaultdict(list)
    for pk, name in cycle.scheme.categories.values_list("pk", "name"):
        for (reporter, category), given in counts.items():
            if category == pk:
                found[reporter].append(
                    OverallRow(name, tuple(given[code] for code in codes), given[ABSTAIN], given[VOID])
                )
    return found
