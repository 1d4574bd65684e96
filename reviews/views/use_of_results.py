"""Finding the year, the reporter or the row that a page of the use of results is about."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from common import clock
from reporting.models import Cycle, Reporter
from reviews.models import Appraisal, Assessment, GradeCap, PromotionBar
from reviews.models.results import result_rows
from reviews.models.watch_lists import suggestions_of, unurged_of
from reviews.permissions import can_list_results, can_use_results


def cycle_to_read(request: HttpRequest, pk: int) -> Cycle:
    """404 for a year out of sight, 403 for a year whose results are not the user's to see."""
    visible = Cycle.objects.visible_to(request.user).select_related("committee", "scheme")
    cycle: Cycle = get_object_or_404(visible, pk=pk)
    if not can_list_results(request.user, cycle):
        raise PermissionDenied
    return cycle


def cycle_to_keep(request: HttpRequest, pk: int) -> Cycle:
    cycle = cycle_to_read(request, pk)
    if not can_use_results(request.user, cycle):
        raise PermissionDenied
    return cycle


def reporter_to_keep(request: HttpRequest, pk: int) -> Reporter:
    visible = Reporter.objects.visible_to(request.user).select_related(
        "cycle__committee", "cycle__scheme", "organization", "post__person"
    )
    reporter: Reporter = get_object_or_404(visible, pk=pk)
    if not can_use_results(request.user, reporter.cycle):
        raise PermissionDenied
    return reporter


@require_GET
def use_list(request: HttpRequest, pk: int) -> HttpResponse:
    """结果运用: everybody of the year with what stands beside the grade, in one table."""
    cycle = cycle_to_read(request, pk)
    assessments = {row.reporter_id: row for row in Assessment.objects.filter(reporter__cycle=cycle)}
    appraisals = {row.reporter_id: row for row in Appraisal.objects.filter(reporter__cycle=cycle)}
    caps = GradeCap.objects.filter(reporter__cycle=cycle).select_related("max_grade")
    bars = PromotionBar.objects.filter(cycle=cycle).select_related("person", "basis")
    today = clock.today()
    context = {
        "cycle": cycle,
        "rows": [
            (
                row,
                assessments.get(row.reporter.pk),
                appraisals.get(row.reporter.pk),
                [cap for cap in caps if cap.reporter_id == row.reporter.pk],
                [bar for bar in bars if bar.person_id == row.reporter.post.person_id],
            )
            for row in result_rows(cycle)
        ],
        "due": sum(1 for each in suggestions_of(cycle, today) if each.rule.measure and each.record is None),
        "unurged": len(unurged_of(cycle, today)),
        "unsettled": cycle.rewards.unsettled().count(),
        "records": cycle.accountability.count(),
        "can_keep": can_use_results(request.user, cycle),
    }
    return render(request, "reviews/use_of_results/use_list.html", context)
