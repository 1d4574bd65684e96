"""Reports as they are read, handed in and screened (S-74, S-75, S-78, S-81)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry, organization_year
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from common.pages import page_of
from reporting.actions.reports import (
    WRITTEN,
    accept_report,
    lock_report,
    reopen_report,
    return_report,
    submit_report,
)
from reporting.forms.reports import ReportFilterForm, ReportReopenForm, ReportReturnForm, ReportSubmitForm
from reporting.models import DutyReport, Reporter, ReportNote, ReportVersion
from reporting.models.indicators import lines_of
from reporting.models.self_checks import self_check_of
from reporting.permissions import (
    can_reopen_report,
    can_return_report,
    can_screen_report,
    can_submit_report,
    can_write_report,
)
from reporting.rules.content import ReportContent
from reporting.rules.counts import count_report
from reporting.rules.reading import reading
from reporting.rules.reports import REPORT_FLOW
from reporting.rules.validity import find_gaps, find_hints
from reporting.views.deeds import REFUSED, attempt, posted, sentences, status_of
from reporting.views.screening import queue_query
from reporting.views.versions import same_texts


def _get_report(request: HttpRequest, pk: int) -> DutyReport:
    """The report of reporter `pk`."""
    reports = DutyReport.objects.visible_to(request.user).with_reporters()
    return get_object_or_404(reports, reporter=pk)


@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """One's own reports, and for those who review what was handed in; ?state=submitted is the queue (S-74)."""
    form = ReportFilterForm(request.GET)
    reports = _filtered(DutyReport.objects.visible_to(request.user).with_reporters(), form)
    organizations = request.user.organizations_as(*WRITING_ROLES)
    not_started = Reporter.objects.of_running_cycles().filter(organization__in=organizations, report__isnull=True)
    context = {
        "form": form,
        "page_obj": page_of(request, reports.order_by("-reporter__cycle__year", "reporter__mode", "reporter__order")),
        "not_started": not_started.select_related("cycle__committee", "organization", "post__person"),
        "own_ids": {organization.pk for organization in organizations},
        "published_count": DutyReport.objects.published_to(request.user).count(),
        "screens": request.user.holds(Role.ORGANIZATION_DEPARTMENT),
    }
    return render(request, "reporting/reports/report_list.html", context)


def _filtered(reports: QuerySet[DutyReport], form: ReportFilterForm) -> QuerySet[DutyReport]:
    if not form.is_valid():
        return reports
    wanted = form.cleaned_data
    if wanted["q"]:
        reports = reports.filter(
            Q(reporter__organization__name__icontains=wanted["q"])
            | Q(reporter__organization__code__icontains=wanted["q"])
            | Q(reporter__post__person__name__icontains=wanted["q"])
        )
    columns = {
        "state": "state",
        "mode": "reporter__mode",
        "domain": "reporter__organization__domain",
        "year": "reporter__cycle__year",
    }
    return reports.filter(**{column: wanted[name] for name, column in columns.items() if wanted[name]})


