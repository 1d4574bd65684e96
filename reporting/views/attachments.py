"""Files beside a report: put there and taken out by its authors, opened by whoever may read it (S-73)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.attachments import FILE_POLICY, file_answer
from documents.previews import file_preview, shown_picture
from reporting.actions.attachments import add_attachments, remove_attachment
from reporting.forms.attachments import AttachmentForm
from reporting.models import DutyReport, ReportAttachment, WorkEvidence
from reporting.models.attachments import attachment_places
from reporting.permissions import can_attach_file
from reporting.views.deeds import attempt, deed_page, posted

HandedIn = ReportAttachment | WorkEvidence


@require_http_methods(["GET", "POST"])
def attachment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """All files of the report of reporter `pk`, and the form that adds some; ?place= says where one came from."""
    reports = DutyReport.objects.visible_to(request.user).with_reporters()
    report = get_object_or_404(reports, reporter=pk)
    if not can_attach_file(request.user, report):
        raise PermissionDenied
    places = attachment_places(report)
    form = AttachmentForm(
        posted(request), request.FILES or None, places=places, initial={"place": request.GET.get("place", "")}
    )
    place = form.cleaned_data["place"] if form.is_bound and form.is_valid() else ""
    files = form.cleaned_data["files"] if place else []
    return deed_page(
        request,
        form,
        deed=lambda: add_attachments(report, place=place, files=files, by=request.user),
        done=_("附件已上传。"),
        url=f"{reverse('reporting:attachment_add', args=[pk])}?place={place}",
        template="reporting/attachments/attachment_add.html",
        context=_standing(report, form),
    )


def _standing(report: DutyReport, form: AttachmentForm) -> dict[str, Any]:
    attachments = list(report.attachments.standing().with_places().select_related("by__person"))
    place = str(form["place"].value() or "")
    return {
        "report": report,
        "attachments": attachments,
        "total": sum(attachment.size for attachment in attachments),
        "is_open": report.is_writable and not report.cycle.is_closed,
        "anchor": place if place.startswith("section-") else "",
    }


@require_POST
def attachment_remove(request: HttpRequest, pk: int) -> HttpResponse:
    attachment = _attachment(request, pk)
    if not can_attach_file(request.user, attachment.report):
        raise PermissionDenied
    attempt(request, lambda: remove_attachment(attachment, by=request.user), _("附件已移除。"))
    return redirect("reporting:attachment_add", attachment.report.reporter_id)


@require_GET
def attachment_show(request: HttpRequest, pk: int) -> HttpResponse:
    attachment = _attachment(request, pk)
    report = attachment.report
    context = {"report": report, **attachment_facts(attachment)}
    context["preview_url"] = reverse("reporting:attachment_preview", args=[pk])
    context["open_url"] = reverse("reporting:attachment_open", args=[pk])
    context["download_url"] = reverse("reporting:attachment_download", args=[pk])
    return render(request, "reporting/attachments/attachment_show.html", context)


@require_GET
def attachment_preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    return preview_answer(_attachment(request, pk))


@require_GET
def attachment_open(request: HttpRequest, pk: int) -> HttpResponseBase:
    return open_answer(_attachment(request, pk))


@require_GET
def attachment_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    return download_answer(_attachment(request, pk))


def attachment_facts(attachment: HandedIn) -> dict[str, Any]:
    """What a page says and shows of the file, whichever door it was opened through."""
    return {"attachment": attachment, "preview": file_preview(attachment.file.name, attachment.kind)}


def preview_answer(attachment: HandedIn) -> HttpResponseBase:
    """A picture scaled to a screen, or the first page of a PDF; nothing else is shown inside a page as a picture."""
    picture = shown_picture(attachment.file.name, attachment.kind)
    if picture is None:
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": FILE_POLICY}
    return HttpResponse(picture, content_type="image/jpeg", headers=headers)


def open_answer(attachment: HandedIn) -> HttpResponseBase:
    """A PDF for the browser's own viewer."""
    if attachment.kind != "pdf":
        raise Http404
    return file_answer(attachment.file.name, name=attachment.name, content_type=attachment.content_type, inline=True)


def download_answer(attachment: HandedIn) -> HttpResponseBase:
    return file_answer(attachment.file.name, name=attachment.name, content_type=attachment.content_type)


def _attachment(request: HttpRequest, pk: int) -> ReportAttachment:
    attachments = ReportAttachment.objects.visible_to(request.user).with_places()
    return get_object_or_404(attachments.select_related("report__reporter__organization", "by__person"), pk=pk)
