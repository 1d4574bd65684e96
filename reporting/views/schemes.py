"""The scheme as it is read, edited and, once frozen, only given other deadlines (S-31, S-66, S-119)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry
from documents.actions.documents import request_document
from reporting.actions.schemes import edit_scheme, edit_scheme_deadlines
from reporting.forms.schemes import SchemeDeadlinesForm, SchemeForm
from reporting.models import Cycle, Scheme
from reporting.permissions import can_edit_scheme, can_print_scheme
from reporting.views.deeds import REFUSED, posted, sentences, status_of

PAPER = "reporting.papers.schemes.content"


def _get_scheme(request: HttpRequest, pk: int) -> Scheme:
    schemes = Scheme.objects.filter(cycle__in=Cycle.objects.visible_to(request.user))
    return get_object_or_404(schemes.select_related("cycle__committee"), pk=pk)


def parts_of(scheme: Scheme) -> dict[str, Any]:
    """What _scheme.html needs besides the scheme."""
    return {"dimension_sets": scheme.dimension_sets(), "quotas": scheme.quotas.select_related("domain")}


@require_GET
def scheme_show(request: HttpRequest, pk: int) -> HttpResponse:
    scheme = _get_scheme(request, pk)
    context = {
        "scheme": scheme,
        "cycle": scheme.cycle,
        **parts_of(scheme),
        "can_print": can_print_scheme(request.user, scheme),
        "can_edit": can_edit_scheme(request.user, scheme) and not scheme.cycle.is_closed,
        "entries": AuditEntry.objects.visible_to(request.user).of(scheme)[:20],
    }
    return render(request, "reporting/schemes/scheme_show.html", context)


@require_http_methods(["GET", "POST"])
def scheme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    scheme = _get_scheme(request, pk)
    if not can_edit_scheme(request.user, scheme):
        raise PermissionDenied
    form = SchemeForm(posted(request), scheme)
    faults: list[str] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.limits.cleaned_data["seen"]
        try:
            edit_scheme(scheme, changes=form.changes, seen=seen, by=request.user)
        except REFUSED as error:
            faults, status = sentences(error), status_of(error)
        else:
            messages.success(request, _("方案已保存。"))
            return redirect("reporting:scheme_show", pk)
    stored = _get_scheme(request, pk)
    context = {"form": form, "scheme": stored, "cycle": stored.cycle, "faults": faults, "is_stale": status == 409}
    context |= parts_of(stored)
    return render(request, "reporting/schemes/scheme_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def scheme_deadlines(request: HttpRequest, pk: int) -> HttpResponse:
    scheme = _get_scheme(request, pk)
    if not can_edit_scheme(request.user, scheme):
        raise PermissionDenied
    form = SchemeDeadlinesForm(posted(request), instance=scheme, initial={"seen": scheme.revision})
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            edit_scheme_deadlines(scheme, deadlines=form.deadlines, seen=seen, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("reporting:scheme_show", pk)
    stored = _get_scheme(request, pk)
    context = {"form": form, "scheme": stored, "cycle": stored.cycle, "is_stale": status == 409}
    return render(request, "reporting/schemes/scheme_deadlines.html", context, status=status)


@require_POST
def scheme_paper(request: HttpRequest, pk: int) -> HttpResponse:
    scheme = _get_scheme(request, pk)
    if not can_print_scheme(request.user, scheme):
        raise PermissionDenied
    request_document(
        paper=PAPER,
        subject=scheme,
        title=str(scheme),
        committee=scheme.cycle.committee,
        by=request.user,
    )
    return redirect("reporting:scheme_show", pk)
