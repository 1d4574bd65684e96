"""The queue of reports to be screened, and the desk on which one is read (S-74, S-76 to S-78, S-81)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.rules.roles import Role
from common.ids import id_of
from common.pages import page_of
from reporting.actions.reports import accept_report
from reporting.forms.notes import ReportNoteForm
from reporting.forms.screening import ScreeningFilterForm
from reporting.models import Cycle, DutyReport, ReportNote, SimilarityMatch
from reporting.models.indicators import lines_of
from reporting.permissions import can_screen_report
from reporting.rules.annotated import Annotated, PlacedNote, annotate
from reporting.rules.comparison import compare_reports
from reporting.rules.content import ReportContent
from reporting.rules.counts import count_report
from reporting.rules.reading import reading
from reporting.rules.reports import REPORT_FLOW
from reporting.rules.validity import find_gaps, find_hints
from reporting.views.deeds import attempt

DEPARTMENT = Role.ORGANIZATION_DEPARTMENT
FILTERS = ("q", "state", "domain", "mode", "round", "hint", "late", "cycle")


def get_screened(request: HttpRequest, pk: int) -> DutyReport:
    """The report of reporter `pk`, for who screens it; other readers are refused."""
    report = get_object_or_404(DutyReport.objects.visible_to(request.user).with_reporters(), reporter=pk)
    if not can_screen_report(request.user, report):
        raise PermissionDenied
    return report


def queue_query(request: HttpRequest) -> str:
    """The filters of the queue as they came along, so that the next report is the next of this queue."""
    wanted = request.GET.copy()
    for name in set(wanted) - set(FILTERS):
        del wanted[name]
    return wanted.urlencode()


@require_GET
def screening_list(request: HttpRequest) -> HttpResponse:
    if not request.user.holds(DEPARTMENT):
        raise PermissionDenied
    form = ScreeningFilterForm(request.GET)
    reports = form.filtered(DutyReport.objects.screened_by(request.user)).with_reporters().in_reading_order()
    context = {
        "form": form,
        "page_obj": page_of(request, reports),
        "query": queue_query(request),
        "first": reports.first(),
        "cycles": Cycle.objects.running().filter(committee__in=request.user.organizations_as(DEPARTMENT)),
    }
    return render(request, "reporting/screening/screening_list.html", context)


@require_GET
def screening_next(request: HttpRequest) -> HttpResponse:
    """The next report of the queue after `?after=`, from the top again behind the last."""
    if not request.user.holds(DEPARTMENT):
        raise PermissionDenied
    query = queue_query(request)
    pk = _next_in_queue(request, request.GET.get("after", ""))
    if pk is None:
        messages.info(request, _("这一批已经看完，没有下一份了。"))
        return redirect("reporting:screening_list")
    answer = redirect("reporting:screening_show", pk)
    answer["Location"] += f"?{query}" if query else ""
    return answer


def _next_in_queue(request: HttpRequest, after: str) -> int | None:
    screened = DutyReport.objects.screened_by(request.user).in_reading_order()
    queue = set(ScreeningFilterForm(request.GET).filtered(screened).values_list("reporter", flat=True))
    everybody = list(screened.values_list("reporter", flat=True))
    last = id_of(after)
    here = everybody.index(last) + 1 if last in everybody else 0
    return next((pk for pk in everybody[here:] + everybody[:here] if pk in queue and str(pk) != after), None)


@require_GET
def screening_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its notes, or with what changed since it was returned; beside it all that helps to judge it."""
    report = get_screened(request, pk)
    content = report.handed_in or report.content
    earlier = report.returned_version
    comparison = compare_reports(earlier.as_content, content) if earlier and not report.is_writable else None
    context = {
        "report": report,
        "cycle": report.cycle,
        "comparison": comparison,
        "earlier": earlier,
        "attachments": content.attachments,
        "shows_changes": comparison is not None and request.GET.get("view") == "changes",
        "note_form": ReportNoteForm(),
        **desk(report, content),
        **notes_on(report, content, list(report.notes.select_related("by__person", "settled_by__person"))),
        **_place_in_queue(request, report),
    }
    return render(request, "reporting/screening/screening_show.html", context)


def desk(report: DutyReport, content: ReportContent) -> dict[str, Any]:
    """What stands beside the text."""
    limits = report.cycle.scheme.limits
    counts = count_report(content)
    last = report.of_last_year
    verbs = set() if report.cycle.is_closed else set(REPORT_FLOW.verbs_from(report.state))
    return {
        "gaps": find_gaps(content, limits),
        "hints": find_hints(content, limits),
        "counts": counts,
        "limits": limits,
        "section_counts": [(section, counts.sections.get(section.key)) for section in content.sections],
        "last_year": last,
        "last_reading": reading(last.handed_in or last.content) if last and last.submitted_at else None,
        "carried": content.carried,
        "indicators": [line for line in lines_of(report, content) if line.figure.operator or line.last_year],
        "compared": report.cycle.similarity_runs.filter(finished_at__isnull=False).exists(),
        "matches": list(SimilarityMatch.objects.of_latest(report.cycle).filter(version__report=report)[:6]),
        "can_accept": "accept" in verbs,
        "can_return": "return" in verbs,
        "round": report.rounds + (0 if report.is_writable else 1),
    }


def notes_on(report: DutyReport, content: ReportContent, notes: list[ReportNote]) -> dict[str, Any]:
    """The text with the notes in it, and each note with its number and where its passage stands."""
    annotated: Annotated = annotate(content, [note.anchor for note in notes])
    placed: list[tuple[PlacedNote, ReportNote]] = [(place, notes[place.index]) for place in annotated.notes]
    return {"annotated": annotated, "placed_notes": placed}


def _place_in_queue(request: HttpRequest, report: DutyReport) -> dict[str, Any]:
    form = ScreeningFilterForm(request.GET)
    waiting = form.filtered(DutyReport.objects.screened_by(request.user)).in_reading_order()
    queue = list(waiting.values_list("reporter", flat=True))
    return {
        "query": queue_query(request),
        "queue_length": len(queue),
        "queue_place": queue.index(report.reporter_id) + 1 if report.reporter_id in queue else None,
    }


@require_POST
def screening_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """审核采用 and on to the next of the queue."""
    report = get_screened(request, pk)
    done = _("%(name)s的报告已采用。") % {"name": report.reporter.organization.label}
    if not attempt(request, lambda: accept_report(report, by=request.user), done):
        return redirect("reporting:screening_show", pk)
    answer = redirect("reporting:screening_next")
    query = queue_query(request)
    answer["Location"] += f"?after={pk}" + (f"&{query}" if query else "")
    return answer
