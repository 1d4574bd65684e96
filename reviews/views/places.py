"""Pages that divide a year over its meetings, and a meeting over its halls."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from reporting.models import Cycle
from reviews.actions.places import save_places, save_venues
from reviews.forms.places import PlacesForm, VenueFormSet, venue_rows
from reviews.models.places import place_rows
from reviews.permissions import can_edit_meeting, can_edit_place
from reviews.views.deeds import REFUSALS, visible_meeting


@require_http_methods(["GET", "POST"])
def place_edit(request: HttpRequest, cycle_id: int) -> HttpResponse:
    """Everybody of the year by domain, each with the meeting that hears them; who is in none stands out."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("committee"), pk=cycle_id)
    if not can_edit_place(request.user, cycle):
        raise PermissionDenied
    meetings = list(cycle.meetings.judging().order_by("date", "pk"))
    rows = place_rows(cycle)
    form = PlacesForm(request.POST or None, rows=rows, meetings=meetings)
    if request.method == "POST" and form.is_valid():
        try:
            moved = save_places(cycle, places=form.places, by=request.user)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            said = ngettext("已调整%(n)s名述职人。", "已调整%(n)s名述职人。", len(moved)) % {"n": len(moved)}
            messages.success(request, said)
            return redirect("reviews:place_edit", cycle_id)
    counts = [(meeting, sum(row.meeting_id == meeting.pk for row in rows)) for meeting in meetings]
    context = {
        "cycle": cycle,
        "form": form,
        "counts": counts,
        "unplaced": [row.reporter for row in rows if row.meeting_id is None],
    }
    return render(request, "reviews/places/place_edit.html", context)


@require_http_methods(["GET", "POST"])
def venue_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Branch halls with place and contact; the agenda prints them, the attendance list is sorted by them."""
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    rows = VenueFormSet(request.POST or None, initial=venue_rows(meeting), prefix="venues")
    context = {"meeting": meeting, "formset": rows}
    if request.method == "POST" and rows.is_valid():
        try:
            save_venues(meeting, halls=rows.halls, by=request.user)
        except REFUSALS as error:
            context["refusal"] = str(error)
        else:
            messages.success(request, _("分会场已保存。"))
            return redirect("reviews:meeting_show", pk)
    return render(request, "reviews/places/venue_edit.html", context)