@require_GET
def report_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Authors read what they write; everybody else what was handed in last, never the draft (S-74)."""
    report = _get_report(request, pk)
    is_author = can_write_report(request.user, report)
    handed_in = report.handed_in
    content = report.content if is_author or handed_in is None else handed_in
    context = {
        "report": report,
        "cycle": report.cycle,
        "reading": reading(content, personal_first=not is_author),
        "figure_lines": lines_of(report, content),
        "is_author": is_author,
        "in_year": organization_year(report.reporter.organization, report.cycle.year),
        "is_earlier_text": not is_author and report.is_writable,
        "counts": count_report(content),
        "hints": find_hints(content, report.cycle.scheme.limits),
        "rows": same_texts(list(report.versions.select_related("by__person"))),
        "open_notes": ReportNote.objects.open().filter(report=report).count()
        if is_author and report.is_writable
        else 0,
        "gaps": find_gaps(content, report.cycle.scheme.limits) if is_author and report.is_writable else [],
        "entries": AuditEntry.objects.of(report).exclude(verb=WRITTEN)[:30],
        **_buttons(request, report),
        **_queue(request, report),
    }
    return render(request, "reporting/reports/report_show.html", context)


def _queue(request: HttpRequest, report: DutyReport) -> dict[str, Any]:
    """For who screens: how many reports of the committee wait besides this one, and the first of them (S-74)."""
    if not can_screen_report(request.user, report) or report.cycle.is_closed:
        return {}
    waiting = DutyReport.objects.awaiting_screening(report.cycle.committee).exclude(pk=report.pk)
    first = waiting.with_reporters().order_by("reporter__mode", "reporter__order", "pk").first()
    return {"waiting_count": waiting.count(), "next_report": first, "screens": True}


def _buttons(request: HttpRequest, report: DutyReport) -> dict[str, Any]:
    verbs = set() if report.cycle.is_closed else set(REPORT_FLOW.verbs_from(report.state))
    screens = can_screen_report(request.user, report)
    return {
        "can_edit": "submit" in verbs and can_write_report(request.user, report),
        "can_submit": "submit" in verbs and can_submit_report(request.user, report),
        "can_accept": "accept" in verbs and screens,
        "can_return": "return" in verbs and screens,
        "can_lock": "lock" in verbs and screens,
        "can_reopen": "reopen" in verbs and screens,
    }


@require_http_methods(["GET", "POST"])
def report_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, by name, with the way to it; or the button that hands in."""
    report = _get_report(request, pk)
    if not can_submit_report(request.user, report):
        raise PermissionDenied
    done = _("报告已报送，等待组织部门审核。")
    form = ReportSubmitForm(posted(request)) if report.rounds else None
    note = form.cleaned_data["note"] if form and form.is_valid() else ""
    if request.method == "POST" and attempt(request, lambda: submit_report(report, note=note, by=request.user), done):
        return redirect("reporting:report_show", pk)
    content, scheme = report.content, report.cycle.scheme
    context = {
        "report": report,
        "cycle": report.cycle,
        "gaps": find_gaps(content, scheme.limits),
        "hints": find_hints(content, scheme.limits),
        "counts": count_report(content),
        "is_open": REPORT_FLOW.allows(report.state, "submit") and not report.cycle.is_closed,
        "form": form,
        "open_notes": ReportNote.objects.open().filter(report=report).count(),
        "is_late": report.submitted_at is None and scheme.is_report_late(clock.today()),
        "unanswered": sum(not answer.strip() for _question, answer in self_check_of(report)),
    }
    return render(request, "reporting/reports/report_submit.html", context)


@require_http_methods(["GET", "POST"])
def report_return(request: HttpRequest, pk: int) -> HttpResponse:
    report = _get_report(request, pk)
    if not can_return_report(request.user, report):
        raise PermissionDenied
    notes = report.notes.filter(released_at__isnull=True).count()
    form = ReportReturnForm(posted(request), notes=notes)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return_report(report, reason=form.reason, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("报告已退回，并通知了对方。"))
            return _after_screening(request, pk)
    handed_in = report.handed_in or report.content
    context = {"report": report, "cycle": report.cycle, "form": form, "reading": reading(handed_in), "notes": notes}
    return render(request, "reporting/reports/report_return.html", context, status=status)


def _after_screening(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came from the queue goes on with it."""
    if request.GET.get("next") != "screening":
        return redirect("reporting:report_show", pk)
    query = queue_query(request)
    answer = redirect("reporting:screening_next")
    answer["Location"] += f"?after={pk}" + (f"&{query}" if query else "")
    return answer


@require_POST
def report_accept(request: HttpRequest, pk: int) -> HttpResponse:
    report = _get_report(request, pk)
    attempt(request, lambda: accept_report(report, by=request.user), _("报告已采用。"))
    return redirect("reporting:report_show", pk)


@require_POST
def report_lock(request: HttpRequest, pk: int) -> HttpResponse:
    report = _get_report(request, pk)
    attempt(request, lambda: lock_report(report, by=request.user), _("报告已定稿。"))
    return redirect("reporting:report_show", pk)


@require_http_methods(["GET", "POST"])
def report_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    report = _get_report(request, pk)
    if not can_reopen_report(request.user, report):
        raise PermissionDenied
    form = ReportReopenForm(posted(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            reopen_report(report, reason=form.cleaned_data["reason"], by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("报告已重新打开，可以退回修改。"))
            return redirect("reporting:report_show", pk)
    context = {"report": report, "cycle": report.cycle, "form": form}
    return render(request, "reporting/reports/report_reopen.html", context, status=status)


@require_GET
def report_version_show(request: HttpRequest, pk: int) -> HttpResponse:
    versions = ReportVersion.objects.visible_to(request.user).select_related("report", "by__person")
    version = get_object_or_404(versions, pk=pk)
    report = _get_report(request, version.report.reporter_id)
    content: ReportContent = version.as_content
    context = {
        "version": version,
        "report": report,
        "cycle": report.cycle,
        "reading": reading(content, personal_first=False),
        "counts": count_report(content),
    }
    return render(request, "reporting/reports/report_version_show.html", context)
