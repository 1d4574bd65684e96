"""Lists filed at the year's start: asked for, written, filed, screened; who has not (S-38)."""

import dataclasses
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry, User
from common import clock
from common.pages import page_of
from documents.actions.documents import request_document
from reporting.actions.filings import (
    RowChange,
    accept_filed_list,
    call_filing,
    draft_filed_list,
    return_filed_list,
    save_filed_list,
    submit_filed_list,
)
from reporting.forms.filings import (
    LATE,
    FiledListForm,
    FiledListReturnForm,
    FilingCallForm,
    FilingFilterForm,
    rows_of,
)
from reporting.models import Cycle, FiledList, FilingCall
from reporting.models.owed import filings_owed
from reporting.permissions import (
    can_call_filing,
    can_screen_filed_list,
    can_submit_filed_list,
    can_write_filed_list,
)
from reporting.rules.filings import FILING_FLOW
from reporting.views.autosaves import autosave, marks_in, refused
from reporting.views.deeds import REFUSED, attempt, deed_page, look_again, posted, sentences, status_of
from reporting.views.key_tasks import get_reviewed_cycle

PAPER = "reporting.papers.filings.content"


def _call_of(cycle: Cycle) -> FilingCall | None:
    return FilingCall.objects.filter(cycle=cycle).first()


@require_GET
def filing_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who owes a list, and exactly who has not filed."""
    cycle = get_reviewed_cycle(request, pk)
    call = _call_of(cycle)
    form = FilingFilterForm(request.GET)
    lists = _filtered(FiledList.objects.filter(call=call).for_table(), form)
    context = {
        "cycle": cycle,
        "call": call,
        "form": form,
        "page_obj": page_of(request, lists),
        "counts": call.counts() if call else {},
        "owing": filings_owed(cycle).debtors,
        "can_call": can_call_filing(request.user, cycle) and not cycle.is_closed,
        "due_state": call.deadline.state(clock.today()) if call else "",
    }
    return render(request, "reporting/filings/filing_board.html", context)


def _filtered(lists: QuerySet[FiledList], form: FilingFilterForm) -> QuerySet[FiledList]:
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if wanted.get("q"):
        q = wanted["q"]
        lists = lists.filter(Q(organization__name__icontains=q) | Q(organization__code__icontains=q))
    if wanted.get("kind"):
        lists = lists.filter(kind=wanted["kind"])
    if wanted.get("state") == LATE:
        return lists.late(clock.today())
    return lists.filter(state=wanted["state"]) if wanted.get("state") else lists


@require_http_methods(["GET", "POST"])
def filing_call(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_reviewed_cycle(request, pk)
    if not can_call_filing(request.user, cycle):
        raise PermissionDenied
    call = _call_of(cycle)
    form = FilingCallForm(posted(request), cycle=cycle, call=call)
    return deed_page(
        request,
        form,
        deed=lambda: call_filing(
            cycle,
            facts=form.facts,
            organizations=list(form.cleaned_data["organizations"]),
            seen=form.cleaned_data["revision"] or 0,
            by=request.user,
        ),
        done=_("已布置，并通知了报送单位。"),
        url=reverse("reporting:filing_board", args=[pk]),
        template="reporting/filings/filing_call.html",
        context={"cycle": cycle, "call": call},
    )


def get_filed_list(request: HttpRequest, pk: int) -> FiledList:
    return get_object_or_404(FiledList.objects.visible_to(request.user).for_table(), pk=pk)


@require_GET
def filed_list_show(request: HttpRequest, pk: int) -> HttpResponse:
    filed = get_filed_list(request, pk)
    context = {
        "filed": filed,
        "rows": filed.rows.all(),
        "gaps": filed.gaps() if filed.is_writable else [],
        "entries": AuditEntry.objects.of(filed)[:30],
        **_buttons(request.user, filed),
    }
    return render(request, "reporting/filings/filed_list_show.html", context)


def _buttons(user: User, filed: FiledList) -> dict[str, bool]:
    allows = {verb: FILING_FLOW.allows(filed.state, verb) and not filed.cycle.is_closed for verb in FILING_FLOW.verbs}
    return {
        "can_edit": allows["submit"] and can_write_filed_list(user, filed),
        "can_submit": allows["submit"] and can_submit_filed_list(user, filed),
        "can_accept": allows["accept"] and can_screen_filed_list(user, filed),
        "can_return": allows["return"] and can_screen_filed_list(user, filed),
    }


@require_http_methods(["GET", "POST"])
def filed_list_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """All rows on one page; saved finished or not, and after a lost race both texts are there."""
    filed = get_filed_list(request, pk)
    if not can_write_filed_list(request.user, filed):
        raise PermissionDenied
    if request.method == "GET" and (not filed.is_writable or filed.cycle.is_closed):
        return redirect("reporting:filed_list_show", pk)
    form = FiledListForm(posted(request), initial={"revision": filed.revision})
    formset = rows_of(filed, posted(request))
    status = 200
    if request.method == "POST" and all([form.is_valid(), formset.is_valid()]):
        seen = form.cleaned_data["revision"]
        try:
            save_filed_list(filed, rows=formset.changes, seen=seen, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            return redirect(
                "reporting:filed_list_submit" if "submit" in request.POST else "reporting:filed_list_show", pk
            )
    if status == 409:
        look_again(form, filed.revision)
    context = {"filed": filed, "form": form, "formset": formset, "is_stale": status == 409, "stored": filed.rows.all()}
    context |= {"can_submit": can_submit_filed_list(request.user, filed)}
    return render(request, "reporting/filings/filed_list_edit.html", context, status=status)


@require_POST
def filed_list_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Stores the rows the page has."""
    filed = get_filed_list(request, pk)
    if not can_write_filed_list(request.user, filed):
        raise PermissionDenied
    form, formset = FiledListForm(request.POST), rows_of(filed, request.POST)
    if not all([form.is_valid(), formset.is_valid()]):
        return refused(formset.told)
    facts = {"rows": formset.sent, "seen": form.cleaned_data["revision"], "marks": marks_in(request)}
    return autosave(
        lambda: draft_filed_list(filed, **facts, by=request.user),
        stored=lambda: FiledList.objects.select_related("saved_by__person").get(pk=pk),
        theirs=lambda: _their_rows(filed, formset.sent),
        user=request.user,
    )


