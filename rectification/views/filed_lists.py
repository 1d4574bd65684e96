"""A person does not type a problem twice: the year's problem list starts from what last year left (S-38, S-68)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rectification.forms.filed_lists import FiledListStartForm
from rectification.models.filed_lists import items_left, words_of
from reporting.actions.filings import add_filed_rows
from reporting.models import FiledList
from reporting.permissions import can_write_filed_list
from reporting.rules.filings import ListKind
from reporting.views.deeds import attempt


@require_http_methods(["GET", "POST"])
def filed_list_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes the chosen items down to `reporting`, as rows the list owns from then on."""
    lists = FiledList.objects.visible_to(request.user).select_related("organization", "call__cycle__committee")
    filed = get_object_or_404(lists, pk=pk)
    if filed.kind != ListKind.PROBLEMS:
        raise Http404
    if not can_write_filed_list(request.user, filed):
        raise PermissionDenied
    items = items_left(filed)
    form = FiledListStartForm(request.POST if request.method == "POST" else None, items=items)
    if request.method == "POST" and form.is_valid():
        rows = [(item.pk, words_of(item)) for item in form.cleaned_data["items"]]
        done = _("已转入清单，请逐项核对措施、责任人和时限。")
        if attempt(request, lambda: add_filed_rows(filed, rows=rows, by=request.user), done):
            return redirect("reporting:filed_list_edit", pk)
    context = {"filed": filed, "form": form, "items": items}
    return render(request, "rectification/filed_lists/filed_list_start.html", context)
