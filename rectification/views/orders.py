"""责令限期整改 of an organization, found by a data check or otherwise (S-10)."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Organization
from accounts.rules.roles import Role
from common import clock
from rectification.actions.orders import Order, order_item
from rectification.forms.orders import OrderForm
from rectification.models import RectificationItem, RectificationList

from .deeds import deed_page

DAYS = 30


@require_http_methods(["GET", "POST"])
def order_create(request: HttpRequest, organization_pk: int) -> HttpResponse:
    """The item goes on the list of the organization or of the nearest one above that has one."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=organization_pk)
    if not request.user.holds(Role.ORGANIZATION_DEPARTMENT):
        raise PermissionDenied
    answering = RectificationList.objects.ordered_by(request.user).answering_for(organization)
    template, context = "rectification/orders/order_create.html", {"organization": organization, "list": answering}
    if answering is None:
        return render(request, template, context)
    form = OrderForm(request.POST or None, initial=_suggested(organization, answering))
    items = RectificationItem.objects.unfinished().filter(list=answering).for_table()
    return deed_page(
        request,
        form,
        deed=lambda: order_item(answering, order=Order(**form.cleaned_data), by=request.user),
        done=_("已列入整改清单，并通知了该单位。"),
        url=reverse("rectification:list_show", args=[answering.pk]),
        template=template,
        context=context | {"ordered": items.filter(problem__text__contains=organization.label)},
    )


def _suggested(organization: Organization, answering: RectificationList) -> dict[str, object]:
    """The words for the usual case, to be changed at will."""
    text, measure, secretary = organization.label, "", organization.first_responsible
    if secretary and Organization.objects.filter(pk=organization.pk).headed_by_another().exists():
        text += f"书记由{secretary.person.name}（{secretary.title}）担任，不是单位主要负责人。"
        measure = "按程序由单位主要负责人担任党支部书记。"
    return {
        "text": text,
        "measure": measure,
        "due_date": clock.today() + dt.timedelta(days=DAYS),
        "lead_unit": f"{answering.cycle.committee.display_name}组织部",
    }
