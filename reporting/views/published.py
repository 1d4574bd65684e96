"""Accepted reports, open to those the year's scheme names; only the accepted text is shown."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from common.pages import page_of
from reporting.forms.published import PublishedFilterForm
from reporting.models import DutyReport
from reporting.rules.reading import reading


@require_GET
def published_list(request: HttpRequest) -> HttpResponse:
    form = PublishedFilterForm(request.GET)
    reports = DutyReport.objects.published_to(request.user).with_reporters().select_related("reporter__cycle__scheme")
    rows = _filtered(reports, form).order_by("-reporter__cycle__year", "reporter__mode", "reporter__order", "pk")
    context = {"form": form, "page_obj": page_of(request, rows)}
    return render(request, "reporting/published/published_list.html", context)


def _filtered(reports: QuerySet[DutyReport], form: PublishedFilterForm) -> QuerySet[DutyReport]:
    if not form.is_valid():
        return reports
    wanted = form.cleaned_data
    if wanted["q"]:
        reports = reports.filter(
            Q(reporter__organization__name__icontains=wanted["q"])
            | Q(reporter__organization__code__icontains=wanted["q"])
            | Q(reporter__post__person__name__icontains=wanted["q"])
        )
    if wanted["domain"]:
        reports = reports.filter(reporter__organization__domain=wanted["domain"])
    return reports.filter(reporter__cycle__year=wanted["year"]) if wanted["year"] else reports


@require_GET
def published_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of reporter `pk` as it was handed in and accepted."""
    reports = DutyReport.objects.published_to(request.user).with_reporters()
    report = get_object_or_404(reports, reporter=pk)
    context = {"report": report, "cycle": report.cycle, "reading": reading(report.handed_in or report.content)}
    return render(request, "reporting/published/published_show.html", context)
