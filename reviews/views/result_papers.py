"""The papers of the results of a year, asked for here and made in the background."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from documents.actions.documents import request_document

from .use_of_results import cycle_to_read


@require_GET
def result_paper_list(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "reviews/results/result_paper_list.html", {"cycle": cycle_to_read(request, pk)})


def _request(request: HttpRequest, pk: int, function: str, name: str) -> HttpResponse:
    cycle = cycle_to_read(request, pk)
    request_document(
        paper=f"reviews.papers.result_sheets.{function}",
        subject=cycle,
        title=f"{cycle.committee.display_name}{cycle.year}年度{name}",
        committee=cycle.committee,
        by=request.user,
    )
    return redirect("reviews:result_paper_list", pk)


@require_POST
def opinion_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request(request, pk, "opinions", "综合评价意见表")


@require_POST
def tally_table_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request(request, pk, "tallies", "测评汇总表")


@require_POST
def ranking_paper(request: HttpRequest, pk: int) -> HttpResponse:
    return _request(request, pk, "rankings", "名次表")
