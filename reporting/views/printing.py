"""Ask for a report on paper, or have it as a Word file."""

import io

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents.actions.documents import request_document
from reporting.models import DutyReport, ReportVersion
from reporting.papers.word_reports import outline_file, report_file
from reporting.permissions import can_print_report, can_write_report
from reporting.rules.reports import ReportState

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPER = "reporting.papers.reports.content"
OPINION = "reporting.papers.opinions.content"


@require_POST
def report_paper(request: HttpRequest, pk: int) -> HttpResponse:
    reports = DutyReport.objects.visible_to(request.user).with_reporters()
    report = get_object_or_404(reports, reporter=pk)
    if not can_print_report(request.user, report):
        raise PermissionDenied
    if report.is_printable:
        request_document(
            paper=PAPER,
            subject=report.reporter,
            title=str(report),
            committee=report.cycle.committee,
            organization=report.reporter.organization,
            by=request.user,
        )
    else:
        messages.error(request, _("报告审核采用以后才能打印。"))
    return redirect("reporting:report_show", pk)


@require_POST
def opinion_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """报告审核意见单 of one return."""
    versions = ReportVersion.objects.visible_to(request.user).select_related("report__reporter__cycle__committee")
    version = get_object_or_404(versions, pk=pk)
    report = version.report
    if not can_print_report(request.user, report):
        raise PermissionDenied
    if version.state == ReportState.RETURNED:
        request_document(
            paper=OPINION,
            subject=version,
            title=f"{report.reporter.organization.label}述职报告审核意见单",
            committee=report.cycle.committee,
            organization=report.reporter.organization,
            by=request.user,
        )
    else:
        messages.error(request, _("只有退回的报告才有审核意见单。"))
    return redirect("reporting:report_show", report.reporter_id)


@require_GET
def report_word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The report as .docx: authors get what they write, everybody else what was handed in last."""
    report = _own_or_reviewed(request, pk)
    content = report.content if can_write_report(request.user, report) else report.handed_in or report.content
    return _word_file(report_file(content), f"{report}.docx")


@require_GET
def report_outline(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The outline to write in offline, with what is written already."""
    report = _own_or_reviewed(request, pk)
    if not can_write_report(request.user, report):
        raise PermissionDenied
    guidance = dict(report.cycle.scheme.sections.values_list("key", "guidance"))
    return _word_file(outline_file(report.content, guidance), f"{report}（提纲）.docx")


def _own_or_reviewed(request: HttpRequest, pk: int) -> DutyReport:
    report = get_object_or_404(DutyReport.objects.visible_to(request.user).with_reporters(), reporter=pk)
    if not can_print_report(request.user, report):
        raise PermissionDenied
    return report


def _word_file(data: bytes, name: str) -> FileResponse:
    return FileResponse(io.BytesIO(data), as_attachment=True, filename=name, content_type=WORD)
