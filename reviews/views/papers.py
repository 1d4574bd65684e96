"""Ask for the papers of a meeting."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.actions.documents import request_document
from reviews.permissions import can_read_meeting_papers
from reviews.views.deeds import done, visible_meeting


@require_POST
def agenda_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request_paper(request, pk, "reviews.papers.agenda.content", "议程")


@require_POST
def script_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request_paper(request, pk, "reviews.papers.script.content", "主持词")


@require_POST
def attendance_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request_paper(request, pk, "reviews.papers.attendance.content", "参会人员名单")


@require_POST
def conduct_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request_paper(request, pk, "reviews.papers.conduct.content", "会议须知")


@require_POST
def reporter_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request_paper(request, pk, "reviews.papers.reporter_table.content", "述职对象一览表")


@require_POST
def seat_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request_paper(request, pk, "reviews.papers.seats.content", "座次表")


@require_POST
def place_card_paper(request: HttpRequest, pk: int) -> HttpResponse:
    back = "reviews:attendance_check"
    return _request_paper(request, pk, "reviews.papers.place_cards.content", "桌签", back=back)


@require_POST
def draw_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request_paper(request, pk, "reviews.papers.draws.content", "述职顺序抽签表", back="reviews:draw_edit")


def _request_paper(
    request: HttpRequest, pk: int, paper: str, name: str, back: str = "reviews:meeting_show"
) -> HttpResponse:
    meeting = visible_meeting(request, pk)
    if not can_read_meeting_papers(request.user, meeting):
        raise PermissionDenied
    done(
        request,
        lambda: request_document(
            paper=paper,
            subject=meeting,
            title=f"{meeting.title}{name}",
            committee=meeting.committee,
            by=request.user,
        ),
        _("正在生成，稍后即可下载。"),
    )
    return redirect(back, pk)
