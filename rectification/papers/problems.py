"""The year's problems on paper: whole, and as the public may read them (S-112, S-116)."""

from typing import Any

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from rectification.models import Problem
from reporting.models import Cycle


def content(cycle_id: int) -> Paper:
    return _paper(cycle_id, is_public=False)


def public_content(cycle_id: int) -> Paper:
    """Without causes, persons and the names of organizations that stay unnamed."""
    return _paper(cycle_id, is_public=True)


def _paper(cycle_id: int, *, is_public: bool) -> Paper:
    cycle = Cycle.objects.select_related("committee").get(pk=cycle_id)
    problems = list(Problem.objects.filter(cycle=cycle).for_table().order_by("organization__code", "pk"))
    if not problems:
        raise PaperRefused("本年度还没有登记问题。")
    title = f"{cycle.committee.name}{cycle.year}年度问题清单"
    context: dict[str, Any] = {
        "title": title,
        "cycle": cycle,
        "is_public": is_public,
        "common": [problem for problem in problems if problem.is_common],
        "individual": [problem for problem in problems if not problem.is_common and not problem.merged_into_id],
    }
    html = render_to_string("documents/papers/rectification/problems.html", context)
    return Paper(title=title, parts=(Part(title=title, html=html),), grid=False)
