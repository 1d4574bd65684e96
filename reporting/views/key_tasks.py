"""The key tasks of a committee's year: the list, the matrix, Excel and paper (S-34 to S-36)."""

import dataclasses
import io
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import AuditEntry, Organization
from common import clock
from common.pages import page_of
from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook
from documents.actions.documents import request_document
from reporting.actions.key_tasks import copy_key_tasks, create_key_task, edit_key_task, remove_key_task
from reporting.actions.task_assignments import assign_tasks
from reporting.forms.key_tasks import KeyTaskAssignForm, KeyTaskCopyForm, KeyTaskForm, MatrixFilterForm
from reporting.models import Cycle, KeyTask, TaskAssignment
from reporting.permissions import can_edit_key_tasks, can_review_cycle
from reporting.rules.key_tasks import Lag
from reporting.views.cycles import get_cycle
from reporting.views.deeds import attempt, deed_page, posted

PAPER = "reporting.papers.key_tasks.content"
EXPORT_COLUMNS = tuple(
    NewColumn(heading, width=width)
    for heading, width in (
        ("序号", 6),
        ("类别", 12),
        ("任务", 40),
        ("铁的纪律", 8),
        ("牵头单位", 16),
        ("责任单位", 20),
        ("单位代码", 12),
        ("承担单位", 22),
        ("目标要求", 36),
        ("完成时限", 16),
        ("进度", 10),
        ("滞后", 14),
    )
)


@dataclasses.dataclass(frozen=True)
class MatrixRow:
    """An organization and its cells in the order of the tasks; None where a task is not its own."""

    organization: Organization
    cells: list[TaskAssignment | None]

    @property
    def behind(self) -> list[TaskAssignment]:
        return [cell for cell in self.cells if cell and cell.lag]

    @property
    def overdue_count(self) -> int:
        return sum(cell.lag == Lag.OVERDUE for cell in self.behind)


def get_reviewed_cycle(request: HttpRequest, pk: int) -> Cycle:
    """A cycle whose lists of everybody may be read; those who only report in it see their own work page."""
    cycle = get_cycle(request, pk)
    if not can_review_cycle(request.user, cycle):
        raise PermissionDenied
    return cycle


def _editable_cycle(request: HttpRequest, pk: int) -> Cycle:
    cycle = get_reviewed_cycle(request, pk)
    if not can_edit_key_tasks(request.user, cycle):
        raise PermissionDenied
    return cycle


def get_task(request: HttpRequest, pk: int) -> KeyTask:
    tasks = KeyTask.objects.visible_to(request.user).select_related("cycle__committee", "cycle__scheme", "basis")
    return get_object_or_404(tasks, pk=pk)


def editable_task(request: HttpRequest, pk: int) -> KeyTask:
    task = get_task(request, pk)
    if not can_edit_key_tasks(request.user, task.cycle):
        raise PermissionDenied
    return task


