"""The numbered list of a year's key tasks: written, changed, taken from last year (S-34, S-36)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common.conflicts import check_revision
from reporting.actions.cycles import lock_open_cycle
from reporting.models import BasisDocument, Cycle, KeyTask, TaskAssignment, TaskProgress
from reporting.permissions import can_edit_key_tasks
from reporting.rules.key_tasks import later_date, later_text
from reporting.rules.refusals import TaskRefused


@dataclasses.dataclass(frozen=True)
class TaskFacts:
    text: str
    group: str = ""
    target: str = ""
    lead_department: str = ""
    co_departments: str = ""
    due_text: str = ""
    due_date: dt.date | None = None
    is_mandatory: bool = False
    basis: BasisDocument | None = None
    position: int | None = None  # where in the list; None is the end


@transaction.atomic
def create_key_task(cycle: Cycle, *, facts: TaskFacts, by: User) -> KeyTask:
    cycle = _locked_cycle(cycle, by)
    task = KeyTask(cycle=cycle)
    _write(task, facts)
    record(task, "新增重点任务", by=by, after=snapshot(task))
    return task


@transaction.atomic
def edit_key_task(task: KeyTask, *, facts: TaskFacts, seen: int, by: User) -> KeyTask:
    """Change a task. `seen` is the revision the form was made from (StaleRevision)."""
    _locked_cycle(task.cycle, by)
    task = _locked_task(task)
    check_revision(task.revision, seen)
    before = snapshot(task)
    task.revision += 1
    _write(task, facts)
    record(task, "修改重点任务", by=by, before=before, after=snapshot(task))
    return task


@transaction.atomic
def remove_key_task(task: KeyTask, *, by: User) -> None:
    """Take a task off the list; refused once an organization has told of progress."""
    cycle = _locked_cycle(task.cycle, by)
    task = _locked_task(task)
    if TaskProgress.objects.filter(assignment__task=task).exists():
        raise TaskRefused(f"第{task.position}项任务已有单位填报进展，不能删除。可以修改任务内容和时限。")
    record(task, "删除重点任务", by=by, before=snapshot(task))
    task.delete()
    _number(list(cycle.key_tasks.all()))


@transaction.atomic
def copy_key_tasks(cycle: Cycle, *, tasks: Iterable[KeyTask], with_assignments: bool, by: User) -> list[KeyTask]:
    """Take tasks of an earlier year of the same committee over into this one; progress stays behind.

    Words and dates of deadlines move by as many years, so both ask to be looked over. Organizations that are no direct
    subordinates any more are left out, as they could not be given a task either.
    """
    cycle = _locked_cycle(cycle, by)
    copies = []
    for task in tasks:
        if task.cycle.committee_id != cycle.committee_id:
            raise PermissionDenied
        copies.append(_copy(task, cycle, with_assignments=with_assignments))
    record(cycle, "沿用往年重点任务", by=by, after={"tasks": len(copies)})
    return copies


def _copy(task: KeyTask, cycle: Cycle, *, with_assignments: bool) -> KeyTask:
    year = task.cycle.year
    years = cycle.year - year
    kept = task.assignments.filter(organization__parent=cycle.committee_id)
    assignments = list(kept) if with_assignments else []
    copy = KeyTask.objects.create(
        cycle=cycle,
        position=cycle.key_tasks.count() + 1,
        due_text=later_text(task.due_text, year, years),
        due_date=later_date(task.due_date, years),
        **{name: getattr(task, name) for name in _COPIED},
    )
    TaskAssignment.objects.bulk_create(
        TaskAssignment(
            task=copy,
            organization_id=each.organization_id,
            target=each.target,
            due_text=later_text(each.due_text, year, years),
            due_date=later_date(each.due_date, years),
        )
        for each in assignments
    )
    return copy


_COPIED = ("group", "text", "target", "lead_department", "co_departments", "is_mandatory", "basis")


def _write(task: KeyTask, facts: TaskFacts) -> None:
    """Store the facts and the place; numbers of the list run from 1 without a gap."""
    for name in (*_COPIED, "due_text", "due_date"):
        setattr(task, name, getattr(facts, name))
    others = [other for other in task.cycle.key_tasks.all() if other.pk != task.pk]
    place = len(others) if facts.position is None else min(max(facts.position - 1, 0), len(others))
    task.position = place + 1
    task.save()
    _number([*others[:place], task, *others[place:]])


def _number(tasks: list[KeyTask]) -> None:
    for position, task in enumerate(tasks, start=1):
        if task.position != position:
            task.position = position
            task.save(update_fields=["position"])


def _locked_cycle(cycle: Cycle, by: User) -> Cycle:
    cycle = lock_open_cycle(cycle.pk)
    if not can_edit_key_tasks(by, cycle):
        raise PermissionDenied
    return cycle


def _locked_task(task: KeyTask) -> KeyTask:
    """The row as it is now. Raises TaskRefused when somebody has taken it off the list meanwhile."""
    found = KeyTask.objects.select_for_update(of=("self",)).select_related("cycle__committee").filter(pk=task.pk)
    if (row := found.first()) is None:
        raise TaskRefused("这项任务刚刚已被删除，请返回任务清单。")
    return row
