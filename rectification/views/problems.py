"""The year's problems: one page to sort, count, merge, print and export them (S-111 to S-117)."""

import io
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry
from common.ids import id_of
from common.pages import page_in_detail
from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook
from documents.actions.documents import request_document
from rectification.actions.problems import add_problem, assign_problem, edit_problem, place_problem
from rectification.forms.problems import ProblemAddForm, ProblemAssignForm, ProblemEditForm, ProblemFilterForm
from rectification.models import Inspection, Problem
from rectification.models.problems import allowed_sources
from rectification.permissions import can_add_problem, can_edit_problem, can_review_problems
from rectification.rules.items import ProblemSource
from rectification.rules.problems import ProblemScope
from reporting.models import Cycle

from .deeds import attempt, deed_page

PAPERS = {"full": "rectification.papers.problems.content", "public": "rectification.papers.problems.public_content"}
COLUMNS = tuple(
    NewColumn(heading, width=width)
    for heading, width in (
        ("序号", 6),
        ("单位代码", 12),
        ("单位", 22),
        ("共性或个性", 10),
        ("问题", 60),
        ("原因", 40),
        ("来源", 12),
        ("新老问题", 14),
        ("类别", 14),
        ("领域", 12),
        ("责任人", 12),
        ("严重问题", 10),
        ("公开时不点名", 10),
        ("归并到", 40),
        ("清单项号", 10),
    )
)


def get_cycle(request: HttpRequest, pk: int) -> Cycle:
    cycles = Cycle.objects.visible_to(request.user).select_related("committee").distinct()
    return get_object_or_404(cycles, pk=pk)


def get_problem(request: HttpRequest, pk: int) -> Problem:
    return get_object_or_404(Problem.objects.visible_to(request.user).for_table(), pk=pk)


def show_url(problem: Problem) -> str:
    return reverse("rectification:problem_show", args=[problem.pk])


@require_GET
def problem_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    form = ProblemFilterForm(request.GET, cycle=cycle)
    visible = Problem.objects.visible_to(request.user).filter(cycle=cycle)
    rows = form.filtered(visible).order_by("organization__code", "pk")
    context = {
        "cycle": cycle,
        "form": form,
        "page_obj": page_in_detail(request, rows, _in_detail, per_page=50),
        "counts": _counts(visible),
        "can_add": can_add_problem(request.user, cycle) and not cycle.is_closed,
        "can_merge": can_edit_problem(request.user, cycle) and not cycle.is_closed,
        "can_review": can_review_problems(request.user, cycle),
    }
    return render(request, "rectification/problems/problem_list.html", context)


def _in_detail(keys: list[int]) -> Any:
    return Problem.objects.filter(pk__in=keys).for_table()


def _counts(visible: Any) -> list[tuple[str, str, int]]:
    """`(label, query, number)` of what the page is asked for most: 共性问题 n 个方面 (S-112), then by kind."""
    found = dict(visible.order_by().exclude(organization=None).values_list("scope").annotate(Count("pk")))
    return [
        (_("共性问题（方面）"), "scope=common", visible.common().count()),
        (_("属于共性的各单位问题"), "scope=common", found.get(ProblemScope.COMMON, 0)),
        (_("个性问题"), "scope=individual", found.get(ProblemScope.INDIVIDUAL, 0)),
        (_("还没有列入清单"), "listed=waiting", visible.waiting().count()),
    ]


