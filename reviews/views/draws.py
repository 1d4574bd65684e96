"""The draw of lots for the order of reports, and its sheet to sign."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reviews.actions.draws import draw_order, enter_lots
from reviews.forms.draws import DrawForm
from reviews.models import Meeting
from reviews.models.draws import draw_lines
from reviews.permissions import can_edit_meeting
from reviews.views.deeds import REFUSALS, visible_meeting


@require_http_methods(["GET", "POST"])
def draw_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Two buttons: the system draws, or the numbers of a draw on paper count."""
    meeting = visible_meeting(request, pk)
    if not can_edit_meeting(request.user, meeting):
        raise PermissionDenied
    draws = list(meeting.draws.select_related("drawn_by"))
    form = DrawForm(request.POST or None, lines=draw_lines(meeting), is_again=bool(draws))
    if request.method == "POST" and form.is_valid():
        try:
            _hold(request, meeting, form)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("抽签结果已记录，述职顺序已按签号排列。"))
            return redirect("reviews:draw_edit", pk)
    return render(request, "reviews/draws/draw_edit.html", {"meeting": meeting, "form": form, "draws": draws})


def _hold(request: HttpRequest, meeting: Meeting, form: DrawForm) -> None:
    facts = {"groups": form.cleaned_data["groups"], "reason": form.cleaned_data.get("reason", "")}
    if "typed" in request.POST:
        enter_lots(meeting, numbers=form.numbers, **facts, by=request.user)
    else:
        draw_order(meeting, **facts, by=request.user)
