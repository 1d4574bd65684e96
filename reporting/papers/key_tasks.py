"""重点任务清单 on turned sheets: the list, then who carries out what and how far it is (S-34, S-35)."""

from itertools import groupby

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from reporting.models import Cycle, TaskAssignment


def content(cycle_id: int) -> Paper:
    """Raises PaperRefused while the list is empty."""
    cycle = Cycle.objects.select_related("committee").get(pk=cycle_id)
    tasks = list(cycle.key_tasks.select_related("basis"))
    if not tasks:
        raise PaperRefused("重点任务清单还是空的，列入任务以后才能打印。")
    assignments = TaskAssignment.objects.filter(task__cycle=cycle).for_table()
    shares = [(task, list(rows)) for task, rows in groupby(assignments, key=lambda each: each.task)]
    title = f"{cycle.committee}{cycle.year}年度重点任务清单"
    html = render_to_string(
        "documents/papers/reporting/key_tasks.html", {"cycle": cycle, "tasks": tasks, "shares": shares}
    )
    return Paper(title=title, parts=(Part(title=title, html=html),), grid=False)
