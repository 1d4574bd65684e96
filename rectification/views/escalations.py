"""提请上级协调: the superior's queue, and the answer (S-160)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.pages import page_of
from rectification.actions.escalations import answer_escalation, escalate_item
from rectification.forms.escalations import EscalationAnswerForm, EscalationFilterForm, EscalationForm
from rectification.models import Escalation, RectificationItem
from rectification.permissions import ANSWERING_ROLES, can_answer_escalation, can_escalate_item

from .deeds import deed_page


@require_GET
def escalation_list(request: HttpRequest) -> HttpResponse:
    form = EscalationFilterForm(request.GET)
    rows = Escalation.objects.visible_to(request.user).for_page()
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    rows = rows.order_by("answered_at", "asked_at", "pk")
    context = {
        "form": form,
        "page_obj": page_of(request, rows),
        "answering": set(request.user.organizations_as(*ANSWERING_ROLES).values_list("pk", flat=True)),
        "asked_count": Escalation.objects.visible_to(request.user).asked().count(),
    }
    return render(request, "rectification/escalations/escalation_list.html", context)


@require_http_methods(["GET", "POST"])
def escalation_create(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(RectificationItem.objects.visible_to(request.user).for_table(), pk=pk)
    if not can_escalate_item(request.user, item):
        raise PermissionDenied
    form = EscalationForm(request.POST if request.method == "POST" else None)
    return deed_page(
        request,
        form,
        deed=lambda: escalate_item(item, reason=form.cleaned_data["reason"], by=request.user),
        done=_("已提请上级协调，请等待答复。"),
        url=reverse("rectification:item_show", args=[pk]),
        template="rectification/escalations/escalation_create.html",
        context={"item": item},
    )


@require_http_methods(["GET", "POST"])
def escalation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    escalation = get_object_or_404(Escalation.objects.visible_to(request.user).for_page(), pk=pk)
    if not can_answer_escalation(request.user, escalation.item):
        raise PermissionDenied
    form = EscalationAnswerForm(request.POST if request.method == "POST" else None)
    return deed_page(
        request,
        form,
        deed=lambda: answer_escalation(escalation, reply=form.cleaned_data["reply"], by=request.user),
        done=_("已答复，并通知了该单位。"),
        url=reverse("rectification:escalation_list"),
        template="rectification/escalations/escalation_answer.html",
        context={"escalation": escalation, "item": escalation.item},
    )
