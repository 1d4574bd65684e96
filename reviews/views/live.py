"""The meeting as it runs: the clerk's page and its buttons (S-95)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import clock
from common.ids import ids_of
from reviews.actions.live import (
    add_slot,
    comment_slot,
    finish_slot,
    hear_slot,
    pause_slot,
    postpone_slot,
    reopen_slot,
    resume_slot,
    show_item,
    start_slot,
    turn_slot_written,
)
from reviews.forms.live import SlotAddForm, SlotTurnWrittenForm
from reviews.models import AgendaItem, Meeting, Slot
from reviews.models.live import live_state, time_records
from reviews.permissions import can_manage_meeting
from reviews.views.deeds import REFUSALS, done, visible_meeting


@require_GET
def meeting_live(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk's page: what is on, what comes, and the buttons for both; its fragment with an ETag for a script."""
    meeting = visible_meeting(request, pk)
    if not can_manage_meeting(request.user, meeting):
        raise PermissionDenied
    live = live_state(meeting)
    missing = meeting.missing_comments()
    tag = f'"{live.tag}-{len(missing)}"'
    context: dict[str, Any] = {
        "meeting": meeting,
        "live": live,
        "facts": live.facts,
        "records": time_records(live.facts),
        "now": clock.now(),
        "tag": tag,
        "missing_comments": missing,
        "has_ballots": any(category.is_anonymous for category in meeting.cycle.scheme.categories.all()),
    }
    if request.headers.get("X-Requested-With") != "XMLHttpRequest":
        context["screen_address"] = screen_address(request, meeting)
        return render(request, "reviews/live/meeting_live.html", context)
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "reviews/live/_desk.html", context)
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response


@require_POST
def slot_start(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, lambda slot, seen: start_slot(slot, seen=seen, by=request.user))


@require_POST
def slot_comment(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, lambda slot, seen: comment_slot(slot, seen=seen, by=request.user))


@require_POST
def slot_hear(request: HttpRequest, pk: int) -> HttpResponse:
    call_next = bool(request.POST.get("call_next"))
    return _advance(request, pk, lambda slot, seen: hear_slot(slot, call_next=call_next, seen=seen, by=request.user))


@require_POST
def slot_finish(request: HttpRequest, pk: int) -> HttpResponse:
    call_next = bool(request.POST.get("call_next"))
    return _advance(request, pk, lambda slot, seen: finish_slot(slot, call_next=call_next, seen=seen, by=request.user))


@require_POST
def slot_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, lambda slot, seen: reopen_slot(slot, seen=seen, by=request.user))


@require_POST
def slot_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, lambda slot, seen: postpone_slot(slot, seen=seen, by=request.user))


@require_POST
def slot_pause(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, lambda slot, seen: pause_slot(slot, seen=seen, by=request.user))


@require_POST
def slot_resume(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, lambda slot, seen: resume_slot(slot, seen=seen, by=request.user))


@require_POST
def item_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting has come to this item."""
    meetings = Meeting.objects.visible_to(request.user)
    item = get_object_or_404(AgendaItem.objects.filter(meeting__in=meetings), pk=pk)
    done(request, lambda: show_item(item, seen=_seen(request), by=request.user), _("已转到该项议程。"))
    return redirect("reviews:meeting_live", item.meeting_id)


@require_http_methods(["GET", "POST"])
def slot_turn_written(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has not come reports in writing, with a reason (S-88)."""
    slot = _visible_slot(request, pk)
    meeting = slot.meeting
    if not can_manage_meeting(request.user, meeting):
        raise PermissionDenied
    form = SlotTurnWrittenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            turn_slot_written(slot, reason=form.cleaned_data["reason"], by=request.user)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已改为书面述职。"))
            return redirect("reviews:meeting_live", meeting.pk)
    context = {"form": form, "slot": slot, "meeting": meeting}
    return render(request, "reviews/live/slot_turn_written.html", context)


@require_http_methods(["GET", "POST"])
def slot_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was to report in writing speaks after all."""
    meeting = visible_meeting(request, pk)
    if not can_manage_meeting(request.user, meeting):
        raise PermissionDenied
    form = SlotAddForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            add_slot(meeting, form.cleaned_data["reporter"], by=request.user)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已增加一名大会述职人，排在最后。"))
            return redirect("reviews:meeting_live", meeting.pk)
    return render(request, "reviews/live/slot_add.html", {"form": form, "meeting": meeting})


def screen_address(request: HttpRequest, meeting: Meeting) -> str:
    """What is typed or scanned at the projector."""
    return request.build_absolute_uri(meeting.screen_url)


def _seen(request: HttpRequest) -> int | None:
    """The live revision the pressed button was made from."""
    return next(iter(ids_of([request.POST.get("seen", "")])), None)


def _visible_slot(request: HttpRequest, pk: int) -> Slot:
    meetings = Meeting.objects.visible_to(request.user)
    rows = Slot.objects.filter(meeting__in=meetings).select_related(
        "meeting__cycle__committee", "reporter__organization", "reporter__post__person"
    )
    return get_object_or_404(rows, pk=pk)


def _advance(request: HttpRequest, pk: int, deed: Callable[[Slot, int | None], Slot]) -> HttpResponse:
    """The clerk who comes second is told what the first one has done."""
    slot = _visible_slot(request, pk)
    done(request, lambda: deed(slot, _seen(request)))
    return redirect("reviews:meeting_live", slot.meeting_id)
