"""催报: the exact list before sending, what was sent, and the group's robot (S-75)."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Organization
from common import clock
from common.pages import page_of
from reporting.actions.reminders import recipients_of, retry_reminder, robot_of, save_robot, send_reminders
from reporting.forms.reminders import ReminderFilterForm, ReminderForm, RobotForm
from reporting.models import Cycle, Reminder, Robot
from reporting.models.owed import SOURCES, Owed
from reporting.permissions import can_edit_robot, can_remind_cycle, can_review_cycle
from reporting.rules.reminders import OwedKind, coming_reminder_days
from reporting.rules.schemes import reminder_days
from reporting.views.cycles import get_cycle
from reporting.views.deeds import REFUSED, attempt, posted, sentences, status_of


@require_http_methods(["GET", "POST"])
def reminder_create(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Who owes it, who would be told and by which ways; then one button."""
    cycle = get_cycle(request, pk)
    if kind not in SOURCES:
        raise Http404
    if not can_remind_cycle(request.user, cycle):
        raise PermissionDenied
    owed = SOURCES[OwedKind(kind)](cycle)
    told = set(_sent_today(cycle, owed).values_list("organization", flat=True))
    form = ReminderForm(posted(request), owed=owed, told=told)
    if request.method == "POST" and form.is_valid():
        try:
            sent = send_reminders(
                cycle, kind=owed.kind, organizations=form.cleaned_data["organizations"], by=request.user
            )
        except REFUSED as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("已催报，共%(n)s条，结果见下表。") % {"n": len(sent)})
            return redirect("reporting:reminder_list", pk)
    context = {"cycle": cycle, "owed": owed, "form": form, "told_today": told, **_preview(cycle, owed)}
    return render(request, "reporting/reminders/reminder_create.html", context)


def _sent_today(cycle: Cycle, owed: Owed) -> QuerySet[Reminder]:
    return Reminder.objects.filter(cycle=cycle, kind=owed.kind, day=clock.today(), organization__isnull=False)


def _preview(cycle: Cycle, owed: Owed) -> dict[str, Any]:
    scheme = cycle.scheme
    days_before = reminder_days(scheme.reminder_days)
    dates = {date for debtor in owed.debtors for date in owed.dates_of(debtor)}
    coming = (
        coming_reminder_days(date, clock.today(), days_before=days_before, overdue=scheme.reminds_overdue)
        for date in dates
    )
    return {
        "recipients": recipients_of(owed),
        "mails": settings.REMINDER_EMAIL,
        "robot": robot_of(cycle.committee),
        "dates": dates,
        "days": sorted(set().union(*coming)),
    }


@require_GET
def reminder_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    if not can_review_cycle(request.user, cycle):
        raise PermissionDenied
    form = ReminderFilterForm(request.GET)
    reminders = Reminder.objects.filter(cycle=cycle).select_related("organization", "user__person", "by__person")
    context = {
        "cycle": cycle,
        "form": form,
        "page_obj": page_of(request, _filtered(reminders, form)),
        "can_remind": can_remind_cycle(request.user, cycle) and not cycle.is_closed,
    }
    return render(request, "reporting/reminders/reminder_list.html", context)


def _filtered(reminders: QuerySet[Reminder], form: ReminderFilterForm) -> QuerySet[Reminder]:
    if not form.is_valid():
        return reminders
    wanted = form.cleaned_data
    if wanted["q"]:
        words = Q(organization__name__icontains=wanted["q"]) | Q(organization__code__icontains=wanted["q"])
        reminders = reminders.filter(words)
    return reminders.filter(**{name: wanted[name] for name in ("kind", "channel", "state") if wanted[name]})


@require_POST
def reminder_retry(request: HttpRequest, pk: int) -> HttpResponse:
    reminders = Reminder.objects.filter(cycle__in=Cycle.objects.visible_to(request.user))
    reminder = get_object_or_404(reminders, pk=pk)
    attempt(request, lambda: retry_reminder(reminder, by=request.user), _("已重新排队发送。"))
    return redirect("reporting:reminder_list", reminder.cycle_id)


@require_http_methods(["GET", "POST"])
def robot_edit(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    if not can_edit_robot(request.user, committee):
        raise PermissionDenied
    robot = Robot.objects.filter(committee=committee).first()
    form = RobotForm(posted(request), robot=robot)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            save_robot(committee, **form.cleaned_data, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("群机器人已保存。"))
            return redirect("reporting:robot_edit", pk)
    context = {"committee": committee, "robot": robot, "form": form, "hosts": settings.REMINDER_ROBOT_HOSTS}
    return render(request, "reporting/reminders/robot_edit.html", context, status=status)
