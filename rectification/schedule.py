"""What the clock starts: the steps of the ladder for items (S-155, S-171), reminders of lists not handed in (S-75)."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from common import clock
from rectification.actions.ladder import take_due_step
from rectification.models import RectificationItem
from rectification.models.ladder import ladder_of
from rectification.models.owed import lists_owed
from rectification.rules.items import ItemKind, ListState
from reporting.models import Cycle
from reporting.rules.reminders import FIRST_HOUR
from reporting.schedule import remind_today


@shared_task
def climb_by_the_clock() -> None:
    """Several times a day; each step is taken once, so a missed hour or two clocks at a time cost nothing."""
    if timezone.localtime(clock.now()).hour < FIRST_HOUR:
        return
    for cycle in Cycle.objects.running().select_related("committee"):
        rungs = [rung for rung in ladder_of(cycle) if rung.automatic]
        if not rungs:
            continue
        last = clock.today() - dt.timedelta(days=min(rung.days for rung in rungs))
        items = RectificationItem.objects.unfinished().filter(
            list__reporter__cycle=cycle, list__state=ListState.COMMITTED, kind=ItemKind.DATED, due_date__lte=last
        )
        for item in items.order_by("list_id", "pk"):
            take_due_step(item, rungs=rungs)


@shared_task
def remind_lists_by_the_clock() -> None:
    """Days before the deadline of each list and the day after it, as the scheme says; told once, to those who owe."""
    if timezone.localtime(clock.now()).hour < FIRST_HOUR:
        return
    for cycle in Cycle.objects.running().select_related("scheme", "committee"):
        remind_today(cycle, lists_owed(cycle), lists_owed)
