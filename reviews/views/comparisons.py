"""Results beside each other, as a workbook, and proved to recompute."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.workbooks import XLSX
from reviews.models.comparisons import categories_of, compared_rows
from reviews.models.result_inputs import check_results
from reviews.papers.result_workbook import result_workbook
from reviews.rules.results import ResultsError

from .use_of_results import cycle_to_read


@require_GET
def result_compare(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_read(request, pk)
    rows = compared_rows(cycle)
    has_last_year = any(each.before for each in rows)
    context = {"cycle": cycle, "rows": rows, "has_last_year": has_last_year, "categories": categories_of(cycle)}
    return render(request, "reviews/results/result_compare.html", context)


@require_GET
def result_formulas(request: HttpRequest, pk: int) -> HttpResponse:
    """The calculation with live formulas; no rater's name is in it."""
    cycle = cycle_to_read(request, pk)
    response = HttpResponse(result_workbook(cycle), content_type=XLSX)
    name = f"{cycle.year}-results.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def result_verify(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = cycle_to_read(request, pk)
    try:
        found = check_results(cycle)
    except ResultsError as error:
        messages.error(request, str(error))
        return redirect("reviews:result_list", pk)
    for name, words in found:
        messages.error(request, f"{name}：{words}")
    if not found:
        messages.success(request, _("重新计算的结果与保存的结果完全一致。"))
    return redirect("reviews:result_list", pk)
