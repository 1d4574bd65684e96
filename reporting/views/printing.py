"""Ask for a report on paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.actions.documents import request_document
from reporting.models import DutyReport, ReportVersion
from reporting.permissions import can_print_report
from reporting.rules.reports import ReportState

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
