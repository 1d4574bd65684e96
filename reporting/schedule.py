"""What the clock starts: reminders before a dated deadline and on the day after it, comparisons of new reports."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterable

from celery import shared_task
from django.utils import timezone

from common import clock
from reporting.actions.reminders import send_reminders
from reporting.actions.similarity import compare_again
from reporting.models import Cycle, Scheme
from reporting.models.owed import Owed, owed_in
from reporting.rules.cycles import CyclePhase
from reporting.rules.refusals import Refusal
from reporting.rules.reminders import FIRST_HOUR, OwedKind, is_reminder_day
from reporting.rules.schemes import reminder_days


@shared_task
def remind_by_the_clock() -> None:
    """Several times a day; the same person is still told once, so a missed hour costs nothing."""
    if timezone.localtime(clock.now()).hour < FIRST_HOUR:
        return
    for cycle in Cycle.objects.running().select_related("scheme", "committee"):
        for owed in owed_in(cycle):
            # Before the collecting of reports begins nobody owes one; what else was asked for is owed already.
            if owed.kind != OwedKind.REPORT or cycle.phase != CyclePhase.PREPARATION:
                remind_today(cycle, owed)


@shared_task
def compare_by_the_clock() -> None:
    """Reports are compared a minute or two after they were handed in, before anybody opens them (S-76)."""
    for cycle in Cycle.objects.running():
        compare_again(cycle)


def remind_today(cycle: Cycle, owed: Owed, source: Callable[[Cycle], Owed] | None = None) -> None:
    """Remind whose day it is; also for what a higher app asks for, which says by `source` who owes it."""
    units = {debtor.organization.pk for debtor in owed.debtors if _is_today(owed.dates_of(debtor), cycle.scheme)}
    if units:
        # Refused: told already today, or closed meanwhile.
        with contextlib.suppress(Refusal):
            send_reminders(cycle, kind=owed.kind, organizations=units, source=source, by=None)


def _is_today(dates: Iterable[dt.date], scheme: Scheme) -> bool:
    days, today = reminder_days(scheme.reminder_days), clock.today()
    return any(is_reminder_day(each, today, days_before=days, overdue=scheme.reminds_overdue) for each in dates)
