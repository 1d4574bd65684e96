"""提示 to 预警: the year's rules, sheets by hand, their answers and their papers (S-155, S-171)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.pages import page_of
from documents.actions.documents import request_document
from rectification.actions.ladder import edit_ladder, reply_step, send_step
from rectification.forms.ladder import LadderForm, RungFormSet, StepFilterForm, StepForm, StepReplyForm
from rectification.models import LadderStep, RectificationItem, RectificationScheme
from rectification.models.ladder import basic_percent_of, ladder_of
from rectification.permissions import can_edit_ladder, can_report_progress, can_urge_item
from rectification.rules.fulfilments import definition
from rectification.rules.ladder import LadderLevel

from .deeds import deed_page
from .problems import get_cycle

PAPER = "rectification.papers.ladder.content"


@require_http_methods(["GET", "POST"])
def ladder_edit(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    if not can_edit_ladder(request.user, cycle):
        raise PermissionDenied
    scheme = RectificationScheme.objects.filter(cycle=cycle).first()
    percent = basic_percent_of(cycle)
    data = request.POST if request.method == "POST" else None
    form = LadderForm(data, initial={"basic_percent": percent, "revision": scheme.revision if scheme else 0})
    rungs = RungFormSet(data, prefix="rungs", initial=RungFormSet.rows_of(ladder_of(cycle)))
    if data is not None and not rungs.is_valid():
        form.add_error(None, _("请核对各级督促的天数和内容。"))
    return deed_page(
        request,
        form,
        deed=lambda: edit_ladder(cycle, rungs=rungs.rungs(), **form.cleaned_data, by=request.user),
        done=_("督促规则已保存。"),
        url=reverse("rectification:ladder_edit", args=[pk]),
        template="rectification/ladder/ladder_edit.html",
        context={"cycle": cycle, "formset": rungs, "definition": definition(percent)},
    )


@require_GET
def step_list(request: HttpRequest) -> HttpResponse:
    """Every sheet that was sent: who was reminded, when, and what was answered."""
    form = StepFilterForm(request.GET)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows = LadderStep.objects.visible_to(request.user).for_page()
    if wanted.get("level"):
        rows = rows.filter(level=wanted["level"])
    if wanted.get("answered"):
        waits = wanted["answered"] == "no"
        rows = rows.filter(reply_due__isnull=False, replied_at__isnull=waits)
    context = {"form": form, "page_obj": page_of(request, rows.order_by("-at", "-pk"))}
    return render(request, "rectification/ladder/step_list.html", context)


@require_http_methods(["GET", "POST"])
def step_send(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(RectificationItem.objects.visible_to(request.user).for_table(), pk=pk)
    if not can_urge_item(request.user, item):
        raise PermissionDenied
    taken = set(item.ladder_steps.filter(due_date=item.due_date).values_list("level", flat=True))
    rungs = [rung for rung in ladder_of(item.list.cycle) if rung.level not in taken]
    form = StepForm(request.POST if request.method == "POST" else None, rungs=rungs)
    return deed_page(
        request,
        form,
        deed=lambda: send_step(item, level=form.cleaned_data["level"], text=form.cleaned_data["text"], by=request.user),
        done=_("督促单已发出，并通知了该单位。可以在下面打印。"),
        url=reverse("rectification:item_show", args=[pk]),
        template="rectification/ladder/step_send.html",
        context={"item": item, "rungs": [(LadderLevel(rung.level).label, rung) for rung in rungs]},
    )


@require_http_methods(["GET", "POST"])
def step_reply(request: HttpRequest, pk: int) -> HttpResponse:
    step = _step(request, pk)
    if not can_report_progress(request.user, step.item):
        raise PermissionDenied
    form = StepReplyForm(request.POST if request.method == "POST" else None)
    return deed_page(
        request,
        form,
        deed=lambda: reply_step(step, reply=form.cleaned_data["reply"], by=request.user),
        done=_("已反馈。"),
        url=reverse("rectification:item_show", args=[step.item_id]),
        template="rectification/ladder/step_reply.html",
        context={"step": step, "item": step.item},
    )


@require_POST
def step_print(request: HttpRequest, pk: int) -> HttpResponse:
    step = _step(request, pk)
    request_document(
        paper=PAPER,
        subject=step,
        title=str(step),
        committee=step.item.list.cycle.committee,
        organization=step.item.organization,
        by=request.user,
    )
    return redirect("rectification:step_show", pk)


@require_GET
def step_show(request: HttpRequest, pk: int) -> HttpResponse:
    step = _step(request, pk)
    can_reply = step.replied_at is None and can_report_progress(request.user, step.item)
    return render(
        request, "rectification/ladder/step_show.html", {"step": step, "item": step.item, "can_reply": can_reply}
    )


def _step(request: HttpRequest, pk: int) -> LadderStep:
    return get_object_or_404(LadderStep.objects.visible_to(request.user).for_page(), pk=pk)
