"""The organization department's side of projects: who must declare, who has not, and the number-one project (S-40, S-41)."""

import dataclasses
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Organization
from common import clock
from reporting.actions.projects import push_project, set_project_scope
from reporting.forms.projects import ProjectPushForm, ProjectScopeForm
from reporting.models import Cycle, Project, ProjectScope
from reporting.permissions import can_edit_project_scope, can_push_project, can_review_cycle
from reporting.rules.projects import DECLARED, ProjectState
from reporting.views.cycles import Tally, get_cycle
from reporting.views.deeds import REFUSED, look_again, posted, sentences, status_of


@dataclasses.dataclass(frozen=True)
class Owing:
    """An organization that must declare and has not: with what it has so far."""

    organization: Organization
    project: Project | None

    @property
    def standing(self) -> str:
        if self.project is None:
            return _("没有起草")
        return _("退回后未重报") if self.project.state == ProjectState.RETURNED else _("已起草，未申报")


@require_GET
def project_board(request: HttpRequest, pk: int) -> HttpResponse:
    """How many must declare, who has not, and what waits to be screened. The missing list is exact (S-40)."""
    cycle = get_cycle(request, pk)
    if not can_review_cycle(request.user, cycle):
        raise PermissionDenied
    scope = _scope(cycle)
    required = list(scope.required()) if scope else []
    projects = _by_organization(cycle)
    owing = [
        Owing(each, next(iter(projects[each.pk]), None))
        for each in required
        if not any(project.state in DECLARED for project in projects[each.pk])
    ]
    context = {
        "cycle": cycle,
        "scope": scope,
        "required_count": len(required),
        "owing": owing,
        "waiting": [each for rows in projects.values() for each in rows if each.state == ProjectState.DECLARED],
        "tallies": _tallies(cycle, len(required), len(owing), projects),
        "can_edit": can_edit_project_scope(request.user, cycle) and not cycle.is_closed,
        "due_state": scope.deadline.state(clock.today()) if scope and owing else "-",
    }
    return render(request, "reporting/project_scopes/project_board.html", context)


def _scope(cycle: Cycle) -> ProjectScope | None:
    return ProjectScope.objects.filter(cycle=cycle).select_related("cycle__committee").first()


def _by_organization(cycle: Cycle) -> dict[int, list[Project]]:
    found: dict[int, list[Project]] = defaultdict(list)
    for project in cycle.projects.for_table():
        found[project.organization_id].append(project)
    return found


def _tallies(cycle: Cycle, required: int, owing: int, projects: dict[int, list[Project]]) -> list[Tally]:
    rows = [project for group in projects.values() for project in group]
    tones = {"declared": "waiting", "returned": "waiting", "accepted": "good", "closed": "good"}
    numbers = [Tally(_("应申报单位"), required, "#owing", "idle"), Tally(_("未申报单位"), owing, "#owing", "bad")]
    for state, tone in tones.items():
        number = sum(project.state == state for project in rows)
        label = str(ProjectState(state).label)
        numbers.append(Tally(label, number, f"?year={cycle.year}&state={state}", tone))
    return numbers


@require_http_methods(["GET", "POST"])
def project_scope_edit(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    if not can_edit_project_scope(request.user, cycle):
        raise PermissionDenied
    form = ProjectScopeForm(posted(request), cycle=cycle, scope=_scope(cycle))
    status = 200
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["revision"]
        try:
            set_project_scope(cycle, choice=form.choice, seen=seen, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
            status = status_of(error)
        else:
            messages.success(request, _("申报范围已保存。"))
            return redirect("reporting:project_board", pk)
    stored = _scope(cycle)
    if status == 409 and stored:
        look_again(form, stored.revision)
    context: dict[str, Any] = {"form": form, "cycle": cycle, "scope": stored, "is_stale": status == 409}
    return render(request, "reporting/project_scopes/project_scope_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def project_push(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_cycle(request, pk)
    if not can_push_project(request.user, cycle):
        raise PermissionDenied
    form = ProjectPushForm(posted(request), cycle=cycle)
    if request.method == "POST" and form.is_valid():
        chosen = {
            "organizations": form.cleaned_data["organizations"],
            "is_mandatory": form.cleaned_data["is_mandatory"],
        }
        try:
            pushed = push_project(cycle, facts=form.facts, **chosen, by=request.user)
        except REFUSED as error:
            form.add_error(None, sentences(error))
        else:
            messages.success(request, _("一号项目已下达给%(n)s个单位，并通知了他们。") % {"n": len(pushed)})
            return redirect("reporting:project_board", pk)
    return render(request, "reporting/project_scopes/project_push.html", {"form": form, "cycle": cycle})
