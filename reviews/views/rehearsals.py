"""Rehearsal: begin, fill, run, end, and the check of what remained."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reviews.actions.rehearsals import begin_rehearsal, end_rehearsal, fill_rehearsal, run_rehearsal
from reviews.models import Meeting
from reviews.models.score_sheets import sheet_progress
from reviews.permissions import can_manage_meeting
from reviews.views.deeds import done, visible_meeting


@require_GET
def rehearsal_show(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_manage_meeting(request.user, meeting):
        raise PermissionDenied
    progress = sheet_progress(meeting)
    context = {
        "meeting": meeting,
        "last": meeting.rehearsals.filter(ended_at__isnull=False).select_related("begun_by", "ended_by").first(),
        "sheets_in": sum(row.returned for row in progress),
        "sheets_expected": sum(row.expected for row in progress),
        "missing_comments": meeting.missing_comments(),
        "slots_left": meeting.slots.exclude(state="done").count(),
    }
    context["others"] = _others(context["last"])
    return render(request, "reviews/rehearsals/rehearsal_show.html", context)


def _others(last: Any) -> list[tuple[str, int, int]]:
    """Tables that have nothing to do with the meeting and differ: people worked elsewhere meanwhile."""
    before, after = last.outcome.get("counts", [{}, {}]) if last else ({}, {})
    own = {check["table"] for check in last.outcome.get("checks", [])} if last else set()
    return [
        (label, before.get(label, 0), count)
        for label, count in sorted(after.items())
        if label not in own and before.get(label, 0) != count
    ]


@require_POST
def rehearsal_begin(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, begin_rehearsal, _("演练开始。本次会议的各个页面都标有“演练”。"))


@require_POST
def rehearsal_fill(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, fill_rehearsal, _("已填入模拟的评分和点评。"))


@require_POST
def rehearsal_run(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, run_rehearsal, _("已走完全部述职和议程。"))


@require_POST
def rehearsal_end(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, end_rehearsal, _("演练结束，会议已恢复到演练之前。"))


def _do(request: HttpRequest, pk: int, deed: Callable[..., object], said: str) -> HttpResponse:
    meeting: Meeting = visible_meeting(request, pk)
    if not can_manage_meeting(request.user, meeting):
        raise PermissionDenied
    done(request, lambda: deed(meeting, by=request.user), said)
    return redirect("reviews:rehearsal_show", pk)
