"""Common problems and rectification to date, for meetings about the work (S-51)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents.actions.documents import request_document
from reviews.models import Meeting
from reviews.models.standings import standing_of
from reviews.permissions import can_read_meeting_papers
from reviews.views.deeds import visible_meeting


@require_GET
def standing_show(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _readable(request, pk)
    context = {"meeting": meeting, "standing": standing_of(meeting)}
    return render(request, "reviews/standings/standing_show.html", context)


@require_POST
def standing_paper(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _readable(request, pk)
    request_document(
        paper="reviews.papers.standing.content",
        subject=meeting,
        title=f"{meeting.title}整改进展情况",
        committee=meeting.committee,
        by=request.user,
    )
    messages.success(request, _("正在生成，稍后即可下载。"))
    return redirect("reviews:standing_show", pk)


def _readable(request: HttpRequest, pk: int) -> Meeting:
    meeting = visible_meeting(request, pk)
    if not can_read_meeting_papers(request.user, meeting):
        raise PermissionDenied
    return meeting
