"""The duty log: what was done, month by month, with totals by type and one form to add to it (S-44, S-46, S-50)."""

import itertools
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.rules.roles import WRITING_ROLES
from common import clock
from common.pages import page_of
from reporting.actions.duty_entries import create_duty_entry, edit_duty_entry, remove_duty_entry
from reporting.forms.duty_entries import DutyEntryFilterForm, DutyEntryForm
from reporting.models import DutyEntry
from reporting.rules.duty_entries import DutyKind
from reporting.views.deeds import REFUSED, attempt, look_again, posted, sentences, status_of

PER_PAGE = 60


@require_GET
def duty_entry_list(request: HttpRequest) -> HttpResponse:
    if not request.user.holds(*WRITING_ROLES):
        raise PermissionDenied
    kind = request.GET.get("kind", "")
    form = DutyEntryForm(None, user=request.user, kind=kind)
    return _list(request, form)


def _list(request: HttpRequest, form: DutyEntryForm, status: int = 200) -> HttpResponse:
    """The page with the form as it stands: empty, or with what is wrong in it."""
    filters = DutyEntryFilterForm(request.GET, auto_id="filter_%s")
    wanted = filters.cleaned_data if filters.is_valid() else {}
    year = wanted.get("year") or clock.today().year
    of_year = DutyEntry.objects.visible_to(request.user).filter(year=year)
    entries = of_year.filter(subject__icontains=wanted.get("q", ""))
    if wanted.get("kind"):
        entries = entries.filter(kind=wanted["kind"])
    page = page_of(request, entries.select_related("organization", "post__person"), PER_PAGE)
    context: dict[str, Any] = {
        "form": form,
        "filters": filters,
        "year": year,
        "page_obj": page,
        "months": [(month, list(rows)) for month, rows in itertools.groupby(page, key=lambda entry: entry.month)],
        "totals": [(DutyKind(kind), total) for kind, total in of_year.totals().items()],
        "has_several": len({entry.post_id for entry in page}) > 1,
    }
    return render(request, "reporting/duty_entries/duty_entry_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def duty_entry_create(request: HttpRequest) -> HttpResponse:
    """The form stands above the list; what is wrong is said there, and the next entry begins with the same type."""
    if not request.user.holds(*WRITING_ROLES):
        raise PermissionDenied
    form = DutyEntryForm(posted(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            entry = create_duty_entry(form.cleaned_data["organization"], facts=form.facts, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("已记入：%(entry)s") % {"entry": entry})
            return redirect(f"{reverse('reporting:duty_entry_list')}?year={entry.year}")
    return _list(request, form)


@require_http_methods(["GET", "POST"])
def duty_entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(DutyEntry.objects.visible_to(request.user), pk=pk)
    form = DutyEntryForm(posted(request), user=request.user, entry=entry)
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"] or 0
        try:
            edit_duty_entry(entry, facts=form.facts, seen=seen, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("已保存。"))
            return redirect(f"{reverse('reporting:duty_entry_list')}?year={form.facts['year']}")
    if status == 409:
        entry.refresh_from_db()
        look_again(form, entry.revision)
    context = {"form": form, "entry": entry, "is_stale": status == 409}
    return render(request, "reporting/duty_entries/duty_entry_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def duty_entry_remove(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(DutyEntry.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        attempt(request, lambda: remove_duty_entry(entry, by=request.user), _("已删除。"))
        return redirect("reporting:duty_entry_list")
    return render(request, "reporting/duty_entries/duty_entry_remove.html", {"entry": entry})
