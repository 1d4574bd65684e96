"""What the carry step would write, organization by organization (S-68)."""

from __future__ import annotations

import dataclasses

from django.db.models import QuerySet

from accounts.models import Organization
from reporting.models import CarriedItem, Cycle, Reporter

from .items import RectificationItem


@dataclasses.dataclass(frozen=True)
class CarryRow:
    """`waiting` is not yet in the report form of `reporter`; `written` is how many are."""

    reporter: Reporter
    waiting: list[RectificationItem]
    written: int


def carry_rows(cycle: Cycle) -> list[CarryRow]:
    """One row per reporter of the cycle, in their order; four queries whatever the number of organizations."""
    written = dict.fromkeys(
        CarriedItem.objects.filter(reporter__cycle=cycle, origin__isnull=False).values_list("reporter_id", "origin")
    )
    items = list(RectificationItem.objects.to_carry(cycle.committee, cycle.year - 1).for_table())
    rows = []
    for reporter in cycle.reporters.in_order():
        own = [item for item in items if item.list.reporter.organization_id == reporter.organization_id]
        waiting = [item for item in own if (reporter.pk, item.pk) not in written]
        rows.append(CarryRow(reporter, waiting, len(own) - len(waiting)))
    return rows


def waiting_to_carry(cycle: Cycle) -> QuerySet[RectificationItem]:
    """What `carry_rows` calls waiting, to be counted: one query."""
    written = CarriedItem.objects.filter(reporter__cycle=cycle, origin__isnull=False)
    items = RectificationItem.objects.to_carry(cycle.committee, cycle.year - 1)
    return items.filter(list__reporter__organization__in=cycle.reporters.values("organization")).exclude(
        pk__in=written.values("origin")
    )


def left_behind(cycle: Cycle) -> list[Organization]:
    """Organizations with something to carry that do not report this year; the page names them."""
    items = RectificationItem.objects.to_carry(cycle.committee, cycle.year - 1)
    return list(
        Organization.objects.filter(pk__in=items.values("list__reporter__organization")).exclude(
            pk__in=cycle.reporters.values("organization")
        )
    )