@require_http_methods(["GET", "POST"])
def problem_add(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    if not can_add_problem(request.user, cycle):
        raise PermissionDenied
    inspection = _inspection(request)
    form = ProblemAddForm(
        request.POST or None,
        cycle=cycle,
        sources=allowed_sources(request.user, cycle),
        initial=_start(request, inspection),
    )
    return deed_page(
        request,
        form,
        deed=lambda: add_problem(
            cycle, draft=form.draft(inspection), organization=form.cleaned_data["organization"], by=request.user
        ),
        done=_("问题已登记。"),
        url=reverse("rectification:problem_list", args=[cycle.pk]),
        template="rectification/problems/problem_add.html",
        context={"cycle": cycle, "inspection": inspection},
    )


def _inspection(request: HttpRequest) -> Inspection | None:
    """The inspection whose finding becomes a problem, named in the address (S-167)."""
    return Inspection.objects.visible_to(request.user).filter(pk=id_of(request.GET.get("inspection", ""))).first()


def _start(request: HttpRequest, inspection: Inspection | None) -> dict[str, Any]:
    if inspection is None:
        return {"organization": request.GET.get("organization", ""), "novelty": "new"}
    return {
        "organization": inspection.organization_id,
        "source": ProblemSource.SUPERVISION,
        "text": inspection.findings,
        "novelty": "new",
    }


@require_GET
def problem_show(request: HttpRequest, pk: int) -> HttpResponse:
    problem = get_problem(request, pk)
    may_edit = can_edit_problem(request.user, problem.cycle) and not problem.cycle.is_closed
    is_waiting = Problem.objects.waiting().filter(pk=pk).exists()
    context = {
        "problem": problem,
        "parts": problem.parts.for_table().order_by("organization__code", "pk"),
        "entries": AuditEntry.objects.of(problem),
        "can_edit": may_edit,
        "can_place": may_edit and is_waiting,
        "can_unmerge": may_edit and bool(problem.common_id or problem.merged_into_id),
    }
    return render(request, "rectification/problems/problem_show.html", context)


@require_http_methods(["GET", "POST"])
def problem_edit(request: HttpRequest, pk: int) -> HttpResponse:
    problem = get_problem(request, pk)
    if not can_edit_problem(request.user, problem.cycle):
        raise PermissionDenied
    form = ProblemEditForm(request.POST or None, problem=problem, initial=ProblemEditForm.initial_of(problem))
    return deed_page(
        request,
        form,
        deed=lambda: edit_problem(problem, facts=form.facts(), revision=form.cleaned_data["revision"], by=request.user),
        done=_("已保存。"),
        url=show_url(problem),
        template="rectification/problems/problem_edit.html",
        context={"problem": problem},
    )


@require_POST
def problem_place(request: HttpRequest, pk: int) -> HttpResponse:
    problem = get_problem(request, pk)
    attempt(request, lambda: place_problem(problem, by=request.user), _("已列入该单位的清单，并通知了该单位。"))
    return redirect(show_url(problem))


@require_http_methods(["GET", "POST"])
def problem_assign(request: HttpRequest, pk: int) -> HttpResponse:
    problem = get_problem(request, pk)
    if not can_edit_problem(request.user, problem.cycle):
        raise PermissionDenied
    named = [organization.pk for organization in problem.named_organizations.all()]
    data = request.POST if request.method == "POST" else None
    form = ProblemAssignForm(data, problem=problem, initial={"organizations": named})
    return deed_page(
        request,
        form,
        deed=lambda: assign_problem(problem, organizations=list(form.cleaned_data["organizations"]), by=request.user),
        done=_("已列入有关单位的清单；清单还没有形成的，形成时一并列入。"),
        url=show_url(problem),
        template="rectification/problems/problem_assign.html",
        context={"problem": problem},
    )


@require_POST
def problem_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list, or as the public may see it, without the names of the unnamed (S-116)."""
    cycle = get_cycle(request, pk)
    if not can_review_problems(request.user, cycle):
        raise PermissionDenied
    kind = "public" if request.POST.get("kind") == "public" else "full"
    title = f"{cycle.committee}{cycle.year}年度问题清单" + ("（公开版）" if kind == "public" else "")
    request_document(paper=PAPERS[kind], subject=cycle, title=title, committee=cycle.committee, by=request.user)
    return redirect("rectification:problem_list", pk)


@require_GET
def problem_export(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    cycle = get_cycle(request, pk)
    rows = Problem.objects.visible_to(request.user).filter(cycle=cycle)
    rows = ProblemFilterForm(request.GET, cycle=cycle).filtered(rows).for_table().order_by("organization__code", "pk")
    sheet = NewSheet("问题清单", COLUMNS, _lines(rows))
    name = f"{cycle.committee}{cycle.year}年度问题清单.xlsx"
    return FileResponse(io.BytesIO(write_workbook([sheet])), as_attachment=True, filename=name, content_type=XLSX)


def _lines(rows: Any) -> Iterator[tuple[Any, ...]]:
    for number, each in enumerate(rows, start=1):
        item = getattr(each, "item", None)
        target = each.common or each.merged_into
        yield (
            number,
            each.organization.code if each.organization else "",
            each.organization.name if each.organization else "",
            str(each.get_scope_display()),
            each.text,
            each.cause,
            str(each.get_source_display()),
            str(each.get_novelty_display()),
            each.category,
            each.domain.name if each.domain else "",
            each.responsible.person.name if each.responsible else "",
            "是" if each.is_serious else "",
            "是" if each.unnamed else "",
            target.text if target else "",
            item.position if item else "",
        )
