"""The quarter's check of what goes on for good (S-162)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common import clock
from rectification.actions.standing_checks import check_item
from rectification.forms.standing_checks import StandingCheckForm
from rectification.models import RectificationItem
from rectification.permissions import can_check_item
from rectification.rules.standing_checks import quarter_of

from .deeds import deed_page


@require_http_methods(["GET", "POST"])
def item_check(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(RectificationItem.objects.visible_to(request.user).for_table(), pk=pk)
    if not can_check_item(request.user, item):
        raise PermissionDenied
    year, quarter = quarter_of(clock.today())
    data = request.POST if request.method == "POST" else None
    form = StandingCheckForm(data, initial={"year": year, "quarter": quarter})
    return deed_page(
        request,
        form,
        deed=lambda: check_item(item, **form.cleaned_data, by=request.user),
        done=_("季度检查已登记，并通知了该单位。"),
        url=reverse("rectification:item_show", args=[pk]),
        template="rectification/standing_checks/item_check.html",
        context={"item": item},
    )
