"""Rectification lists that were not handed in yet, as reminders ask for them (S-75, S-147)."""

from __future__ import annotations

from django.urls import reverse

from common.deadlines import Deadline
from reporting.models import Cycle
from reporting.models.owed import Debtor, Owed
from reporting.rules.reminders import OwedKind

from .lists import RectificationList


def lists_owed(cycle: Cycle) -> Owed:
    """Never handed in, or returned and not handed in again, each with its own deadline; one query."""
    lists = RectificationList.objects.filter(reporter__cycle=cycle).writable().for_table()
    debtors = [
        Debtor(
            each.organization,
            f"{each.get_state_display()}，时限{each.deadline or '未定'}",
            reverse("rectification:list_show", args=[each.pk]),
            frozenset({each.due_date} if each.due_date else ()),
        )
        for each in lists.order_by("reporter__organization__code")
    ]
    return Owed(OwedKind.LIST, Deadline(), debtors, reverse("rectification:list_list"), each_its_own=True)
