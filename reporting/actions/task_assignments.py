"""Giving key tasks to organizations, each with a target and deadline of its own, and telling of progress (S-35)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import Organization, User
from accounts.rules.roles import WRITING_ROLES
from common.conflicts import check_revision
from reporting.actions.cycles import lock_open_cycle
from reporting.models import Cycle, KeyTask, TaskAssignment, TaskProgress
from reporting.permissions import can_edit_key_tasks, can_report_task
from reporting.rules.refusals import TaskRefused


@dataclasses.dataclass(frozen=True)
class TargetRow:
    """What one organization is asked for; an empty target or deadline is the task's own."""

    assignment: TaskAssignment
    target: str = ""
    due_text: str = ""
    due_date: dt.date | None = None
    is_removed: bool = False


@transaction.atomic
def assign_tasks(
    cycle: Cycle, *, tasks: Sequence[KeyTask], organizations: Sequence[Organization], by: User
) -> list[TaskAssignment]:
    """Give each of the tasks to each of the organizations; who has it already keeps it as it is.

    Raises TaskRefused for an organization that is no direct subordinate of the committee.
    """
    cycle = lock_open_cycle(cycle.pk)
    if not can_edit_key_tasks(by, cycle) or any(task.cycle_id != cycle.pk for task in tasks):
        raise PermissionDenied
    for organization in organizations:
        if organization.parent_id != cycle.committee_id:
            raise TaskRefused(f"{organization.label}不是{cycle.committee}的直属下级党组织，不能分配任务。")
    there = set(TaskAssignment.objects.filter(task__in=tasks).values_list("task_id", "organization_id"))
    new = [
        TaskAssignment(task=task, organization=organization)
        for task in tasks
        for organization in organizations
        if (task.pk, organization.pk) not in there
    ]
    TaskAssignment.objects.bulk_create(new)
    for task in tasks:
        codes = [each.organization.code for each in new if each.task_id == task.pk]
        if codes:
            record(task, "分配任务", by=by, after={"organizations": codes})
    _tell(cycle, new)
    return new


def _tell(cycle: Cycle, new: Iterable[TaskAssignment]) -> None:
    counts: dict[Organization, int] = {}
    for assignment in new:
        counts[assignment.organization] = counts.get(assignment.organization, 0) + 1
    for organization, count in counts.items():
        notify(
            holders(organization, *WRITING_ROLES),
            f"{cycle.committee}布置了{cycle.year}年度重点任务{count}项，请查看目标和时限，按季度填报进展。",
            url=work_url(organization, cycle.year),
        )


@transaction.atomic
def edit_targets(task: KeyTask, *, rows: Sequence[TargetRow], seen: int, by: User) -> KeyTask:
    """Write the targets and deadlines of the organizations of one task, and take it back from some.

    `seen` is the task's revision (StaleRevision). Raises TaskRefused where progress was told already.
    """
    cycle = lock_open_cycle(task.cycle_id)
    if not can_edit_key_tasks(by, cycle) or any(row.assignment.task_id != task.pk for row in rows):
        raise PermissionDenied
    task = KeyTask.objects.select_for_update(of=("self",)).select_related("cycle__committee").get(pk=task.pk)
    check_revision(task.revision, seen)
    for row in rows:
        if row.is_removed:
            _take_back(row.assignment, by=by)
        else:
            _write_target(row, by=by)
    task.revision += 1
    task.save(update_fields=["revision"])
    return task


def _take_back(assignment: TaskAssignment, *, by: User) -> None:
    if assignment.progress.exists():
        raise TaskRefused(f"{assignment.organization.label}已经填报进展，不能收回这项任务。")
    record(assignment, "收回任务", by=by, before=snapshot(assignment))
    assignment.delete()


def _write_target(row: TargetRow, *, by: User) -> None:
    assignment = row.assignment
    before = snapshot(assignment)
    assignment.target, assignment.due_text, assignment.due_date = row.target, row.due_text, row.due_date
    after = snapshot(assignment)
    if before == after:
        return
    assignment.save(update_fields=["target", "due_text", "due_date"])
    record(assignment, "调整任务目标和时限", by=by, before=before, after=after)
    notify(
        holders(assignment.organization, *WRITING_ROLES),
        f"{assignment.task}的目标或时限已调整，请查看。",
        url=reverse("reporting:assignment_show", args=[assignment.pk]),
    )


@transaction.atomic
def report_task(assignment: TaskAssignment, *, quarter: int, state: str, text: str, by: User) -> TaskProgress:
    """The organization tells how far it is; the task stands as its last word says."""
    cycle = lock_open_cycle(assignment.cycle.pk)
    assignment = (
        TaskAssignment.objects.select_for_update(of=("self",))
        .select_related("organization", "task")
        .get(pk=assignment.pk)
    )
    if not can_report_task(by, assignment):
        raise PermissionDenied
    if not text.strip():
        raise TaskRefused(f"请写明{cycle.year}年第{quarter}季度的进展情况。")
    before = snapshot(assignment)
    progress = TaskProgress.objects.create(assignment=assignment, quarter=quarter, state=state, text=text, by=by)
    assignment.state = state
    assignment.save(update_fields=["state"])
    record(assignment, "填报任务进展", by=by, before=before, after=snapshot(assignment), note=text)
    return progress


def work_url(organization: Organization, year: int) -> str:
    return f"{reverse('reporting:work_show', args=[organization.pk])}?year={year}"
