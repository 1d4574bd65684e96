"""结转: what last year left, shown before it is written into this year's report forms (S-68)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rectification.actions.carrying import carry_items
from rectification.forms.lists import ConfirmForm
from rectification.models.carrying import carry_rows, left_behind
from rectification.permissions import can_carry_items
from reporting.models import Cycle

from .deeds import deed_page


@require_http_methods(["GET", "POST"])
def carry_create(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("committee").distinct(), pk=pk)
    if not can_carry_items(request.user, cycle):
        raise PermissionDenied
    rows = carry_rows(cycle)
    return deed_page(
        request,
        ConfirmForm(request.POST if request.method == "POST" else None),
        deed=lambda: carry_items(cycle, by=request.user),
        done=_("上年度事项已结转，并通知了有关单位。"),
        url=reverse("reporting:cycle_show", args=[cycle.pk]),
        template="rectification/carrying/carry_create.html",
        context={
            "cycle": cycle,
            "last_year": cycle.year - 1,
            "rows": rows,
            "written": [row for row in rows if row.written],
            "waiting_count": sum(len(row.waiting) for row in rows),
            "left_behind": left_behind(cycle),
        },
    )
