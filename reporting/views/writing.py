"""The page on which a report is written, its automatic saves and the list of what is missing (S-66 to S-69, S-80)."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from common import clock
from common.conflicts import StaleRevision
from common.ids import mark_of
from reporting.actions.reports import SaveMarks, save_report, start_report
from reporting.forms.reports import CATEGORY_LIST, ReportPage
from reporting.models import DutyReport, ProblemCategory, Reporter, ReportNote
from reporting.models.indicators import lines_of
from reporting.permissions import can_start_report, can_submit_report
from reporting.rules.counts import count_report
from reporting.rules.validity import find_gaps, find_hints
from reporting.views.deeds import REFUSED, posted, sentences

NEXT_PAGES = {"submit": "reporting:report_submit", "show": "reporting:report_show"}


def writable_report(request: HttpRequest, pk: int) -> DutyReport:
    """The report of reporter `pk`, made at the first visit. Whoever may not write it is refused."""
    reporters = Reporter.objects.visible_to(request.user).select_related("organization")
    reporter = get_object_or_404(reporters, pk=pk)
    if not can_start_report(request.user, reporter):
        raise PermissionDenied
    return _fresh(reporter.pk) or start_report(reporter, by=request.user)


def _fresh(pk: int) -> DutyReport | None:
    return DutyReport.objects.with_reporters().select_related("saved_by__person").filter(reporter=pk).first()


@require_http_methods(["GET", "POST"])
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One long form; a POST keeps everything that was typed, whatever is missing."""
    report = writable_report(request, pk)
    if request.method == "GET" and (not report.is_writable or report.cycle.is_closed):
        return redirect("reporting:report_show", pk)
    page = ReportPage(posted(request), report=report)
    status, faults = 200, []
    if request.method == "POST":
        valid = page.is_valid()
        faults = page.errors
        if valid:
            try:
                seen = page.form.cleaned_data["revision"]
                save_report(report, changes=page.changes, seen=seen, by=request.user)
            except REFUSED as error:
                faults, status = sentences(error), 409
            else:
                return _way_on(request.POST.get("next", ""), pk)
    stored = _fresh(pk) or report
    context = {"page": page, "report": stored, "faults": faults, "is_stale": status == 409, **_standing(stored)}
    # The deadline is that of handing in for the first time (S-75).
    due_state = "-" if stored.submitted_at else stored.cycle.scheme.report_deadline.state(clock.today())
    context["shows_gaps"] = "missing" in request.GET
    context |= {"can_submit": can_submit_report(request.user, stored), "due_state": due_state}
    context |= {"categories": ProblemCategory.objects.names_of(stored.cycle.committee), "category_list": CATEGORY_LIST}
    return render(request, "reporting/reports/report_edit.html", context, status=status)


def _way_on(wanted: str, pk: int) -> HttpResponse:
    """Where the pressed button leads; "attachments:" with a place goes to the files of that place."""
    page, _colon, place = wanted.partition(":")
    if page == "attachments":
        return redirect(f"{reverse('reporting:attachment_add', args=[pk])}?{urlencode({'place': place})}")
    stored = _fresh(pk)
    if wanted == "submit" and stored and find_gaps(stored.content, stored.cycle.scheme.limits):
        # Whoever wants to hand in stays where what is missing can be written.
        return redirect(f"{reverse('reporting:report_edit', args=[pk])}?missing=1")
    return redirect(NEXT_PAGES.get(wanted, "reporting:report_edit"), pk)


def _standing(report: DutyReport) -> dict[str, Any]:
    """What blocks the submission, what to think about, and the counts, of what is stored."""
    content, limits = report.content, report.cycle.scheme.limits
    return {
        "gaps": find_gaps(content, limits),
        "hints": find_hints(content, limits),
        "counts": count_report(content),
        "limits": limits,
        "stored": content,
        "figure_lines": lines_of(report, content),
        "open_notes": ReportNote.objects.open().filter(report=report).count(),
    }


@require_GET
def report_check(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel beside the text, asked for again after each automatic save."""
    report = writable_report(request, pk)
    context = {"report": report, "swaps": True, **_standing(report)}
    return render(request, "reporting/reports/report_check.html", context)


@require_POST
def report_autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Stores the changed fields; the contract stands at the top of static/js/autosave.js."""
    report = writable_report(request, pk)
    page = ReportPage(request.POST, report=report)
    if not page.is_valid():
        return JsonResponse({"message": "".join(page.errors)}, status=400)
    marks = SaveMarks(mark_of(request.POST.get("save_id", "")), mark_of(request.POST.get("after", "")))
    seen = page.form.cleaned_data["revision"]
    try:
        report = save_report(report, changes=page.changes, seen=seen, marks=marks, by=request.user)
    except StaleRevision:
        return JsonResponse(_conflict(page, pk, request.user), status=409)
    except REFUSED as error:
        return JsonResponse({"message": "".join(sentences(error))}, status=423)
    counts = count_report(report.content)
    answer = {
        "ok": True,
        "revision": report.revision,
        "saved_at": timezone.localtime(report.saved_at).strftime("%H:%M:%S"),
        "counts": {**{f"section_{key}": n for key, n in counts.sections.items()}, "total": counts.total},
        "values": report.last_save_values,
    }
    return JsonResponse(answer)


def _conflict(page: ReportPage, pk: int, user: User) -> dict[str, Any]:
    """The stored text of every field the page has, under the names it has there."""
    report = _fresh(pk) or page.report
    stored = ReportPage(None, report=report)
    theirs = {bound.html_name: bound.value() or "" for bound in stored.form if not bound.is_hidden} | _their_rows(
        page, report
    )
    return {
        "conflict": True,
        "revision": report.revision,
        "theirs": theirs,
        "by": _("您在另一个窗口") if report.saved_by == user else str(report.saved_by or ""),
        "at": timezone.localtime(report.saved_at).strftime("%H:%M") if report.saved_at else "",
    }


def _their_rows(page: ReportPage, report: DutyReport) -> dict[str, Any]:
    """Rows are known by their id: the page that sent none has its rows compared when it sends them."""
    theirs: dict[str, Any] = {}
    for sent in page.row_sets:
        if sent.rows is None:
            continue
        stored = {row.pk: row for row in getattr(report, sent.prefix).all()}
        theirs[f"{sent.prefix}-seen"] = str(getattr(report, f"{sent.prefix}_revision"))
        for row in sent.rows:
            if row.id in stored:
                kept = stored[row.id]
                theirs |= {f"{sent.prefix}-{row.index}-{name}": getattr(kept, name) for name in sent.words}
    return theirs
