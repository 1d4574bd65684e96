"""What each organization has done by a day, counted in the database: items, key tasks, projects (S-165)."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.db.models import Count, Q

from accounts.models import Organization
from rectification.rules.bulletins import Tally
from rectification.rules.items import UNFINISHED, ItemKind, ItemState
from reporting.models import Cycle, Project, TaskAssignment
from reporting.rules.key_tasks import TaskState
from reporting.rules.projects import ProjectState

from .inspections import Inspection
from .items import RectificationItem

NONE = Tally()


@dataclasses.dataclass(frozen=True)
class Figures:
    items: Tally = NONE
    tasks: Tally = NONE
    projects: Tally = NONE
    project_words: str = ""
    findings: str = ""


def figures_of(cycle: Cycle, first: dt.date, last: dt.date, today: dt.date) -> dict[int, Figures]:
    """By id of the organization: whoever reports in the year, has a task, a project, or items of the year before.

    `first` and `last` bound the inspections that are told, `last` the quarters of the projects. The number of queries does not grow with the rows.
    """
    items = _items(cycle, today)
    tasks = _tasks(cycle, today)
    projects, words = _projects(cycle, last, today)
    findings = _findings(cycle, first, last)
    known = set(cycle.reporters.values_list("organization", flat=True)) | set(items) | set(tasks) | set(projects)
    return {
        pk: Figures(
            items.get(pk, Tally()),
            tasks.get(pk, Tally()),
            projects.get(pk, Tally()),
            words.get(pk, ""),
            findings.get(pk, ""),
        )
        for pk in known
    }


def in_order(cycle: Cycle, known: set[int]) -> list[Organization]:
    """Those who report, in their order, then the others by code."""
    place = {
        organization: number
        for number, organization in enumerate(cycle.reporters.in_order().values_list("organization", flat=True))
    }
    rows = Organization.objects.filter(pk__in=known).select_related("domain")
    return sorted(rows, key=lambda row: (place.get(row.pk, len(place)), row.code))


def _items(cycle: Cycle, today: dt.date) -> dict[int, Tally]:
    """Items of the committee's list of the year before; what was handed on to a later year is not finished."""
    late = Q(state__in=UNFINISHED, kind=ItemKind.DATED, due_date__lt=today)
    rows = (
        RectificationItem.objects.filter(
            list__reporter__cycle__committee=cycle.committee_id, list__reporter__cycle__year=cycle.year - 1
        )
        .order_by()
        .values("list__reporter__organization")
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(state=ItemState.CLOSED)), late=Count("pk", filter=late))
    )
    return {row["list__reporter__organization"]: Tally(row["total"], row["done"], row["late"]) for row in rows}


def _tasks(cycle: Cycle, today: dt.date) -> dict[int, Tally]:
    rows = TaskAssignment.objects.filter(task__cycle=cycle)
    counted = rows.order_by().values("organization")
    behind = dict(rows.behind(cycle.year, today).order_by().values_list("organization").annotate(n=Count("pk")))
    return {
        row["organization"]: Tally(row["total"], row["done"], behind.get(row["organization"], 0))
        for row in counted.annotate(total=Count("pk"), done=Count("pk", filter=Q(state=TaskState.DONE)))
    }


def _projects(cycle: Cycle, last: dt.date, today: dt.date) -> tuple[dict[int, Tally], dict[int, str]]:
    tallies: dict[int, Tally] = {}
    words: dict[int, str] = {}
    for project in Project.objects.filter(cycle=cycle).under_way().prefetch_related("progress"):
        is_done = project.state == ProjectState.CLOSED
        is_late = not is_done and project.due_date is not None and project.due_date < today
        pk = project.organization_id
        tallies[pk] = tallies.get(pk, Tally()) + Tally(1, int(is_done), int(is_late))
        words[pk] = "\n".join(filter(None, [words.get(pk, ""), _told(project, last)]))
    return tallies, words


def _told(project: Project, last: dt.date) -> str:
    if project.state == ProjectState.CLOSED:
        return f"{project.title}：已结项。{project.outcome}"
    told_by_then = [each for each in project.progress.all() if each.quarter <= (last.month + 2) // 3]
    progress = max(told_by_then, key=lambda each: each.quarter, default=None)
    told = f"{progress.get_quarter_display()}，{progress.text}" if progress else "未填报进展。"
    return f"{project.title}：{told}"


def _findings(cycle: Cycle, first: dt.date, last: dt.date) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    rows = Inspection.objects.filter(committee=cycle.committee_id, date__gte=first, date__lte=last).order_by("date")
    for row in rows:
        found.setdefault(row.organization_id, []).append(row.findings)
    return {pk: "\n".join(texts) for pk, texts in found.items()}
