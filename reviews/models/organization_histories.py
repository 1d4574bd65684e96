"""What each year came to for one organization: grade, place, problems, promises (S-145)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from decimal import Decimal

from django.db.models import Count, Q

from accounts.models import Organization, User
from rectification.models import Problem, RectificationItem
from rectification.models.fulfilments import fulfilment_by_cycle
from rectification.rules.fulfilments import FulfilmentCount
from rectification.rules.items import ItemState
from reporting.models import Cycle, Reporter
from reviews.rules.figures import shared_ranks

from .accountability import AccountabilityRecord
from .feedback_letters import FeedbackLetter
from .publications import Publication
from .results import Result


@dataclasses.dataclass(frozen=True)
class HistoryLine:
    """One year. `result` is None, and `records` too, where the reader may not know them."""

    reporter: Reporter
    result: Result | None
    sees_scores: bool
    opens_grade: bool
    place_in_domain: int | None
    problems: int
    items: int
    closed: int
    kept: FulfilmentCount | None
    records: int | None

    @property
    def grade(self) -> str:
        return str(self.result.decided_grade) if self.result and self.result.decided_grade else ""

    @property
    def is_marked(self) -> bool:
        """Whether the year's end has marked any promise yet."""
        return self.kept is not None and self.kept.total > self.kept.unmarked


@dataclasses.dataclass(frozen=True)
class Knows:
    """What the reader may: see everybody's results of a year, see the own grade once it was made known."""

    lists_results: Callable[[User, Cycle], bool]
    shows_own_grade: Callable[[User, Reporter], bool]


def organization_history(organization: Organization, user: User, *, knows: Knows) -> list[HistoryLine]:
    """Newest year first, as far as the reader may know; the number of queries does not grow with the years."""
    reporters = list(
        Reporter.objects.visible_to(user)
        .filter(organization=organization)
        .select_related("cycle__committee", "cycle__scheme", "organization", "post__person", "place")
        .select_related("result__decided_grade", "rectification_list")
        .order_by("-cycle__year", "pk")
    )
    if not reporters:
        return []
    cycles = {reporter.cycle_id for reporter in reporters}
    listed = {r.cycle_id for r in reporters if knows.lists_results(user, r.cycle)}
    own = {r.pk: r.cycle_id for r in reporters if knows.shows_own_grade(user, r)}
    told = listed | _told(user, cycles, own)
    places = _places([reporter for reporter in reporters if reporter.cycle_id in listed], organization)
    problems = Problem.objects.visible_to(user).filter(organization=organization, merged_into=None)
    items = RectificationItem.objects.visible_to(user).filter(list__reporter__in=reporters).order_by()
    counted = items.values_list("list__reporter").annotate(
        n=Count("pk"), done=Count("pk", filter=Q(state=ItemState.CLOSED))
    )
    counts = {pk: (n, done) for pk, n, done in counted}
    named = dict(problems.order_by().values_list("cycle").annotate(Count("pk")))
    kept = fulfilment_by_cycle(organization, cycles)
    held = AccountabilityRecord.objects.filter(organization=organization, cycle__in=listed).order_by()
    records = dict(held.values_list("cycle").annotate(Count("pk")))
    return [
        HistoryLine(
            reporter,
            getattr(reporter, "result", None) if reporter.cycle_id in told else None,
            reporter.cycle_id in listed,
            reporter.cycle_id in listed or reporter.pk in own,
            places.get(reporter.pk),
            named.get(reporter.cycle_id, 0),
            *counts.get(reporter.pk, (0, 0)),
            kept.get(reporter.cycle_id) if reporter.pk in counts else None,
            records.get(reporter.cycle_id, 0) if reporter.cycle_id in listed else None,
        )
        for reporter in reporters
    ]


def _told(user: User, cycles: Collection[int], own: Mapping[int, int]) -> set[int]:
    """Years whose grade was made known to the reader: published so far, or fed back to the very organization."""
    found = Publication.objects.filter(cycle__in=cycles)
    told = set(found.visible_to(user).values_list("cycle", flat=True))
    if own:
        told |= set(found.filter(cycle__in=own.values()).values_list("cycle", flat=True))
        letters = FeedbackLetter.objects.issued().filter(reporter__in=own)
        told |= {own[pk] for pk in letters.values_list("reporter", flat=True)}
    return told


def _places(reporters: Collection[Reporter], organization: Organization) -> dict[int, int | None]:
    """Place inside the domain and the meeting, as on the page of results (S-120); one query for all years."""
    groups: dict[Hashable, dict[int, Decimal | None]] = defaultdict(dict)
    rows = Result.objects.filter(
        reporter__cycle__in=[reporter.cycle_id for reporter in reporters],
        reporter__organization__domain=organization.domain_id,
    )
    names = ("reporter", "reporter__cycle", "reporter__place__meeting", "composite")
    for pk, cycle, meeting, composite in rows.values_list(*names):
        groups[cycle, meeting][pk] = composite
    own = {reporter.pk for reporter in reporters}
    return {pk: place for scores in groups.values() for pk, place in shared_ranks(scores).items() if pk in own}