def _their_rows(filed: FiledList, sent: list[RowChange]) -> dict[str, str]:
    """Rows are known by their id; what is stored of each, under the names the page has for it."""
    stored = {row.pk: row.words for row in filed.rows.all()}
    theirs = {}
    for change in sent:
        if change.id in stored:
            for word, value in dataclasses.asdict(stored[change.id]).items():
                theirs[f"{change.name.removesuffix('id')}{word}"] = str(value or "")
    return theirs


@require_http_methods(["GET", "POST"])
def filed_list_submit(request: HttpRequest, pk: int) -> HttpResponse:
    filed = get_filed_list(request, pk)
    if not can_submit_filed_list(request.user, filed):
        raise PermissionDenied
    if request.method == "POST":
        attempt(request, lambda: submit_filed_list(filed, by=request.user), _("清单已报送，等待组织部门审核。"))
        return redirect("reporting:filed_list_show", pk)
    context = {"filed": filed, "rows": filed.rows.all(), "gaps": filed.gaps()}
    return render(request, "reporting/filings/filed_list_submit.html", context)


@require_http_methods(["GET", "POST"])
def filed_list_return(request: HttpRequest, pk: int) -> HttpResponse:
    filed = get_filed_list(request, pk)
    if not can_screen_filed_list(request.user, filed):
        raise PermissionDenied
    form = FiledListReturnForm(posted(request))
    return deed_page(
        request,
        form,
        deed=lambda: return_filed_list(filed, reason=form.cleaned_data["reason"], by=request.user),
        done=_("清单已退回，并通知了该单位。"),
        url=reverse("reporting:filed_list_show", args=[pk]),
        template="reporting/filings/filed_list_return.html",
        context={"filed": filed},
    )


@require_POST
def filed_list_accept(request: HttpRequest, pk: int) -> HttpResponse:
    filed = get_filed_list(request, pk)
    if not can_screen_filed_list(request.user, filed):
        raise PermissionDenied
    attempt(request, lambda: accept_filed_list(filed, by=request.user), _("清单已审核通过，并通知了该单位。"))
    return redirect("reporting:filed_list_show", pk)


@require_POST
def filed_list_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may see a list may have it on paper."""
    filed = get_filed_list(request, pk)
    committee, organization = filed.cycle.committee, filed.organization
    request_document(
        paper=PAPER, subject=filed, title=str(filed), committee=committee, organization=organization, by=request.user
    )
    return redirect("reporting:filed_list_show", pk)
