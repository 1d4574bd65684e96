"""书记领办基层党建项目申报表 (practice.md 3.1)."""

from __future__ import annotations

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reporting.models import Project


def content(project_id: int) -> Paper:
    """The declaration as it stands, with progress and outcome where there are any; masked words as typed."""
    project = Project.objects.for_table().get(pk=project_id)
    context = {
        "project": project,
        "milestones": list(project.milestones.all()),
        "progress": list(project.progress.all()),
    }
    html = render_to_string("documents/papers/project.html", context)
    title = f"{project.organization.name}书记领办基层党建项目申报表"
    return Paper(title=f"{title}（{project.pk}）", parts=(Part(title=title, html=html),), grid=False)
