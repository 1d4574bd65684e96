"""Declare, screen and follow a secretary-led project; push a number-one project; say who must declare (S-39 to S-42)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import Domain, Organization, Post, User
from accounts.permissions import can_manage_organization
from accounts.rules.roles import SUBMITTING_ROLES, WRITING_ROLES, Role
from common import clock
from common.conflicts import check_revision
from common.flow import TransitionNotAllowed
from reporting.actions.cycles import lock_open_cycle, refuse_closed
from reporting.actions.evidence import forget_files
from reporting.models import Cycle, Project, ProjectScope
from reporting.permissions import (
    can_create_project,
    can_declare_project,
    can_edit_project,
    can_edit_project_scope,
    can_push_project,
    can_remove_project,
    can_screen_project,
)
from reporting.rules.projects import PROJECT_FLOW, ProjectState
from reporting.rules.refusals import ProjectRefused

# What the superior fixed with a number-one project; whoever received it fills in the rest (S-41).
PUSHED_FACTS = frozenset({"title", "target", "due_text", "due_date"})


@dataclasses.dataclass(frozen=True)
class Milestone:
    text: str
    due_text: str = ""


@dataclasses.dataclass(frozen=True)
class ScopeChoice:
    """Who must declare: `mode` is a ScopeMode; domains or organizations belong to two of them."""

    mode: str
    domains: Sequence[Domain] = ()
    organizations: Sequence[Organization] = ()
    due_text: str = ""
    due_date: dt.date | None = None


@transaction.atomic
def set_project_scope(cycle: Cycle, *, choice: ScopeChoice, seen: int, by: User) -> ProjectScope:
    """Mark which organizations must declare a project, and by when (S-40). `seen` is 0 while there is no scope."""
    cycle = lock_open_cycle(cycle.pk)
    if not can_edit_project_scope(by, cycle):
        raise PermissionDenied
    scope, created = ProjectScope.objects.get_or_create(cycle=cycle)
    if not (created and seen == 0):
        check_revision(scope.revision, seen)
    before = snapshot(scope)
    scope.mode, scope.due_text, scope.due_date = choice.mode, choice.due_text, choice.due_date
    scope.revision += 1
    scope.save()
    scope.domains.set(choice.domains)
    scope.organizations.set(choice.organizations)
    record(scope, "确定申报范围", by=by, before=_plain(before), after=_plain(snapshot(scope)))
    return scope


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Chosen rows by their id, as the trail keeps them."""
    chosen = ("domains", "organizations")
    return {name: [row.pk for row in value] if name in chosen else value for name, value in facts.items()}


@transaction.atomic
def create_project(
    cycle: Cycle, *, organization: Organization, facts: dict[str, Any], milestones: Iterable[Milestone], by: User
) -> Project:
    """A draft of the organization, led by its first responsible person unless another post is given (S-39)."""
    cycle = lock_open_cycle(cycle.pk)
    if not can_create_project(by, organization):
        raise PermissionDenied
    if organization.parent_id != cycle.committee_id:
        raise ProjectRefused(f"{organization.label}不是{cycle.committee}的直属下级党组织，不能在这个年度申报项目。")
    project = Project(cycle=cycle, organization=organization, leader=organization.first_responsible)
    _write(project, facts, milestones)
    record(project, "起草项目", by=by, after=snapshot(project))
    return project


@transaction.atomic
def edit_project(
    project: Project, *, facts: dict[str, Any], milestones: Iterable[Milestone], seen: int, by: User
) -> Project:
    """Change a draft or a returned project; what the superior fixed in a number-one project stays as it is."""
    project = _locked(project)
    if not can_edit_project(by, project):
        raise PermissionDenied
    if not project.is_writable:
        raise TransitionNotAllowed(project.state, "edit", "项目已经申报，现在不能修改。确需修改的，请组织部门退回。")
    check_revision(project.revision, seen)
    before = snapshot(project)
    if project.is_number_one:
        facts = {name: value for name, value in facts.items() if name not in PUSHED_FACTS}
    project.revision += 1
    _write(project, facts, milestones)
    record(project, "修改项目", by=by, before=before, after=snapshot(project))
    return project


def _write(project: Project, facts: dict[str, Any], milestones: Iterable[Milestone]) -> None:
    for name, value in facts.items():
        setattr(project, name, value)
    _check_leader(project)
    project.save()
    project.milestones.all().delete()
    for position, row in enumerate(milestones, start=1):
        project.milestones.create(position=position, text=row.text, due_text=row.due_text)


def _check_leader(project: Project) -> None:
    leader: Post | None = project.leader
    if leader is not None and leader.organization_id != project.organization_id:
        raise ProjectRefused("领办人必须是本单位的现任人员。")


@transaction.atomic
def hand_over_projects(outgoing: Post, *, successor: Post, by: User) -> int:
    """Projects not closed go on under who follows in the post (S-08, S-39); returns how many.

    Done by whoever keeps the register, as the post itself is.
    """
    if outgoing.organization_id != successor.organization_id:
        raise ProjectRefused("领办人必须是本单位的现任人员。")
    if not can_manage_organization(by, outgoing.organization):
        raise PermissionDenied
    led = [_locked(project) for project in Project.objects.led_on(outgoing).order_by("cycle_id", "pk")]
    for project in led:
        before = snapshot(project)
        project.leader = successor
        project.revision += 1
        project.save(update_fields=["leader", "revision"])
        record(project, "领办人更换", by=by, before=before, after=snapshot(project))
    return len(led)


