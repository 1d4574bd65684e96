"""Files beside the reports of a meeting, for those who comment on them or score them (S-73)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from reporting.models import ReportAttachment
from reporting.views.attachments import attachment_facts, download_answer, open_answer, preview_answer
from reviews.models import Meeting
from reviews.permissions import can_open_attachments

from .deeds import visible_meeting


@require_GET
def attachment_show(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponse:
    meeting, attachment = _attachment(request, pk, attachment_pk)
    context = {"meeting": meeting, "report": attachment.report, **attachment_facts(attachment)}
    context["preview_url"] = reverse("reviews:attachment_preview", args=[pk, attachment_pk])
    context["open_url"] = reverse("reviews:attachment_open", args=[pk, attachment_pk])
    context["download_url"] = reverse("reviews:attachment_download", args=[pk, attachment_pk])
    return render(request, "reviews/attachments/attachment_show.html", context)


@require_GET
def attachment_preview(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponseBase:
    return preview_answer(_attachment(request, pk, attachment_pk)[1])


@require_GET
def attachment_open(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponseBase:
    return open_answer(_attachment(request, pk, attachment_pk)[1])


@require_GET
def attachment_download(request: HttpRequest, pk: int, attachment_pk: int) -> HttpResponseBase:
    return download_answer(_attachment(request, pk, attachment_pk)[1])


def _attachment(request: HttpRequest, pk: int, attachment_pk: int) -> tuple[Meeting, ReportAttachment]:
    """A file that the text handed in last by a reporter of the meeting names; drafts and earlier rounds stay closed."""
    meeting = visible_meeting(request, pk)
    if not can_open_attachments(request.user, meeting):
        raise PermissionDenied
    handed_in = ReportAttachment.objects.filter(handed_in_at__isnull=False, report__reporter__in=meeting.reporters)
    rows = handed_in.with_places().select_related(
        "report__reporter__organization", "report__reporter__cycle", "by__person"
    )
    attachment = get_object_or_404(rows, pk=attachment_pk)
    content = attachment.report.handed_in
    if content is None or attachment.pk not in {file.id for file in content.attachments}:
        raise Http404
    return meeting, attachment
