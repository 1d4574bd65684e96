"""相似比对: what reports have in common with each other and with those of last year (S-76). Advisory."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from common.pages import page_of
from reporting.actions.similarity import request_comparison
from reporting.models import Cycle, DutyReport, SimilarityMatch, SimilarityRun
from reporting.permissions import can_compare_reports, can_review_cycle
from reporting.rules.similarity_runs import SimilarityState
from reporting.views.cycles import get_cycle


def _reviewed_cycle(request: HttpRequest, pk: int) -> Cycle:
    cycle = get_cycle(request, pk)
    if not can_review_cycle(request.user, cycle):
        raise PermissionDenied
    return cycle


@require_GET
def similarity_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The last comparison: its progress while it runs, then the pairs, most similar first."""
    cycle = _reviewed_cycle(request, pk)
    runs = SimilarityRun.objects.filter(cycle=cycle)
    latest, ready = runs.first(), runs.filter(state=SimilarityState.READY).first()
    later = DutyReport.objects.filter(reporter__cycle=cycle, submitted_at__isnull=False)
    context = {
        "cycle": cycle,
        "run": latest,
        "ready": ready,
        "page_obj": page_of(request, SimilarityMatch.objects.of_latest(cycle)),
        "later": later.filter(submitted_at__gt=ready.requested_at).count() if ready else later.count(),
        "can_compare": can_compare_reports(request.user, cycle),
    }
    return render(request, "reporting/similarity/similarity_list.html", context)


@require_POST
def similarity_create(request: HttpRequest, pk: int) -> HttpResponse:
    request_comparison(_reviewed_cycle(request, pk), by=request.user)
    return redirect("reporting:similarity_list", pk)


@require_GET
def similarity_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Two reports side by side, passage by passage."""
    matches = SimilarityMatch.objects.filter(run__in=SimilarityRun.objects.visible_to(request.user)).select_related(
        "version__report__reporter__organization",
        "version__report__reporter__post__person",
        "version__report__reporter__cycle",
        "other__report__reporter__organization",
        "other__report__reporter__post__person",
        "other__report__reporter__cycle",
        "run__cycle__committee",
    )
    match = get_object_or_404(matches, pk=pk)
    if not can_review_cycle(request.user, match.run.cycle):
        raise PermissionDenied
    context = {"match": match, "cycle": match.run.cycle, "report": match.report}
    return render(request, "reporting/similarity/similarity_show.html", context)
