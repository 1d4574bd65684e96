"""Items of lists: the plan, progress with evidence, closing (S-148, S-153 to S-156)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import AuditEntry, User
from common import clock
from common.conflicts import StaleRevision
from common.pages import page_in_detail
from documents.attachments import file_answer
from rectification.actions.items import edit_case, edit_item, reassign_owner
from rectification.actions.progress import add_progress, apply_item, verify_item
from rectification.forms.items import (
    ItemCaseForm,
    ItemForm,
    ItemReassignForm,
    ItemVerifyForm,
    MeasureFormSet,
    ProgressForm,
)
from rectification.forms.lists import ConfirmForm, ItemFilterForm, OverdueFilterForm
from rectification.models import Evidence, RectificationItem
from rectification.models.chains import chain_of
from rectification.permissions import (
    can_answer_escalation,
    can_check_item,
    can_edit_item,
    can_edit_problem,
    can_escalate_item,
    can_propose_amendment,
    can_report_progress,
    can_urge_item,
    can_verify_item,
)
from rectification.rules.items import ITEM_FLOW, UNFINISHED, ItemKind, ItemState
from rectification.rules.lists import ListNotWritable, OwnerNotHere
from rectification.rules.standing_checks import quarters_due

from .deeds import deed_page


@require_GET
def item_list(request: HttpRequest) -> HttpResponse:
    form = ItemFilterForm(request.GET, user=request.user)
    rows = RectificationItem.objects.visible_to(request.user)
    rows = _filtered(rows, form.cleaned_data if form.is_valid() else {})
    rows = rows.order_by("-list_id", "position", "pk")  # later lists are of later years; a key orders 20,000 rows fast
    context = {"form": form, "page_obj": page_in_detail(request, rows, _in_detail)}
    return render(request, "rectification/items/item_list.html", context)


@require_GET
def overdue_list(request: HttpRequest) -> HttpResponse:
    form = OverdueFilterForm(request.GET, user=request.user)
    wanted = form.cleaned_data if form.is_valid() else {}
    visible = _filtered(RectificationItem.objects.visible_to(request.user), {**wanted, "due": ""})
    overdue, soon = visible.overdue(clock.today()), visible.due_soon(clock.today())
    rows = {"overdue": overdue, "soon": soon}.get(wanted.get("due", ""), overdue | soon)
    rows = rows.order_by("due_date", "list__reporter__organization__code", "position", "pk")
    context = {
        "form": form,
        "page_obj": page_in_detail(request, rows, _in_detail),
        "overdue_count": overdue.count(),
        "soon_count": soon.count(),
    }
    return render(request, "rectification/items/overdue_list.html", context)


def _in_detail(keys: list[int]) -> Any:
    return RectificationItem.objects.filter(pk__in=keys).for_table()


def _filtered(rows: QuerySet[RectificationItem], wanted: dict[str, Any]) -> Any:
    today = clock.today()
    if wanted.get("cycle"):
        rows = rows.filter(list__reporter__cycle=wanted["cycle"])
    if wanted.get("domain"):
        rows = rows.filter(list__reporter__organization__domain=wanted["domain"])
    if wanted.get("source"):
        rows = rows.filter(problem__source=wanted["source"])
    if wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("due"):
        rows = rows.overdue(today) if wanted["due"] == "overdue" else rows.due_soon(today)
    return rows


@require_GET
def item_show(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    context = {
        "item": item,
        "progress": item.progress.select_related("by__person").prefetch_related("evidence"),
        "verifications": item.verifications.select_related("by__person"),
        "entries": AuditEntry.objects.of(item),
        **_follow_up(item),
        **_buttons(request.user, item),
    }
    return render(request, "rectification/items/item_show.html", context)


def _follow_up(item: RectificationItem) -> dict[str, Any]:
    """What came after the promise, for `items/_follow_up.html`."""
    quarters = []
    if item.kind == ItemKind.STANDING and item.list.is_committed:
        checks = {(check.year, check.quarter): check for check in item.standing_checks.all()}
        commitment = getattr(item.list, "commitment", None)
        since = timezone.localtime(commitment.confirmed_at).date() if commitment else clock.today()
        due = sorted({*quarters_due(since, clock.today()), *checks})
        quarters = [{"year": year, "quarter": n, "check": checks.get((year, n))} for year, n in due]
    return {
        "amendments": item.amendments.select_related("item"),
        "escalations": item.escalations.select_related("asked_by__person", "answered_by__person"),
        "steps": item.ladder_steps.select_related("by__person"),
        "quarters": quarters,
        "chain": chain_of(item),
    }


def _buttons(user: User, item: RectificationItem) -> dict[str, bool]:
    """What this person may do with the item now: the person's right and the state's."""
    under_way = item.list.is_committed and item.state == ItemState.OPEN
    return {
        "can_edit": item.list.is_writable and can_edit_item(user, item),
        "can_reassign": not item.list.is_writable and item.state in UNFINISHED and can_edit_item(user, item),
        "can_report": under_way and can_report_progress(user, item),
        "can_apply": under_way and can_report_progress(user, item) and item.progress.exists(),
        **_later_buttons(user, item),
        "can_verify": ITEM_FLOW.allows(item.state, "pass") and can_verify_item(user, item),
    }


def _later_buttons(user: User, item: RectificationItem) -> dict[str, bool]:
    """Of a promised item that is not finished."""
    running = item.list.is_committed and item.state in UNFINISHED and not item.list.cycle.is_closed
    return {
        "can_amend": running and can_propose_amendment(user, item) and not item.amendments.proposed().exists(),
        "can_escalate": running and can_escalate_item(user, item) and not item.escalations.asked().exists(),
        "can_sort": can_edit_problem(user, item.list.cycle) and not item.list.cycle.is_closed,
        "can_case": item.state in UNFINISHED and can_edit_item(user, item),
        "can_urge": running and item.due_date is not None and can_urge_item(user, item),
        "can_check": item.list.is_committed
        and not item.list.cycle.is_closed
        and item.kind == ItemKind.STANDING
        and can_check_item(user, item),
        "can_answer": can_answer_escalation(user, item),
    }


@require_http_methods(["GET", "POST"])
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    if not can_edit_item(request.user, item):
        raise PermissionDenied
    form, measures, status = *_edit_forms(request, item), 200
    if request.method == "POST" and form.is_valid() and measures.is_valid():
        try:
            edit_item(item, plan=form.plan(measures.plans()), revision=form.cleaned_data["revision"], by=request.user)
        except OwnerNotHere as error:
            form.add_error("owner_post", str(error))
        except ListNotWritable as error:
            form.add_error(None, str(error))
            status = 409
        except StaleRevision as error:
            return _conflict(request, item, error)
        else:
            messages.success(request, _("已保存第%(number)s项。") % {"number": item.position})
            following = _following(item) if "following" in request.POST else None
            if following:
                return redirect("rectification:item_edit", following.pk)
            return redirect("rectification:list_show", item.list_id)
    context = {"item": item, "form": form, "formset": measures, "following": _following(item)}
    return render(request, "rectification/items/item_edit.html", context, status=status)


def _following(item: RectificationItem) -> RectificationItem | None:
    """The next item of the list, so that a list is filled in from top to bottom."""
    following: RectificationItem | None = (
        item.list.items.filter(position__gt=item.position).order_by("position").first()
    )
    return following


def _edit_forms(request: HttpRequest, item: RectificationItem, data: Any = None) -> tuple[ItemForm, Any]:
    data = data if data is not None else (request.POST if request.method == "POST" else None)
    before = item.planned_before
    rows = [{"text": each.text, "owner": each.owner_text} for each in (before or item).measures.all()]
    initial = ItemForm.initial_of(item) | (ItemForm.offered_by(before) if before else {})
    form = ItemForm(data, organization=item.organization, initial=initial)
    return form, MeasureFormSet(data, prefix="measures", initial=rows)


def _conflict(request: HttpRequest, item: RectificationItem, error: StaleRevision) -> HttpResponse:
    """Both texts side by side: what is stored above, what was typed still in the form; saving again is a decision."""
    item = _item(request, item.pk)
    data = request.POST.copy()
    data["revision"] = str(item.revision)
    form, measures = _edit_forms(request, item, data)
    form.is_valid()
    form.add_error(None, str(error))
    context = {"item": item, "form": form, "formset": measures, "stored": item}
    return render(request, "rectification/items/item_edit.html", context, status=409)


@require_http_methods(["GET", "POST"])
def item_reassign(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    if not can_edit_item(request.user, item):
        raise PermissionDenied
    initial = {"owner_post": item.owner_post_id, "owner_text": item.owner_text}
    form = ItemReassignForm(request.POST or None, organization=item.organization, initial=initial)
    return deed_page(
        request,
        form,
        deed=lambda: reassign_owner(item, **form.cleaned_data, by=request.user),
        done=_("责任人已重新明确。"),
        url=_url(item),
        template="rectification/items/item_reassign.html",
        context={"item": item},
    )


@require_http_methods(["GET", "POST"])
def item_case(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    if not can_edit_item(request.user, item):
        raise PermissionDenied
    initial = {"group": item.case_group, "report": item.case_report, "revision": item.revision}
    form = ItemCaseForm(request.POST if request.method == "POST" else None, initial=initial)
    return deed_page(
        request,
        form,
        deed=lambda: edit_case(item, **form.cleaned_data, by=request.user),
        done=_("已保存。"),
        url=_url(item),
        template="rectification/items/item_case.html",
        context={"item": item},
    )


@require_http_methods(["GET", "POST"])
def progress_add(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    if not can_report_progress(request.user, item):
        raise PermissionDenied
    form = ProgressForm(request.POST or None, request.FILES or None, item=item, initial={"date": clock.today()})
    return deed_page(
        request,
        form,
        deed=lambda: add_progress(item, **form.cleaned_data, by=request.user),
        done=_("进展已填报。"),
        url=_url(item),
        template="rectification/items/progress_add.html",
        context={"item": item},
    )


@require_http_methods(["GET", "POST"])
def item_apply(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    if not can_report_progress(request.user, item):
        raise PermissionDenied
    return deed_page(
        request,
        ConfirmForm(request.POST if request.method == "POST" else None),
        deed=lambda: apply_item(item, by=request.user),
        done=_("已申请销号，请等待组织部门审核。"),
        url=_url(item),
        template="rectification/items/item_apply.html",
        context={"item": item, "progress": item.progress.prefetch_related("evidence")},
    )


@require_http_methods(["GET", "POST"])
def item_verify(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    if not can_verify_item(request.user, item):
        raise PermissionDenied
    form = ItemVerifyForm(request.POST or None)
    return deed_page(
        request,
        form,
        deed=lambda: verify_item(item, **form.cleaned_data, by=request.user),
        done=_("审核结果已登记，并通知了该单位。"),
        url=_url(item),
        template="rectification/items/item_verify.html",
        context={"item": item, "progress": item.progress.select_related("by__person").prefetch_related("evidence")},
    )


@require_GET
def evidence_download(request: HttpRequest, pk: int) -> HttpResponse:
    """A file goes out as an attachment of the type its content was found to be, never shown inside the page."""
    items = RectificationItem.objects.visible_to(request.user)
    evidence = get_object_or_404(Evidence.objects.filter(progress__item__in=items), pk=pk)
    return file_answer(evidence.file.name, name=evidence.name, content_type=evidence.content_type)


def _item(request: HttpRequest, pk: int) -> RectificationItem:
    return get_object_or_404(RectificationItem.objects.visible_to(request.user).for_table(), pk=pk)


def _url(item: RectificationItem) -> str:
    return reverse("rectification:item_show", args=[item.pk])
