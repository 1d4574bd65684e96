"""A promised item changes only by agreement (S-149)."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.pages import page_of
from rectification.actions.amendments import (
    approve_amendment,
    propose_amendment,
    refuse_amendment,
    withdraw_amendment,
)
from rectification.forms.amendments import AmendmentDecideForm, AmendmentFilterForm
from rectification.forms.items import ItemAmendForm, MeasureFormSet
from rectification.models import Amendment, RectificationItem
from rectification.permissions import can_decide_amendment, can_propose_amendment
from rectification.rules.amendments import AmendmentState

from .deeds import attempt, deed_page


@require_http_methods(["GET", "POST"])
def amendment_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(RectificationItem.objects.visible_to(request.user).for_table(), pk=pk)
    if not can_propose_amendment(request.user, item):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    rows = [{"text": measure.text, "owner": measure.owner_text} for measure in item.measures.all()]
    form = ItemAmendForm(data, organization=item.organization, initial=ItemAmendForm.initial_of(item))
    measures = MeasureFormSet(data, prefix="measures", initial=rows)
    if data is not None and not measures.is_valid():
        form.add_error(None, _("请核对整改措施。"))
    return deed_page(
        request,
        form,
        deed=lambda: propose_amendment(
            item, plan=form.plan(measures.plans()), reason=form.cleaned_data["reason"], by=request.user
        ),
        done=_("调整申请已报组织部门审批。批准以前，仍按原承诺整改。"),
        url=reverse("rectification:item_show", args=[item.pk]),
        template="rectification/amendments/amendment_create.html",
        context={"item": item, "formset": measures},
    )


@require_GET
def amendment_list(request: HttpRequest) -> HttpResponse:
    form = AmendmentFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = Amendment.objects.visible_to(request.user).for_page()
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("q"):
        name = "item__list__reporter__organization__"
        rows = rows.filter(Q(**{f"{name}name__icontains": wanted["q"]}) | Q(**{f"{name}code__icontains": wanted["q"]}))
    rows = rows.order_by("decided_at", "-proposed_at", "-pk")
    return render(
        request,
        "rectification/amendments/amendment_list.html",
        {"form": form, "page_obj": page_of(request, rows)},
    )


@require_http_methods(["GET", "POST"])
def amendment_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The difference, and for who decides the two answers."""
    amendment = _amendment(request, pk)
    is_open = amendment.state == AmendmentState.PROPOSED
    may_decide = is_open and can_decide_amendment(request.user, amendment)
    if request.method == "POST" and not can_decide_amendment(request.user, amendment):
        raise PermissionDenied
    form = AmendmentDecideForm(request.POST if request.method == "POST" else None)
    verbs = {"approve": approve_amendment, "refuse": refuse_amendment}
    return deed_page(
        request,
        form,
        deed=lambda: verbs[form.cleaned_data["verb"]](amendment, opinion=form.cleaned_data["opinion"], by=request.user),
        done=_("审批结果已登记，并通知了该单位。"),
        url=reverse("rectification:amendment_show", args=[pk]),
        template="rectification/amendments/amendment_show.html",
        context={
            "amendment": amendment,
            "can_decide": may_decide,
            "can_withdraw": is_open and can_propose_amendment(request.user, amendment.item),
        },
    )


@require_POST
def amendment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    amendment = _amendment(request, pk)
    attempt(request, lambda: withdraw_amendment(amendment, by=request.user), _("调整申请已撤回。"))
    return redirect("rectification:item_show", amendment.item_id)


def _amendment(request: HttpRequest, pk: int) -> Amendment:
    return get_object_or_404(Amendment.objects.visible_to(request.user).for_page(), pk=pk)
