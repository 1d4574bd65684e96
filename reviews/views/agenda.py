"""The agenda page, the order of slots, commenters, and the agenda on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.conflicts import StaleRevision
from common.ids import ids_in_order, ids_of
from reviews.actions.agenda import move_slot, order_slots, save_agenda, set_absent, set_commenters, sync_slots
from reviews.forms.agenda import AgendaFormSet, RevisionForm, SlotForm, agenda_rows
from reviews.models import Meeting, Slot
from reviews.models.agenda import needed_slot_changes
from reviews.models.meeting_facts import gather_facts
from reviews.permissions import can_edit_meeting
from reviews.views.deeds import REFUSALS, done, take_over, visible_meeting


@require_http_methods(["GET", "POST"])
def agenda_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    form = RevisionForm(request.POST or None, initial={"revision": meeting.agenda_revision})
    rows = AgendaFormSet(request.POST or None, initial=agenda_rows(meeting), prefix="items")
    status = 200
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        status = _saved(request, meeting, form, rows)
        if status == 302:
            return _go_on(request, meeting)
    context = _agenda_page(meeting) | {"form": form, "formset": rows, "conflict": status == 409}
    return render(request, "reviews/agenda/agenda_edit.html", context, status=status)


def _saved(request: HttpRequest, meeting: Meeting, form: RevisionForm, rows: Any) -> int:
    """302 when stored; otherwise the status of the page that says why not."""
    if _moved(request) and not rows.has_changed():
        return 302
    revision = form.cleaned_data["revision"] or 0
    try:
        save_agenda(meeting, items=rows.items, revision=revision, by=request.user)
    except StaleRevision as error:
        take_over(form, error.current_revision)
        messages.error(request, str(error))
        return 409
    except REFUSALS as error:
        form.add_error(None, str(error))
        return 200
    messages.success(request, _("议程已保存，序号和议程总数已重新计算。"))
    return 302


def _moved(request: HttpRequest) -> str:
    """`up-12`, `down-12`, `absent-12` or `commenters-12`, the button of slot 12; `sync-0`; or nothing."""
    return str(request.POST.get("slot", ""))


def _go_on(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """After the agenda was stored, what the button beside a slot asks for; then back to the slots.

    The buttons belong to the form of the agenda, so that pressing one loses nothing typed above.
    """
    verb, _dash, number = _moved(request).partition("-")
    back = reverse("reviews:agenda_edit", args=[meeting.pk]) + "#slots"
    if verb == "sync":
        done(request, lambda: sync_slots(meeting, by=request.user), _("述职人已与名单一致。"))
        return redirect(back)
    if verb == "order":
        wanted = ids_in_order(request.POST.get("order", ""))
        done(request, lambda: order_slots(meeting, order=wanted, by=request.user), _("述职顺序已调整。"))
        return redirect(back)
    slots = ids_of([number])
    if not slots:
        return redirect("reviews:agenda_edit", meeting.pk)
    slot = _visible_slot(request, slots.pop())
    if verb == "commenters":
        return redirect("reviews:slot_edit", slot.pk)
    if verb == "absent":
        _mark_absent(request, slot)
    else:
        step = -1 if verb == "up" else 1
        done(request, lambda: move_slot(slot, step, by=request.user), _("述职顺序已调整。"))
    return redirect(back)


def _agenda_page(meeting: Meeting) -> dict[str, Any]:
    changes = needed_slot_changes(meeting)
    facts = gather_facts(meeting)
    names = meeting.cycle.reporters.filter(pk__in=[*changes.add, *changes.remove])
    return {
        "meeting": meeting,
        "facts": facts,
        "changes": changes,
        # Those at the end are the ones to ask first whether they would report in writing (S-105).
        "late_slots": facts.slots[-facts.surplus :] if facts.surplus else (),
        "changing": list(names.in_order()) if changes else [],
    }


@require_http_methods(["GET", "POST"])
def slot_edit(request: HttpRequest, pk: int) -> HttpResponse:
    slot = _visible_slot(request, pk)
    meeting = slot.meeting
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    form = SlotForm(request.POST or None, slot=slot, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["commenters"])
        try:
            set_commenters(slot, commenters=chosen, by=request.user)
        except REFUSALS as error:
            form.add_error("commenters", str(error))
        else:
            messages.success(request, _("点评人已安排。"))
            return redirect(reverse("reviews:agenda_edit", args=[meeting.pk]) + "#slots")
    context = {"form": form, "slot": slot, "meeting": meeting}
    return render(request, "reviews/agenda/slot_edit.html", context)


@require_POST
def slot_absent(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a reporter as not come, or as come after all (S-88)."""
    slot = _visible_slot(request, pk)
    _mark_absent(request, slot)
    live = slot.meeting.is_live
    page = "reviews:meeting_live" if live else "reviews:agenda_edit"
    return redirect(page, slot.meeting_id)


def _mark_absent(request: HttpRequest, slot: Slot) -> None:
    absent = not slot.absent
    said = _("已标为未到会。") if absent else _("已标为到会。")
    done(request, lambda: set_absent(slot, absent=absent, by=request.user), said)


def _visible_slot(request: HttpRequest, pk: int) -> Slot:
    meetings = Meeting.objects.visible_to(request.user)
    rows = Slot.objects.filter(meeting__in=meetings).select_related(
        "meeting__cycle__committee", "reporter__organization", "reporter__post__person"
    )
    return get_object_or_404(rows, pk=pk)
