"""What the clock starts: reminders before a dated deadline and on the day after it."""

from celery import shared_task
from django.utils import timezone

from common import clock
from reporting.actions.reminders import send_reminders
from reporting.models import Cycle, Scheme
from reporting.models.owed import Owed, owed_in
from reporting.rules.cycles import CyclePhase
from reporting.rules.refusals import Refusal
from reporting.rules.reminders import FIRST_HOUR, is_reminder_day
from reporting.rules.schemes import reminder_days


@shared_task
def remind_by_the_clock() -> None:
    """Several times a day; the same person is still told once, so a missed hour costs nothing."""
    if timezone.localtime(clock.now()).hour < FIRST_HOUR:
        return
    cycles = Cycle.objects.running().exclude(phase=CyclePhase.PREPARATION)
    for cycle in cycles.select_related("scheme", "committee"):
        for owed in owed_in(cycle):
            if _is_today(owed, cycle.scheme):
                _remind(cycle, owed)


def _is_today(owed: Owed, scheme: Scheme) -> bool:
    days = reminder_days(scheme.reminder_days)
    return is_reminder_day(owed.deadline.date, clock.today(), days_before=days, overdue=scheme.reminds_overdue)


def _remind(cycle: Cycle, owed: Owed) -> None:
    try:
        send_reminders(cycle, kind=owed.kind, by=None)
    except Refusal:
        return  # told already today, or closed meanwhile
