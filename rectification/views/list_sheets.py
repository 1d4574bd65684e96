"""The three lists of one organization, each by itself (S-151)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from documents.actions.documents import request_document
from rectification.models import RectificationList
from rectification.models.list_sheets import sheets_of
from rectification.rules.list_sheets import ListSheet, sheets_asked


@require_GET
def list_sheet_show(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    shown = _list(request, pk)
    sheet = _kind(shown, kind)
    context = {
        "list": shown,
        "sheet": sheet,
        "sheets": sheets_of(shown),
        "kinds": [(each.value, each.label) for each in sheets_asked(shown.cycle.scheme.list_kinds)],
        "paper": f"rectification.papers.list_sheets.{sheet}_content",
    }
    return render(request, "rectification/list_sheets/list_sheet_show.html", context)


@require_POST
def list_sheet_print(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    shown = _list(request, pk)
    sheet = _kind(shown, kind)
    request_document(
        paper=f"rectification.papers.list_sheets.{sheet}_content",
        subject=shown,
        title=f"{shown.organization}{shown.cycle.year}年度{sheet.label}",
        committee=shown.cycle.committee,
        organization=shown.organization,
        by=request.user,
    )
    return redirect("rectification:list_sheet_show", pk, kind)


def _list(request: HttpRequest, pk: int) -> RectificationList:
    lists = RectificationList.objects.visible_to(request.user).for_table()
    return get_object_or_404(lists.select_related("reporter__cycle__scheme"), pk=pk)


def _kind(shown: RectificationList, kind: str) -> ListSheet:
    """404 for a list that the year does not ask for."""
    if kind not in sheets_asked(shown.cycle.scheme.list_kinds):
        raise Http404
    return ListSheet(kind)
