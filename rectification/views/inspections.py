"""What the supervision office saw (S-15). Nothing on these pages reaches a score."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common import clock
from common.pages import page_of
from rectification.actions.inspections import create_inspection
from rectification.forms.inspections import InspectionFilterForm, InspectionForm
from rectification.models import Inspection
from rectification.permissions import INSPECTING_ROLES
from reporting.models import Cycle

from .deeds import deed_page


@require_GET
def inspection_list(request: HttpRequest) -> HttpResponse:
    form = InspectionFilterForm(request.GET)
    rows = Inspection.objects.visible_to(request.user).select_related("organization", "committee")
    rows = _filtered(rows, form.cleaned_data) if form.is_valid() else rows
    context = {
        "form": form,
        "page_obj": page_of(request, rows),
        "can_create": request.user.holds(*INSPECTING_ROLES),
    }
    return render(request, "rectification/inspections/inspection_list.html", context)


def _filtered(rows: QuerySet[Inspection], wanted: dict[str, Any]) -> QuerySet[Inspection]:
    if wanted["kind"]:
        rows = rows.filter(kind=wanted["kind"])
    if wanted["year"]:
        rows = rows.filter(date__year=wanted["year"])
    if wanted["q"]:
        q = wanted["q"]
        rows = rows.filter(Q(organization__name__icontains=q) | Q(organization__code__icontains=q))
    return rows


@require_GET
def inspection_show(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Inspection.objects.visible_to(request.user).select_related(
        "organization", "committee", "by__person", "key_task__cycle"
    )
    inspection = get_object_or_404(rows, pk=pk)
    cycles = Cycle.objects.running().filter(
        committee=inspection.committee_id, reporters__organization=inspection.organization_id
    )
    may_add = request.user.has_any_role(INSPECTING_ROLES, inspection.committee)
    context = {
        "inspection": inspection,
        "problems": inspection.problems.for_table(),
        "cycles": cycles.order_by("year") if may_add else [],
    }
    return render(request, "rectification/inspections/inspection_show.html", context)


@require_http_methods(["GET", "POST"])
def inspection_create(request: HttpRequest) -> HttpResponse:
    if not request.user.holds(*INSPECTING_ROLES):
        raise PermissionDenied
    form = InspectionForm(request.POST or None, user=request.user, initial={"date": clock.today()})
    return deed_page(
        request,
        form,
        deed=lambda: create_inspection(
            (facts := dict(form.cleaned_data)).pop("organization"), **facts, by=request.user
        ),
        done=_("督查记录已登记。"),
        url=reverse("rectification:inspection_list"),
        template="rectification/inspections/inspection_create.html",
        context={},
    )