@require_GET
def key_task_list(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_reviewed_cycle(request, pk)
    tasks = cycle.key_tasks.with_counts(clock.today())
    context = {
        "cycle": cycle,
        "tasks": tasks,
        "can_edit": can_edit_key_tasks(request.user, cycle) and not cycle.is_closed,
        "last_tasks": last_tasks(cycle),
    }
    return render(request, "reporting/key_tasks/key_task_list.html", context)


def last_tasks(cycle: Cycle) -> QuerySet[KeyTask]:
    """The tasks of the committee's latest earlier year that has any."""
    earlier = KeyTask.objects.filter(cycle__committee=cycle.committee_id, cycle__year__lt=cycle.year)
    latest = earlier.order_by("-cycle__year").values("cycle")[:1]
    return KeyTask.objects.filter(cycle__in=latest).select_related("cycle")


@require_http_methods(["GET", "POST"])
def key_task_create(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = _editable_cycle(request, pk)
    # A sentence of a speech may be brought along (S-179).
    form = KeyTaskForm(posted(request), committee=cycle.committee, initial={"text": request.GET.get("text", "")})
    return deed_page(
        request,
        form,
        deed=lambda: create_key_task(cycle, facts=form.facts, by=request.user),
        done=_("任务已列入清单。"),
        url=reverse("reporting:key_task_create" if "more" in request.POST else "reporting:key_task_list", args=[pk]),
        template="reporting/key_tasks/key_task_create.html",
        context={"cycle": cycle},
    )


@require_GET
def key_task_show(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_task(request, pk)
    context = {
        "task": task,
        "cycle": task.cycle,
        "page_obj": page_of(request, task.assignments.for_table()),
        "can_edit": can_edit_key_tasks(request.user, task.cycle) and not task.cycle.is_closed,
        "entries": AuditEntry.objects.visible_to(request.user).of(task)[:20],
    }
    return render(request, "reporting/key_tasks/key_task_show.html", context)


@require_http_methods(["GET", "POST"])
def key_task_edit(request: HttpRequest, pk: int) -> HttpResponse:
    task = editable_task(request, pk)
    form = KeyTaskForm(posted(request), committee=task.cycle.committee, initial=KeyTaskForm.initial_of(task))
    return deed_page(
        request,
        form,
        deed=lambda: edit_key_task(task, facts=form.facts, seen=form.cleaned_data["revision"] or 0, by=request.user),
        done=_("已保存。"),
        url=reverse("reporting:key_task_show", args=[pk]),
        template="reporting/key_tasks/key_task_edit.html",
        context={"task": task, "cycle": task.cycle},
    )


@require_http_methods(["GET", "POST"])
def key_task_remove(request: HttpRequest, pk: int) -> HttpResponse:
    task = editable_task(request, pk)
    if request.method == "POST":
        done = attempt(request, lambda: remove_key_task(task, by=request.user), _("任务已删除，后面的序号已顺延。"))
        if not done:
            return redirect("reporting:key_task_show", pk)
        return redirect("reporting:key_task_list", task.cycle_id)
    return render(request, "reporting/key_tasks/key_task_remove.html", {"task": task, "cycle": task.cycle})


@require_http_methods(["GET", "POST"])
def key_task_copy(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = _editable_cycle(request, pk)
    last = last_tasks(cycle)
    form = KeyTaskCopyForm(posted(request), tasks=last)
    return deed_page(
        request,
        form,
        deed=lambda: copy_key_tasks(cycle, **form.cleaned_data, by=request.user),
        done=_("已沿用往年任务，时限已顺延到本年度，请逐项核对。"),
        url=reverse("reporting:key_task_list", args=[pk]),
        template="reporting/key_tasks/key_task_copy.html",
        context={"cycle": cycle, "tasks": last},
    )


@require_http_methods(["GET", "POST"])
def key_task_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Tasks to organizations, many at once; `?task=` ticks one beforehand."""
    cycle = _editable_cycle(request, pk)
    ticked = request.GET.getlist("task") or [task.pk for task in cycle.key_tasks.filter(assignments__isnull=True)]
    form = KeyTaskAssignForm(posted(request), cycle=cycle, initial={"tasks": ticked})
    return deed_page(
        request,
        form,
        deed=lambda: assign_tasks(
            cycle, tasks=list(form.cleaned_data["tasks"]), organizations=form.chosen, by=request.user
        ),
        done=_("已分配，已经承担的单位保持不变。"),
        url=reverse("reporting:key_task_list", args=[pk]),
        template="reporting/key_tasks/key_task_assign.html",
        context={"cycle": cycle},
    )


@require_GET
def key_task_matrix(request: HttpRequest, pk: int) -> HttpResponse:
    """Organization × task: how far each is, and who is behind."""
    cycle = get_reviewed_cycle(request, pk)
    form = MatrixFilterForm(request.GET)
    organizations = matrix_organizations(cycle, form)
    page = page_of(request, organizations)
    tasks = list(cycle.key_tasks.with_counts(clock.today()))
    context = {
        "cycle": cycle,
        "form": form,
        "tasks": tasks,
        "page_obj": page,
        "rows": matrix_rows(tasks, list(page)),
        "behind_count": _behind(cycle).values("organization").distinct().count(),
        "can_edit": can_edit_key_tasks(request.user, cycle) and not cycle.is_closed,
    }
    return render(request, "reporting/key_tasks/key_task_matrix.html", context)


def _behind(cycle: Cycle) -> QuerySet[TaskAssignment]:
    return TaskAssignment.objects.filter(task__cycle=cycle).behind(cycle.year, clock.today())


def matrix_organizations(cycle: Cycle, form: MatrixFilterForm) -> QuerySet[Organization]:
    rows = Organization.objects.filter(task_assignments__task__cycle=cycle).distinct().order_by("code")
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if wanted.get("q"):
        rows = rows.filter(Q(name__icontains=wanted["q"]) | Q(code__icontains=wanted["q"]))
    if wanted.get("domain"):
        rows = rows.filter(domain=wanted["domain"])
    if wanted.get("behind"):
        rows = rows.filter(pk__in=_behind(cycle).values("organization"))
    return rows


def matrix_rows(tasks: list[KeyTask], organizations: list[Organization]) -> list[MatrixRow]:
    """Two queries however many organizations."""
    assignments = TaskAssignment.objects.filter(task__in=tasks, organization__in=organizations).for_table()
    cells = {(each.organization_id, each.task_id): each for each in assignments}
    return [
        MatrixRow(organization, [cells.get((organization.pk, task.pk)) for task in tasks])
        for organization in organizations
    ]


@require_GET
def key_task_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The matrix as it is filtered, one line for each task of each organization."""
    cycle = get_reviewed_cycle(request, pk)
    organizations = matrix_organizations(cycle, MatrixFilterForm(request.GET))
    rows = TaskAssignment.objects.filter(task__cycle=cycle, organization__in=organizations).for_table()
    sheet = NewSheet("推进情况", EXPORT_COLUMNS, map(_line, rows))
    name = f"{cycle.committee}{cycle.year}年度重点任务推进情况.xlsx"
    return FileResponse(io.BytesIO(write_workbook([sheet])), as_attachment=True, filename=name, content_type=XLSX)


def _line(each: TaskAssignment) -> tuple[str | int, ...]:
    task, organization, lag = each.task, each.organization, each.lag
    return (
        task.position,
        task.group,
        task.text,
        "是" if task.is_mandatory else "",
        task.lead_department,
        task.co_departments,
        organization.code,
        organization.name,
        each.shown_target,
        str(each.deadline),
        str(each.get_state_display()),
        str(lag.label) if lag else "",
    )


@require_POST
def key_task_paper(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_reviewed_cycle(request, pk)
    title = f"{cycle.committee}{cycle.year}年度重点任务清单"
    request_document(paper=PAPER, subject=cycle, title=title, committee=cycle.committee, by=request.user)
    return redirect("reporting:key_task_list", pk)
