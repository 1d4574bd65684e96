"""The end of a meeting, and what it left everybody with (S-99, S-107, S-147)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.forms import Form
from reviews.actions.closing import close_meeting
from reviews.models import Meeting
from reviews.models.closing import closing_facts, source_counts
from reviews.models.score_sheets import sheet_progress
from reviews.models.turnouts import Turnout, rounds_turnouts, sheet_turnouts
from reviews.permissions import can_close_meeting
from reviews.rules.closing import JUDGING_KINDS, closing_refusals, closing_warnings

from .refusals import refused


@require_http_methods(["GET", "POST"])
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Before: what is missing. After: how many problems each reporter brought and has on the list."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    if not can_close_meeting(request.user, meeting):
        raise PermissionDenied
    form = Form(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = refused(form, lambda: close_meeting(meeting, by=request.user))
        if not status:
            messages.success(request, _("会议已经结束。各单位的整改清单已经形成。"))
            return redirect("reviews:meeting_close", meeting.pk)
    judges = meeting.kind in JUDGING_KINDS
    facts = closing_facts(meeting) if judges and not meeting.is_closed else None
    context = {
        "meeting": meeting,
        "form": form,
        "refusals": closing_refusals(facts) if facts else [],
        "warnings": closing_warnings(facts) if facts else [],
        "turnouts": _turnouts(meeting) if judges and not meeting.is_closed else [],
        "counts": source_counts(meeting) if judges and meeting.is_closed else [],
    }
    return render(request, "reviews/closing/meeting_close.html", context, status=status or 200)


def _turnouts(meeting: Meeting) -> list[Turnout]:
    sheets = sheet_turnouts(sheet_progress(meeting))
    return [*sheets, *(row for _round, rows in rounds_turnouts(meeting) for row in rows)]
