"""One organization's share of the key tasks: targets set for it, progress told by it (S-35)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import AuditEntry
from common import clock
from reporting.actions.task_assignments import edit_targets, report_task
from reporting.forms.task_assignments import TargetsForm, TaskReportForm
from reporting.models import TaskAssignment
from reporting.permissions import can_report_task, can_review_cycle
from reporting.rules.key_tasks import TaskState, current_quarter
from reporting.views.deeds import deed_page, posted
from reporting.views.key_tasks import editable_task


@require_http_methods(["GET", "POST"])
def key_task_targets(request: HttpRequest, pk: int) -> HttpResponse:
    """Target and deadline of each organization that has the task, in one table."""
    task = editable_task(request, pk)
    form = TargetsForm(posted(request), task=task)
    return deed_page(
        request,
        form,
        deed=lambda: edit_targets(task, rows=form.targets, seen=form.cleaned_data["revision"] or 0, by=request.user),
        done=_("分单位目标已保存。"),
        url=reverse("reporting:key_task_show", args=[pk]),
        template="reporting/key_tasks/key_task_targets.html",
        context={"task": task, "cycle": task.cycle},
    )


def _assignment(request: HttpRequest, pk: int) -> TaskAssignment:
    return get_object_or_404(TaskAssignment.objects.visible_to(request.user).for_table(), pk=pk)


@require_GET
def assignment_show(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    context = {
        "assignment": assignment,
        "task": assignment.task,
        "progress": assignment.progress.select_related("by__person"),
        "can_review": can_review_cycle(request.user, assignment.cycle),
        "can_report": can_report_task(request.user, assignment) and not assignment.cycle.is_closed,
        "entries": AuditEntry.objects.visible_to(request.user).of(assignment)[:20],
    }
    return render(request, "reporting/key_tasks/assignment_show.html", context)


@require_http_methods(["GET", "POST"])
def assignment_report(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    if not can_report_task(request.user, assignment):
        raise PermissionDenied
    begun = assignment.state if assignment.state != TaskState.NOT_STARTED else TaskState.UNDER_WAY
    initial = {"quarter": current_quarter(assignment.cycle.year, clock.today()), "state": begun}
    form = TaskReportForm(posted(request), initial=initial)
    return deed_page(
        request,
        form,
        deed=lambda: report_task(assignment, **form.cleaned_data, by=request.user),
        done=_("进展已填报。"),
        url=reverse("reporting:assignment_show", args=[pk]),
        template="reporting/key_tasks/assignment_report.html",
        context={"assignment": assignment, "task": assignment.task},
    )
