"""Rectification lists: seen, completed, screened, promised (S-147 to S-149)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry, User
from accounts.rules.roles import REVIEWING_ROLES, WRITING_ROLES, Role
from common import clock
from common.pages import page_in_detail
from documents.actions.documents import request_document
from rectification.actions.lists import (
    approve_list,
    commit_list,
    return_list,
    submit_list,
    take_promises,
)
from rectification.forms.lists import (
    ConfirmForm,
    ListCommitForm,
    ListFilterForm,
    ListReturnForm,
)
from rectification.models import Problem, RectificationItem, RectificationList
from rectification.models.owed import lists_owed
from rectification.permissions import (
    can_add_problem,
    can_commit_list,
    can_review_list,
    can_submit_list,
    can_take_promises,
)
from rectification.rules.items import LIST_FLOW, ItemKind, ListState, ProblemSource
from rectification.rules.list_sheets import sheets_asked
from rectification.rules.lists import ListNotWritable, promise_text
from reporting.models import Cycle, Reporter
from reporting.models.owed import Owed
from reporting.permissions import can_remind_cycle

from .deeds import deed_page
from .steps import list_steps


@require_GET
def list_list(request: HttpRequest) -> HttpResponse:
    form = ListFilterForm(request.GET, user=request.user)
    wanted = form.cleaned_data if form.is_valid() else {}
    scope = _in_scope(RectificationList.objects.visible_to(request.user), wanted)
    rows = scope.filter(state=wanted["state"]) if wanted.get("state") else scope
    if wanted.get("overdue"):
        overdue = RectificationItem.objects.overdue(clock.today())
        rows = rows.filter(pk__in=overdue.values("list"))
    order = ("-reporter__cycle__year", "reporter__mode", "reporter__order", "pk")
    context = {
        "form": form,
        "page_obj": page_in_detail(request, rows.order_by(*order), _in_detail),
        "states": [(ListState(code).label, code, n) for code, n in scope.in_state_order().items()],
        "owing": _owing(request.user),
        "without_list": _without_list(request.user, wanted),
        "is_reviewer": request.user.holds(*REVIEWING_ROLES),
    }
    return render(request, "rectification/lists/list_list.html", context)


def _in_detail(keys: list[int]) -> Any:
    return RectificationList.objects.filter(pk__in=keys).with_counts(clock.today()).for_table()


def _in_scope(rows: QuerySet[RectificationList], wanted: dict[str, Any]) -> Any:
    if wanted.get("cycle"):
        rows = rows.filter(reporter__cycle=wanted["cycle"])
    if wanted.get("domain"):
        rows = rows.filter(reporter__organization__domain=wanted["domain"])
    return rows


def _owing(user: User) -> list[tuple[Cycle, Owed]]:
    """Running years whose lists the user may remind of, and who has not handed one in."""
    cycles = Cycle.objects.running().filter(committee__in=user.organizations_as(Role.ORGANIZATION_DEPARTMENT))
    found = [
        (cycle, lists_owed(cycle)) for cycle in cycles.select_related("committee") if can_remind_cycle(user, cycle)
    ]
    return [(cycle, owed) for cycle, owed in found if owed.debtors]


def _without_list(user: User, wanted: dict[str, Any]) -> list[str]:
    """Labels of a chosen year's reporting organizations that have no list yet."""
    if not wanted.get("cycle"):
        return []
    reporters = Reporter.objects.visible_to(user).filter(cycle=wanted["cycle"], rectification_list__isnull=True)
    return [reporter.organization.label for reporter in reporters.in_order()]