@transaction.atomic
def remove_project(project: Project, *, by: User) -> None:
    """Take back a draft that was never accepted. A number-one project cannot be removed (S-36, S-41)."""
    project = _locked(project)
    if project.is_number_one and can_edit_project(by, project):
        raise ProjectRefused("这是上级下达的一号项目，不能删除。")
    if not can_remove_project(by, project):
        raise PermissionDenied
    if not project.is_writable:
        raise TransitionNotAllowed(project.state, "remove", "项目已经申报，不能删除。")
    record(project, "删除项目", by=by, before=snapshot(project))
    forget_files(list(project.evidence.all()))
    project.delete()


@transaction.atomic
def push_project(
    cycle: Cycle, *, organizations: Iterable[Organization], facts: dict[str, Any], is_mandatory: bool, by: User
) -> list[Project]:
    """Give every chosen organization the same pre-filled number-one project (S-41).

    Whoever has one already keeps it as it is; the new ones only are returned.
    """
    cycle = lock_open_cycle(cycle.pk)
    if not can_push_project(by, cycle):
        raise PermissionDenied
    has_one = set(cycle.projects.filter(is_number_one=True).values_list("organization", flat=True))
    chosen = [each for each in organizations if each.pk not in has_one]
    if not chosen:
        raise ProjectRefused("选择的单位都已经有一号项目，没有新下达。")
    if any(each.parent_id != cycle.committee_id for each in chosen):
        raise ProjectRefused(f"一号项目只能下达给{cycle.committee}的直属下级党组织。")
    return [_push(cycle, each, facts, is_mandatory, by=by) for each in chosen]


def _push(cycle: Cycle, organization: Organization, facts: dict[str, Any], is_mandatory: bool, *, by: User) -> Project:
    project = Project.objects.create(
        cycle=cycle,
        organization=organization,
        leader=organization.first_responsible,
        is_number_one=True,
        is_mandatory=is_mandatory,
        **facts,
    )
    record(project, "下达一号项目", by=by, after=snapshot(project))
    text = f"{cycle.committee}下达一号项目“{project.title}”，请填写本单位的措施和工作安排，由书记申报。"
    notify(holders(organization, *WRITING_ROLES), text, url=_url(project))
    return project


@transaction.atomic
def declare_project(project: Project, *, by: User) -> Project:
    """Hand the project in. Raises ProjectRefused naming what is still to be filled in (S-39)."""
    project = _locked(project)
    if not can_declare_project(by, project):
        raise PermissionDenied
    target = PROJECT_FLOW.check(project.state, "declare")
    missing = project.missing_facts()
    if missing:
        raise ProjectRefused(f"还没有填写：{'、'.join(missing)}。填写后再申报。")
    project.declared_at = clock.now()
    _move(project, target, "申报项目", by=by)
    people = holders(project.cycle.committee, Role.ORGANIZATION_DEPARTMENT)
    notify(people, f"{project.organization.label}申报了书记领办项目“{project.title}”", url=_url(project))
    return project


@transaction.atomic
def return_project(project: Project, *, reason: str, by: User) -> Project:
    project = _locked(project)
    if not can_screen_project(by, project):
        raise PermissionDenied
    target = PROJECT_FLOW.check(project.state, "return")
    project.return_reason = reason
    _move(project, target, "退回项目", by=by, note=reason)
    _tell_organization(project, f"书记领办项目“{project.title}”被退回：{reason}")
    return project


@transaction.atomic
def accept_project(project: Project, *, by: User) -> Project:
    project = _locked(project)
    if not can_screen_project(by, project):
        raise PermissionDenied
    target = PROJECT_FLOW.check(project.state, "accept")
    project.return_reason = ""
    _move(project, target, "同意立项", by=by)
    _tell_organization(project, f"书记领办项目“{project.title}”已同意立项，请按季度填写进展")
    return project


@transaction.atomic
def close_project(project: Project, *, outcome: str, is_replicable: bool, by: User) -> Project:
    """结项: what came of it, and whether others can take it over (S-42)."""
    project = _locked(project)
    if not can_screen_project(by, project):
        raise PermissionDenied
    target = PROJECT_FLOW.check(project.state, "close")
    project.outcome, project.is_replicable = outcome, is_replicable
    _move(project, target, "结项", by=by)
    _tell_organization(project, f"书记领办项目“{project.title}”已结项")
    return project


@transaction.atomic
def record_project_progress(project: Project, *, quarter: int, text: str, seen: int, by: User) -> Project:
    """Write down what was done in a quarter; a later text for the same quarter replaces it, the trail keeps both."""
    project = _locked(project)
    if not can_edit_project(by, project):
        raise PermissionDenied
    if project.state != ProjectState.ACCEPTED:
        raise TransitionNotAllowed(project.state, "progress", "项目立项以后、结项以前才填写季度进展。")
    check_revision(project.revision, seen)
    earlier = project.progress.filter(quarter=quarter).first()
    before = {"quarter": quarter, "text": earlier.text if earlier else ""}
    project.progress.update_or_create(quarter=quarter, defaults={"text": text, "by": by, "at": clock.now()})
    project.revision += 1
    project.save(update_fields=["revision"])
    record(project, "填写季度进展", by=by, before=before, after={"quarter": quarter, "text": text})
    return project


def _locked(project: Project) -> Project:
    project = (
        Project.objects.select_for_update(of=("self",))
        .select_related("cycle__committee", "organization")
        .get(pk=project.pk)
    )
    refuse_closed(project.cycle)
    return project


def _move(project: Project, target: str, verb: str, *, by: User, note: str = "") -> None:
    before = {"state": project.state}
    project.state = ProjectState(target)
    project.revision += 1
    project.save()
    record(project, verb, by=by, before=before, after={"state": target}, note=note)


def _tell_organization(project: Project, text: str) -> None:
    notify(holders(project.organization, *SUBMITTING_ROLES, Role.STAFF), text, url=_url(project))


def _url(project: Project) -> str:
    return reverse("reporting:project_show", args=[project.pk])
