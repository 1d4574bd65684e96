"""年底严格考核: a board of all organizations, and the marks of one list (S-150)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.pages import page_of
from documents.actions.documents import request_document
from documents.attachments import file_answer
from rectification.actions.fulfilments import mark_fulfilments
from rectification.forms.fulfilments import MarksForm
from rectification.models import Fulfilment, FulfilmentFile, RectificationList
from rectification.models.fulfilments import fulfilment_in_all, fulfilment_of
from rectification.models.ladder import basic_percent_of
from rectification.permissions import can_edit_problem, can_mark_fulfilment, can_review_problems
from rectification.rules.fulfilments import FulfilmentCount, definition

from .deeds import deed_page
from .problems import get_cycle

PAPER = "rectification.papers.fulfilments.content"


@require_GET
def fulfilment_board(request: HttpRequest, pk: int) -> HttpResponse:
    """One row per list that the person may see, with its counts and its rate."""
    cycle = get_cycle(request, pk)
    lists = RectificationList.objects.visible_to(request.user).filter(reporter__cycle=cycle)
    page = page_of(request, lists.for_table().order_by("reporter__mode", "reporter__order", "pk"), per_page=50)
    counts = fulfilment_of(cycle, organizations=[row.reporter.organization_id for row in page])
    rows = [(row, counts.get(row.reporter.organization_id, FulfilmentCount())) for row in page]
    can_review = can_review_problems(request.user, cycle)
    context = {
        "cycle": cycle,
        "page_obj": page,
        "rows": rows,
        "total": fulfilment_in_all(cycle) if can_review else None,
        "definition": definition(basic_percent_of(cycle)),
        "can_review": can_review,
        "can_mark": can_edit_problem(request.user, cycle),
    }
    return render(request, "rectification/fulfilments/fulfilment_board.html", context)


@require_http_methods(["GET", "POST"])
def fulfilment_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """All items of one organization on one page; once the year is closed to be read only."""
    rows = RectificationList.objects.visible_to(request.user).for_table()
    shown = get_object_or_404(rows, pk=pk)
    if not can_mark_fulfilment(request.user, shown):
        raise PermissionDenied
    items = list(shown.items.for_table().select_related("fulfilment").prefetch_related("fulfilment__files"))
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = MarksForm(*posted, items=items)
    return deed_page(
        request,
        form,
        deed=lambda: mark_fulfilments(shown, rows=form.rows(), by=request.user),
        done=_("评定结果已保存，并通知了该单位。"),
        url=reverse("rectification:fulfilment_board", args=[shown.cycle.pk]),
        template="rectification/fulfilments/fulfilment_mark.html",
        context={"list": shown, "definition": definition(basic_percent_of(shown.cycle))},
    )


@require_GET
def fulfilment_download(request: HttpRequest, pk: int) -> HttpResponse:
    """A file the mark is based on, for whoever may see the item."""
    marks = Fulfilment.objects.visible_to(request.user)
    file = get_object_or_404(FulfilmentFile.objects.filter(fulfilment__in=marks), pk=pk)
    return file_answer(file.file.name, name=file.name, content_type=file.content_type)


@require_POST
def fulfilment_print(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    if not can_review_problems(request.user, cycle):
        raise PermissionDenied
    title = f"{cycle.committee}{cycle.year}年度整改承诺兑现情况"
    request_document(paper=PAPER, subject=cycle, title=title, committee=cycle.committee, by=request.user)
    return redirect("rectification:fulfilment_board", pk)
