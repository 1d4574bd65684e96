"""Statistics of a year: pictures with their tables, on screen, on paper and in Excel."""

import io

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook
from documents.actions.documents import request_document
from overview.statistics import CHAPTERS, MOST_ROWS, Chapter, chapter_of
from overview.statistics.table import Row, Table
from reporting.models import Cycle
from reporting.permissions import can_review_cycle

PAPER = "overview.papers.statistics.content"


def _cycle(request: HttpRequest, pk: int) -> Cycle:
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("committee", "scheme"), pk=pk)
    if not can_review_cycle(request.user, cycle):
        raise PermissionDenied
    return cycle


def _chapter(key: str) -> Chapter:
    chapter = chapter_of(key)
    if chapter is None:
        raise Http404
    return chapter


@require_GET
def statistics_show(request: HttpRequest, pk: int, chapter: str = CHAPTERS[0].key) -> HttpResponse:
    cycle, shown = _cycle(request, pk), _chapter(chapter)
    before = Cycle.objects.visible_to(request.user).filter(committee=cycle.committee_id).order_by("-year")
    context = {
        "cycle": cycle,
        "chapters": CHAPTERS,
        "chapter": shown,
        "tables": shown.tables(cycle, MOST_ROWS),
        "years": before.values_list("pk", "year"),
    }
    return render(request, "overview/statistics/statistics_show.html", context)


@require_GET
def statistics_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every table on a sheet of its own."""
    cycle = _cycle(request, pk)
    sheets = [_sheet(table) for chapter in CHAPTERS for table in chapter.tables(cycle, None)]
    name = _("%(cycle)s统计.xlsx") % {"cycle": cycle}
    return FileResponse(io.BytesIO(write_workbook(sheets)), as_attachment=True, filename=name, content_type=XLSX)


def _sheet(table: Table) -> NewSheet:
    columns = tuple(NewColumn(head, width=28 if at == 0 else 12) for at, head in enumerate(table.heads))
    return NewSheet(table.title[:31], columns, [_line(row) for row in [*table.rows, *filter(None, [table.total])]])


def _line(row: Row) -> tuple[int | str, ...]:
    return (str(row.label), *row.values)


@require_POST
def statistics_paper(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = _cycle(request, pk)
    title = _("%(cycle)s统计") % {"cycle": cycle}
    request_document(paper=PAPER, subject=cycle, title=title, committee=cycle.committee, by=request.user)
    return redirect("overview:statistics_show", pk)
