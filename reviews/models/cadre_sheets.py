"""One person over the years: grades, vetoes, promises, accountability (S-133, S-141, S-145)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict

from django.db.models import Count, Q, QuerySet

from accounts.models import Organization, Person, Post
from rectification.models import Problem, RectificationItem
from rectification.models.fulfilments import fulfilment_of
from rectification.rules.items import ItemState
from reporting.models import Cycle, Reporter
from reviews.rules.cadre_sheets import standing_key

from .accountability import AccountabilityRecord
from .assessments import Appraisal, Assessment, GradeCap
from .promotion_bars import PromotionBar
from .results import Result, result_rows
from .rewards import Reward


@dataclasses.dataclass(frozen=True)
class YearLine:
    """What a year came to, `problems` being those named.

    `kept` of `promised` items of its list are closed, `rate` is how they were marked (S-150).
    """

    reporter: Reporter
    result: Result | None
    place_in_domain: int | None
    assessment: Assessment | None
    appraisal: Appraisal | None
    problems: int
    promised: int
    kept: int
    rate: str
    caps: list[GradeCap]

    @property
    def grade(self) -> str:
        return str(self.result.decided_grade) if self.result and self.result.decided_grade else ""


@dataclasses.dataclass(frozen=True)
class CadreSheet:
    person: Person
    posts: list[Post]
    years: list[YearLine]
    bars: list[PromotionBar]
    records: list[AccountabilityRecord]
    rewards: list[Reward]


def cadre_sheet(person: Person, committees: list[Organization]) -> CadreSheet:
    """Newest year first, of the years these committees held; about a dozen queries and six a year."""
    reporters = Reporter.objects.of_person(person).filter(cycle__committee__in=committees)
    lines = [_year_line(each) for each in _with_outcomes(reporters).order_by("-cycle__year", "pk")]
    mine = Q(cycle__committee__in=committees)
    return CadreSheet(
        person,
        list(person.posts.select_related("organization").order_by("-start", "-pk")),
        lines,
        list(PromotionBar.objects.filter(mine, person=person).select_related("cycle", "basis")),
        list(AccountabilityRecord.objects.filter(mine, post__person=person).for_table()),
        list(Reward.objects.filter(mine, post__person=person).for_table()),
    )


def _with_outcomes(reporters: QuerySet[Reporter]) -> QuerySet[Reporter]:
    return reporters.select_related(
        "cycle__committee",
        "organization__domain",
        "post__person",
        "result__decided_grade",
        "assessment",
        "appraisal",
    ).prefetch_related("caps__max_grade")


def _year_line(reporter: Reporter) -> YearLine:
    rows = {row.reporter.pk: row for row in result_rows(reporter.cycle)}
    items = RectificationItem.objects.filter(list__reporter=reporter)
    return YearLine(
        reporter,
        getattr(reporter, "result", None),
        rows[reporter.pk].place_in_domain,
        getattr(reporter, "assessment", None),
        getattr(reporter, "appraisal", None),
        _problems_of(reporter).count(),
        items.count(),
        items.filter(state=ItemState.CLOSED).count(),
        _rate(reporter),
        [cap for cap in reporter.caps.all() if cap.lifted_on is None],
    )


def _rate(reporter: Reporter) -> str:
    """Empty until the year's end has marked something."""
    count = fulfilment_of(reporter.cycle, organizations=[reporter.organization_id]).get(reporter.organization_id)
    return count.percent if count and count.unmarked < count.total else ""


def _problems_of(reporter: Reporter) -> QuerySet[Problem]:
    """Named for the organization in the year, each once however many were merged into it."""
    return Problem.objects.filter(cycle=reporter.cycle_id, organization=reporter.organization_id, merged_into=None)


@dataclasses.dataclass(frozen=True)
class CadreRow:
    """A person of the list: (year, grade label, grade code) newest first, and what stands against promotion."""

    person: Person
    reporter: Reporter
    grades: list[tuple[int, str, str]]
    records: int
    is_barred: bool


def cadre_rows(committee: Organization) -> list[CadreRow]:
    """Everybody who reported to the committee, best grades first (S-141); five queries."""
    reporters = Reporter.objects.filter(cycle__committee=committee).select_related(
        "cycle", "organization__domain", "post__person", "result__decided_grade"
    )
    by_person: dict[int, list[Reporter]] = defaultdict(list)
    for reporter in reporters.order_by("-cycle__year", "pk"):
        by_person[reporter.post.person_id].append(reporter)
    found = AccountabilityRecord.objects.filter(cycle__committee=committee, post__isnull=False).order_by()
    records = dict(found.values_list("post__person").annotate(Count("pk")))
    bars = PromotionBar.objects.filter(cycle__committee=committee)
    barred = {bar.person_id for bar in bars if bar.is_in_force}
    rows = [
        CadreRow(each[0].post.person, each[0], _grades(each), records.get(pk, 0), pk in barred)
        for pk, each in by_person.items()
    ]
    return sorted(rows, key=lambda row: standing_key([code for _, _, code in row.grades], row.records, row.is_barred))


def _grades(reporters: list[Reporter]) -> list[tuple[int, str, str]]:
    found = []
    for reporter in reporters:
        result = getattr(reporter, "result", None)
        grade = result.decided_grade if result else None
        if grade is not None:
            found.append((reporter.cycle.year, grade.label, grade.code))
    return found


def committees_of(person: Person) -> list[Organization]:
    """Every committee to which the person ever reported."""
    cycles = Cycle.objects.filter(reporters__post__person=person)
    return list(Organization.objects.filter(cycles__in=cycles).distinct())
