"""The key tasks of 2026: set in February, told of quarter by quarter, as far as each organization got."""

import datetime as dt
from typing import Any

from accounts.models import User
from overview.demo.cast import account, clerk, on, organization
from overview.demo.source import read
from reporting.actions.key_tasks import TaskFacts, create_key_task
from reporting.actions.task_assignments import TargetRow, assign_tasks, edit_targets, report_task
from reporting.models import Cycle, KeyTask, TaskAssignment
from reporting.rules.key_tasks import TaskState

QUARTER_DAYS = ("2026-03-27", "2026-06-26", "2026-09-25")
TEXTS = ("group", "text", "target", "lead_department", "co_departments", "due_text")


def load_key_tasks(cycle: Cycle) -> None:
    """Asks for the day on which the tasks are set; progress is told on the last Fridays of the quarters."""
    rows = read("work_2026")["tasks"]
    tasks = [_set(cycle, row) for row in rows]
    for quarter, day in enumerate(QUARTER_DAYS, start=1):
        with on(day, 16):
            for task, row in zip(tasks, rows, strict=True):
                _tell(task, row, quarter)


def _set(cycle: Cycle, row: dict[str, Any]) -> KeyTask:
    facts = TaskFacts(
        **{name: row[name] for name in TEXTS},
        due_date=_date(row),
        is_mandatory=row.get("is_mandatory", False),
    )
    task = create_key_task(cycle, facts=facts, by=clerk())
    assign_tasks(cycle, tasks=[task], organizations=[organization(code) for code in row["organizations"]], by=clerk())
    targets = [_target(task, each) for each in row.get("targets", [])]
    return edit_targets(task, rows=targets, seen=task.revision, by=clerk())


def _target(task: KeyTask, row: dict[str, Any]) -> TargetRow:
    assignment = task.assignments.select_related("organization").get(organization__code=row["organization"])
    return TargetRow(assignment, row["target"], row["due_text"], _date(row))


def _date(row: dict[str, Any]) -> dt.date | None:
    return dt.date.fromisoformat(row["due_date"]) if row.get("due_date") else None


def _tell(task: KeyTask, row: dict[str, Any], quarter: int) -> None:
    for place, assignment in enumerate(task.assignments.select_related("organization", "task__cycle")):
        code = assignment.organization.code
        if quarter <= row.get("behind", {}).get(code, quarter):
            words = row["progress"][quarter - 1]
            done = quarter == len(QUARTER_DAYS) and code in row.get("done", [])
            state = TaskState.DONE if done else TaskState.UNDER_WAY
            text = words[place % len(words)]
            report_task(assignment, quarter=quarter, state=state, text=text, by=_writer(assignment))


def _writer(assignment: TaskAssignment) -> User:
    return account(assignment.organization.posts.current().get(is_first_responsible=True).person.code)
