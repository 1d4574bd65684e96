"""Tick off a stage of a project, with the day (S-39)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from common.flow import TransitionNotAllowed
from reporting.actions.cycles import refuse_closed
from reporting.models import Project, ProjectMilestone
from reporting.permissions import can_edit_project
from reporting.rules.projects import ProjectState
from reporting.rules.refusals import ProjectRefused


@transaction.atomic
def mark_milestone(milestone: ProjectMilestone, *, done_on: dt.date | None, by: User) -> ProjectMilestone:
    """Write down when a stage was done; no day takes the mark back. Raises ProjectRefused for a day to come."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("cycle__committee", "organization")
    project = rows.get(pk=milestone.project_id)
    if not can_edit_project(by, project):
        raise PermissionDenied
    refuse_closed(project.cycle)
    if project.state != ProjectState.ACCEPTED:
        raise TransitionNotAllowed(project.state, "mark", "项目立项以后、结项以前才标记阶段完成。")
    if done_on is not None and done_on > clock.today():
        raise ProjectRefused("完成日期不能晚于今天。")
    milestone = project.milestones.get(pk=milestone.pk)
    before, milestone.done_on = milestone.done_on, done_on
    if before != done_on:
        milestone.save(update_fields=["done_on"])
        verb = "标记阶段完成" if done_on else "取消阶段完成"
        facts = {"position": milestone.position, "text": milestone.text}
        record(project, verb, by=by, before=facts | {"done_on": before}, after=facts | {"done_on": done_on})
    return milestone