@require_GET
def list_show(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _list(request, pk)
    items = shown.items.for_table()
    source = request.GET.get("source", "")
    if source in ProblemSource.values:
        items = items.filter(problem__source=source)
    context = {
        "list": shown,
        "items": items,
        "source": source,
        "sources": _sources(shown),
        "missing": shown.missing_parts() if shown.is_writable else [],
        "promises": shown.open_promises() if shown.is_writable and can_take_promises(request.user, shown) else [],
        "steps": list_steps(shown),
        "sheet_kinds": [(each.value, each.label) for each in sheets_asked(shown.cycle.scheme.list_kinds)],
        "merged_count": Problem.objects.filter(
            cycle=shown.cycle, organization=shown.organization, merged_into__isnull=False
        ).count(),
        "commitment": getattr(shown, "commitment", None),
        "entries": AuditEntry.objects.of(shown),
        **_buttons(request.user, shown),
    }
    return render(request, "rectification/lists/list_show.html", context)


def _sources(shown: RectificationList) -> list[tuple[str, str]]:
    """Sources that occur in the list, for the filter (S-113)."""
    found = set(shown.items.values_list("problem__source", flat=True))
    return [(source.value, str(source.label)) for source in ProblemSource if source in found]


def _buttons(user: User, shown: RectificationList) -> dict[str, bool]:
    """What this person may do with the list now: the person's right and the state's."""
    allows = {verb: LIST_FLOW.allows(shown.state, verb) for verb in LIST_FLOW.verbs}
    return {
        "can_submit": allows["submit"] and can_submit_list(user, shown),
        "can_return": allows["return"] and can_review_list(user, shown),
        "can_approve": allows["approve"] and can_review_list(user, shown),
        "can_commit": allows["commit"] and can_commit_list(user, shown),
        "can_add": can_add_problem(user, shown.cycle) and not shown.cycle.is_closed,
        "can_write": user.has_any_role(WRITING_ROLES, shown.organization),
        "is_own": any(p.organization_id == shown.organization.pk for p in user.active_posts),
    }


@require_POST
def promises_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Promises of the report come into the list by one press of a button (S-69)."""
    shown = _list(request, pk)
    try:
        items = take_promises(shown, by=request.user)
    except ListNotWritable as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已列入%(n)s项承诺，请填写措施、责任人和时限。") % {"n": len(items)})
    return redirect(_url(shown))


@require_http_methods(["GET", "POST"])
def list_submit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _list(request, pk)
    if not can_submit_list(request.user, shown):
        raise PermissionDenied
    return deed_page(
        request,
        ConfirmForm(request.POST if request.method == "POST" else None),
        deed=lambda: submit_list(shown, by=request.user),
        done=_("清单已报审，请等待组织部门审定。"),
        url=_url(shown),
        template="rectification/lists/list_submit.html",
        context={"list": shown, "missing": shown.missing_parts(), "items": shown.items.for_table()},
    )


@require_http_methods(["GET", "POST"])
def list_return(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _list(request, pk)
    if not can_review_list(request.user, shown):
        raise PermissionDenied
    form = ListReturnForm(request.POST or None)
    return deed_page(
        request,
        form,
        deed=lambda: return_list(shown, reason=form.cleaned_data["reason"], by=request.user),
        done=_("清单已退回，并通知了该单位。"),
        url=_url(shown),
        template="rectification/lists/list_return.html",
        context={"list": shown},
    )


@require_http_methods(["GET", "POST"])
def list_approve(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _list(request, pk)
    if not can_review_list(request.user, shown):
        raise PermissionDenied
    return deed_page(
        request,
        ConfirmForm(request.POST if request.method == "POST" else None),
        deed=lambda: approve_list(shown, by=request.user),
        done=_("清单已审定，已通知该单位书记作出承诺。"),
        url=_url(shown),
        template="rectification/lists/list_approve.html",
        context={"list": shown, "items": shown.items.for_table()},
    )


@require_http_methods(["GET", "POST"])
def list_commit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _list(request, pk)
    if not can_commit_list(request.user, shown):
        raise PermissionDenied
    items = list(shown.items.for_table())
    standing = sum(item.kind == ItemKind.STANDING for item in items)
    words = promise_text(
        organization=shown.organization.name,
        committee=shown.cycle.committee.name,
        year=shown.cycle.year,
        dated=len(items) - standing,
        standing=standing,
    )
    form = ListCommitForm(request.POST or None, initial={"text": words})
    return deed_page(
        request,
        form,
        deed=lambda: commit_list(shown, text=form.cleaned_data["text"], by=request.user),
        done=_("承诺已作出。请按清单抓好整改，及时填报进展。"),
        url=_url(shown),
        template="rectification/lists/list_commit.html",
        context={"list": shown, "items": items},
    )


@require_POST
def list_print(request: HttpRequest, pk: int) -> HttpResponse:
    return _print(request, pk, "rectification.papers.lists.content", "%s")


@require_POST
def commitment_print(request: HttpRequest, pk: int) -> HttpResponse:
    return _print(request, pk, "rectification.papers.commitments.content", "%s承诺书")


def _print(request: HttpRequest, pk: int, paper: str, title: str) -> HttpResponse:
    """Whoever may see a list may have it on paper."""
    shown = _list(request, pk)
    request_document(
        paper=paper,
        subject=shown,
        title=title % shown,
        committee=shown.cycle.committee,
        organization=shown.organization,
        by=request.user,
    )
    return redirect(_url(shown))


def _list(request: HttpRequest, pk: int) -> RectificationList:
    return get_object_or_404(
        RectificationList.objects.visible_to(request.user).for_table().select_related("commitment__post__person"),
        pk=pk,
    )


def _url(shown: RectificationList) -> str:
    return reverse("rectification:list_show", args=[shown.pk])
