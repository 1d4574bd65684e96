"""The meeting as it runs: the clerk's page, the screen that follows, the buttons (S-95)."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common import clock
from reviews.actions.live import comment_slot, finish_slot, reopen_slot, show_item, start_slot
from reviews.models import AgendaItem, Meeting, Slot
from reviews.models.live import LiveState, live_state
from reviews.models.score_sheets import sheet_progress
from reviews.permissions import can_manage_meeting
from reviews.views.deeds import done, visible_meeting


@require_GET
def meeting_live(request: HttpRequest, pk: int) -> HttpResponse:
    """The clerk's page: what is on, what comes, and the buttons for both."""
    meeting = visible_meeting(request, pk)
    if not can_manage_meeting(request.user, meeting):
        raise PermissionDenied
    live = live_state(meeting)
    progress = sheet_progress(meeting)
    context = {
        "meeting": meeting,
        "live": live,
        "facts": live.facts,
        "now": clock.now(),
        "sheets_in": sum(row.returned for row in progress),
        "sheets_expected": sum(row.expected for row in progress),
        "missing_comments": meeting.missing_comments(),
    }
    return render(request, "reviews/live/meeting_live.html", context)


@require_GET
def meeting_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Read-only and following: a page for the wall, or its fragment with an ETag for a script.

    `?seen=` is the state a clerk's page was made from; the fragment says when it is out of date.
    """
    meeting = visible_meeting(request, pk)
    live = live_state(meeting)
    seen = request.GET.get("seen", "")
    context = _screen(meeting, live) | {"outdated": bool(seen) and seen != live.tag}
    if request.headers.get("X-Requested-With") != "XMLHttpRequest":
        return render(request, "reviews/live/meeting_screen.html", context)
    tag = f'"{live.tag}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "reviews/live/_screen.html", context)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def _screen(meeting: Meeting, live: LiveState) -> dict[str, Any]:
    return {"meeting": meeting, "live": live, "facts": live.facts, "now": clock.now()}


@require_POST
def slot_start(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, lambda slot: start_slot(slot, by=request.user))


@require_POST
def slot_comment(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, lambda slot: comment_slot(slot, by=request.user))


@require_POST
def slot_finish(request: HttpRequest, pk: int) -> HttpResponse:
    call_next = bool(request.POST.get("call_next"))
    return _advance(request, pk, lambda slot: finish_slot(slot, call_next=call_next, by=request.user))


@require_POST
def slot_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, lambda slot: reopen_slot(slot, by=request.user))


@require_POST
def item_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting has come to this item."""
    meetings = Meeting.objects.visible_to(request.user)
    item = get_object_or_404(AgendaItem.objects.filter(meeting__in=meetings), pk=pk)
    done(request, lambda: show_item(item, by=request.user), _("已转到该项议程。"))
    return redirect("reviews:meeting_live", item.meeting_id)


def _advance(request: HttpRequest, pk: int, deed: Callable[[Slot], Slot]) -> HttpResponse:
    """The clerk who comes second is told what the first one has done."""
    meetings = Meeting.objects.visible_to(request.user)
    slot = get_object_or_404(Slot.objects.filter(meeting__in=meetings), pk=pk)
    done(request, lambda: deed(slot))
    return redirect("reviews:meeting_live", slot.meeting_id)
