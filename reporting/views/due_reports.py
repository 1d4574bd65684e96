"""The register of other due reports (S-48)."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common import clock
from common.pages import page_of
from documents.attachments import file_answer
from documents.rules.attachments import CONTENT_TYPES
from reporting.actions.due_reports import add_due_reports, file_due_report, remove_due_report
from reporting.forms.due_reports import (
    FILED,
    OVERDUE,
    UNFILED,
    DueReportFileForm,
    DueReportFilterForm,
    DueReportForm,
)
from reporting.models import DueReport
from reporting.permissions import can_edit_cycle, can_file_due_report
from reporting.views.deeds import attempt, deed_page, posted
from reporting.views.key_tasks import get_reviewed_cycle


@require_GET
def due_report_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_reviewed_cycle(request, pk)
    form = DueReportFilterForm(request.GET)
    reports = DueReport.objects.filter(cycle=cycle)
    context = {
        "cycle": cycle,
        "form": form,
        "page_obj": page_of(request, _filtered(reports, form).for_table()),
        "unfiled_count": reports.unfiled().count(),
        "overdue_count": reports.overdue(clock.today()).count(),
        "can_edit": can_edit_cycle(request.user, cycle) and not cycle.is_closed,
    }
    return render(request, "reporting/due_reports/due_report_list.html", context)


def _filtered(reports: QuerySet[DueReport], form: DueReportFilterForm) -> QuerySet[DueReport]:
    if not form.is_valid():
        return reports
    q, state = form.cleaned_data["q"], form.cleaned_data["state"]
    if q:
        named = Q(organization__name__icontains=q) | Q(organization__code__icontains=q)
        reports = reports.filter(named | Q(kind__icontains=q))
    if state in (FILED, UNFILED):
        reports = reports.filter(filed_on__isnull=state == UNFILED)
    return reports.overdue(clock.today()) if state == OVERDUE else reports


@require_http_methods(["GET", "POST"])
def due_report_create(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_reviewed_cycle(request, pk)
    if not can_edit_cycle(request.user, cycle):
        raise PermissionDenied
    form = DueReportForm(posted(request), cycle=cycle)
    return deed_page(
        request,
        form,
        deed=lambda: add_due_reports(
            cycle, facts=form.facts, organizations=list(form.cleaned_data["organizations"]), by=request.user
        ),
        done=_("应报事项已登记，并通知了报告单位。"),
        url=reverse("reporting:due_report_list", args=[pk]),
        template="reporting/due_reports/due_report_create.html",
        context={"cycle": cycle},
    )


def _report(request: HttpRequest, pk: int) -> DueReport:
    return get_object_or_404(DueReport.objects.visible_to(request.user).for_table(), pk=pk)


@require_POST
def due_report_remove(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    if not can_edit_cycle(request.user, report.cycle):
        raise PermissionDenied
    attempt(request, lambda: remove_due_report(report, by=request.user), _("已删除。"))
    return redirect("reporting:due_report_list", report.cycle_id)


@require_http_methods(["GET", "POST"])
def due_report_file(request: HttpRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    if not can_file_due_report(request.user, report):
        raise PermissionDenied
    form = DueReportFileForm(posted(request), request.FILES or None)
    return deed_page(
        request,
        form,
        deed=lambda: file_due_report(report, **form.cleaned_data, by=request.user),
        done=_("已登记报告。"),
        url=f"{reverse('reporting:work_show', args=[report.organization_id])}?year={report.cycle.year}",
        template="reporting/due_reports/due_report_file.html",
        context={"report": report},
    )


@require_GET
def due_report_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    report = _report(request, pk)
    if not report.file:
        raise Http404
    content_type = CONTENT_TYPES[report.file.name.rsplit(".", 1)[-1]]
    return file_answer(report.file.name, name=report.file_name, content_type=content_type)
