"""The papers of a meeting: asked for here, made in the background (S-183, S-184, S-186, S-191)."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from documents.actions.documents import request_document
from reviews.models import Meeting
from reviews.permissions import can_request_form, can_request_packet, can_request_summary


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    meeting: Meeting = get_object_or_404(Meeting.objects.visible_to(request.user).with_facts(), pk=pk)
    return meeting


@require_GET
def paper_list(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    context = {
        "meeting": meeting,
        "can_packet": can_request_packet(request.user, meeting),
        "can_summary": can_request_summary(request.user, meeting),
        "can_form": can_request_form(request.user, meeting),
    }
    if not any([context["can_packet"], context["can_summary"], context["can_form"]]):
        raise PermissionDenied
    return render(request, "reviews/meeting_papers/paper_list.html", context)


def _request(
    request: HttpRequest, pk: int, paper: str, name: str, allowed: Callable[[User, Meeting], bool]
) -> HttpResponse:
    meeting = _meeting(request, pk)
    if not allowed(request.user, meeting):
        raise PermissionDenied
    title = f"{meeting.committee.display_name}{meeting.cycle.year}年度{name}"
    request_document(paper=paper, subject=meeting, title=title, committee=meeting.committee, by=request.user)
    return redirect("reviews:paper_list", meeting.pk)


@require_POST
def packet_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request(request, pk, "reviews.papers.packet.content", "述职评议材料", can_request_packet)


@require_POST
def booklet_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request(request, pk, "reviews.papers.booklet.content", "述职报告汇编", can_request_packet)


@require_POST
def summary_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request(request, pk, "reviews.papers.summary.content", "述职评议情况汇总", can_request_summary)


@require_POST
def form_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request(request, pk, "reviews.papers.paper_form.content", "述职评议评分表", can_request_form)
