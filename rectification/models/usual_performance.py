"""平时算账: what the year itself says of an organization, beside its report (S-123)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from accounts.models import Organization
from common import clock
from rectification.rules.bulletins import BulletinState
from rectification.rules.fulfilments import FulfilmentCount, kept_words
from rectification.rules.items import ItemKind, ItemState
from reporting.models import CarriedItem, Cycle, DutyEntry, Project
from reporting.rules.duty_entries import DutyKind, count_entries
from reporting.rules.projects import ProjectState

from .bulletins import BulletinLine
from .fulfilments import fulfilment_before
from .inspections import Inspection
from .items import RectificationItem
from .ladder import LadderStep


@dataclasses.dataclass(frozen=True)
class ListRecord:
    """Numbers of the list that an organization promised after the review of `year`.

    `unfinished` counts open and applied items of both kinds; `overdue` and `reported` are within them or the whole:
    `reported` counts the items with at least one report of progress.
    """

    year: int
    total: int
    closed: int
    applied: int
    unfinished: int
    standing: int
    overdue: int
    carried: int
    reported: int


@dataclasses.dataclass(frozen=True)
class UsualPerformance:
    """The records of one organization in one assessed year.

    `lists` holds last year's list (worked on during the assessed year) and this year's when there is one, oldest
    first; `carried_items` are last year's items with the answers of this year's report; `inspections` are those of
    the assessed calendar year, newest first; `duties` how often by kind of the duty log, never its entries; `projects`
    and published `lines` of bulletins are those of the cycle; `steps` the sheets sent in the assessed year.
    """

    organization: Organization
    lists: list[ListRecord]
    items: list[RectificationItem]
    carried_items: list[CarriedItem]
    inspections: list[Inspection]
    duties: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    projects: list[Project] = dataclasses.field(default_factory=list)
    lines: list[BulletinLine] = dataclasses.field(default_factory=list)
    steps: list[LadderStep] = dataclasses.field(default_factory=list)
    kept: str = ""  # how last year's promises were marked, in words

    @property
    def is_empty(self) -> bool:
        records = (self.lists, self.carried_items, self.inspections, self.duties, self.projects, self.lines)
        return not any(records)


def evidence_of(organization: Organization, cycle: Cycle) -> UsualPerformance:
    """The year's records of one organization; thirteen queries at most."""
    return evidence_for([organization], cycle)[organization.pk]


def evidence_for(organizations: Iterable[Organization], cycle: Cycle) -> dict[int, UsualPerformance]:
    """The year's records by organization id; thirteen queries at most however many organizations there are."""
    wanted = list(organizations)
    ids = [organization.pk for organization in wanted]
    items = list(_items(ids, cycle))
    carried = CarriedItem.objects.filter(reporter__cycle=cycle, reporter__organization__in=ids).select_related(
        "reporter"
    )
    inspections = list(_inspections(ids, cycle))
    answers = list(carried)
    kept = fulfilment_before(cycle)
    duties, projects, lines, steps = _duties(ids, cycle), _projects(ids, cycle), _lines(ids, cycle), _steps(ids, cycle)
    return {
        organization.pk: UsualPerformance(
            organization=organization,
            lists=_records([i for i in items if i.list.reporter.organization_id == organization.pk]),
            items=[i for i in items if i.list.reporter.organization_id == organization.pk],
            carried_items=[c for c in answers if c.reporter.organization_id == organization.pk],
            inspections=[i for i in inspections if i.organization_id == organization.pk],
            kept=_kept(kept.get(organization.pk), cycle),
            duties=duties.get(organization.pk, []),
            projects=[each for each in projects if each.organization_id == organization.pk],
            lines=[line for line in lines if line.organization_id == organization.pk],
            steps=[step for step in steps if step.item.list.reporter.organization_id == organization.pk],
        )
        for organization in wanted
    }


def _items(ids: list[int], cycle: Cycle) -> Iterable[RectificationItem]:
    return (
        RectificationItem.objects.filter(
            list__reporter__organization__in=ids,
            list__reporter__cycle__committee=cycle.committee_id,
            list__reporter__cycle__year__in=(cycle.year - 1, cycle.year),
        )
        .order_by("list__reporter__cycle__year", "position", "id")
        .for_table()
        .prefetch_related("progress")
    )


def _inspections(ids: list[int], cycle: Cycle) -> Iterable[Inspection]:
    """By the host committee or one above it, within the assessed calendar year."""
    return Inspection.objects.filter(
        organization__in=ids,
        committee__in=[*cycle.committee.ancestor_ids, cycle.committee_id],
        date__range=(dt.date(cycle.year, 1, 1), dt.date(cycle.year, 12, 31)),
    ).select_related("committee", "organization")


def _kept(count: FulfilmentCount | None, cycle: Cycle) -> str:
    """Nothing before the first mark of the year's end."""
    if count is None or count.unmarked == count.total:
        return ""
    return kept_words(count, year=cycle.year - 1)


def _duties(ids: list[int], cycle: Cycle) -> dict[int, list[tuple[str, str]]]:
    """How often by kind, in words, by organization."""
    counts: dict[tuple[int, str], list[str]] = defaultdict(list)
    rows = DutyEntry.objects.filter(organization__in=ids, year=cycle.year).order_by()
    for organization, kind, count in rows.values_list("organization", "kind", "count_text"):
        counts[organization, kind].append(count)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for kind in DutyKind:
        for organization in ids:
            if (organization, kind.value) in counts:
                total = count_entries(counts[organization, kind.value])
                words = f"{total.number}次" + (f"（另有{total.skipped}条没有写明次数）" if total.skipped else "")
                found[organization].append((str(kind.label), words))
    return found


def _projects(ids: list[int], cycle: Cycle) -> list[Project]:
    """What was handed in; drafts are their authors' own."""
    rows = Project.objects.filter(cycle=cycle, organization__in=ids).exclude(state=ProjectState.DRAFT)
    return list(rows.order_by("-is_number_one", "pk"))


def _lines(ids: list[int], cycle: Cycle) -> list[BulletinLine]:
    rows = BulletinLine.objects.filter(
        organization__in=ids, bulletin__cycle=cycle, bulletin__state=BulletinState.PUBLISHED
    )
    return list(rows.select_related("bulletin").order_by("bulletin__published_at", "pk"))


def _steps(ids: list[int], cycle: Cycle) -> list[LadderStep]:
    rows = LadderStep.objects.filter(item__list__reporter__organization__in=ids, at__year=cycle.year)
    return list(rows.select_related("item__list__reporter", "item__problem").order_by("at", "pk"))


def _records(items: list[RectificationItem]) -> list[ListRecord]:
    years = sorted({item.list.cycle.year for item in items})
    return [_record(year, [item for item in items if item.list.cycle.year == year]) for year in years]


def _record(year: int, items: list[RectificationItem]) -> ListRecord:
    today = clock.today()
    states = [item.state for item in items]
    return ListRecord(
        year=year,
        total=len(items),
        closed=states.count(ItemState.CLOSED),
        applied=states.count(ItemState.APPLIED),
        unfinished=states.count(ItemState.OPEN) + states.count(ItemState.APPLIED),
        standing=sum(item.kind == ItemKind.STANDING for item in items),
        overdue=sum(item.is_overdue(today) for item in items),
        carried=states.count(ItemState.CARRIED),
        reported=sum(bool(item.progress.all()) for item in items),
    )
