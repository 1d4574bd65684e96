"""Projects as deeds: declared, screened, followed, pushed; and who must declare (S-36, S-39 to S-42)."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Domain, Notice
from accounts.rules.roles import Role
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from reporting.actions.projects import (
    Milestone,
    ScopeChoice,
    accept_project,
    close_project,
    create_project,
    declare_project,
    edit_project,
    hand_over_projects,
    push_project,
    record_project_progress,
    remove_project,
    return_project,
    set_project_scope,
)
from reporting.models import Project
from reporting.rules.cycles import CyclePhase
from reporting.rules.projects import ProjectState, ScopeMode
from reporting.rules.refusals import CycleClosed, ProjectRefused
from tests.factories import make_organization, make_post
from tests.reporting.rows import PROJECT_FACTS, accepted_project, declared_project
from tests.world import World

pytestmark = pytest.mark.django_db

PUSHED: dict[str, Any] = {
    "title": "规范化支部“一号项目”",
    "background": "",
    "problem": "后进支部多。",
    "measures": "",
    "expected": "支部达标。",
    "target": "达标率不低于95%",
    "due_text": "12月底前",
    "due_date": dt.date(2026, 12, 31),
}


def draft(world: World, **facts: Any) -> Project:
    rows = [Milestone("摸底", "X月底前"), Milestone("建成")]
    return create_project(
        world.cycle,
        organization=world.township,
        facts=PROJECT_FACTS | facts,
        milestones=rows,
        by=world.user("staff"),
    )


def test_staff_draft_and_the_first_responsible_person_leads(world: World) -> None:
    project = draft(world)
    project.refresh_from_db()
    assert (project.state, project.title) == ("draft", "联建***个产业党支部")
    assert project.leader == world.township.first_responsible
    assert [(row.text, row.due_text) for row in project.milestones.all()] == [("摸底", "X月底前"), ("建成", "")]
    assert AuditEntry.objects.of(project).first().verb == "起草项目"


def test_only_writers_of_the_organization_draft_for_it_and_only_upwards(world: World) -> None:
    rows: dict[str, Any] = {"facts": PROJECT_FACTS, "milestones": []}
    with pytest.raises(PermissionDenied):
        create_project(world.cycle, organization=world.township, **rows, by=world.user("other_secretary"))
    village = make_organization("某村党支部", world.township)
    with pytest.raises(PermissionDenied):
        create_project(world.cycle, organization=village, **rows, by=world.user("secretary"))
    world.cycle.committee = world.sibling
    world.cycle.save()
    with pytest.raises(ProjectRefused):
        create_project(world.cycle, organization=world.township, **rows, by=world.user("secretary"))


def test_declared_by_the_secretary_only_and_the_department_is_told(world: World) -> None:
    project = draft(world)
    with pytest.raises(PermissionDenied):
        declare_project(project, by=world.user("staff"))
    declare_project(project, by=world.user("secretary"))
    project.refresh_from_db()
    assert (project.state, project.declared_at is not None) == (ProjectState.DECLARED, True)
    assert "申报了书记领办项目" in Notice.objects.get(user=world.user("clerk")).text
    with pytest.raises(TransitionNotAllowed):
        edit_project(project, facts={}, milestones=[], seen=project.revision, by=world.user("staff"))


def test_what_is_missing_is_named_at_the_declaration(world: World) -> None:
    project = draft(world, problem="", due_text="")
    with pytest.raises(ProjectRefused) as refused:
        declare_project(project, by=world.user("secretary"))
    assert refused.value.sentences == ["还没有填写：拟解决的问题、完成时限。填写后再申报。"]


def test_returned_with_a_reason_then_declared_again_and_accepted(world: World) -> None:
    project = declared_project(world.cycle, world.township, by=world.user("secretary"))
    with pytest.raises(PermissionDenied):
        return_project(project, reason="太大", by=world.user("secretary"))
    project = return_project(project, reason="切口太大，写到村。", by=world.user("clerk"))
    assert (project.state, project.return_reason) == ("returned", "切口太大，写到村。")
    project = declare_project(project, by=world.user("secretary"))
    with pytest.raises(PermissionDenied):
        accept_project(project, by=world.user("sibling_clerk"))
    project = accept_project(project, by=world.user("clerk"))
    assert (project.state, project.return_reason) == ("accepted", "")
    verbs = [entry.verb for entry in AuditEntry.objects.of(project)]
    assert verbs == ["同意立项", "申报项目", "退回项目", "申报项目", "起草项目"]
    assert Notice.objects.filter(user=world.user("staff")).count() == 2


def test_progress_by_quarter_is_put_right_and_the_trail_keeps_both(world: World) -> None:
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    seen = project.revision
    project = record_project_progress(project, quarter=1, text="走访***户", seen=seen, by=world.user("staff"))
    project = record_project_progress(
        project, quarter=1, text="走访130多户", seen=project.revision, by=world.user("staff")
    )
    assert [(row.quarter, row.text) for row in project.progress.all()] == [(1, "走访130多户")]
    entry = AuditEntry.objects.of(project).first()
    assert (entry.before["text"], entry.after["text"]) == ("走访***户", "走访130多户")
    with pytest.raises(StaleRevision):
        record_project_progress(project, quarter=2, text="晚", seen=seen, by=world.user("staff"))
    with pytest.raises(PermissionDenied):
        record_project_progress(project, quarter=2, text="外", seen=project.revision, by=world.user("clerk"))


def test_progress_waits_for_the_acceptance(world: World) -> None:
    project = declared_project(world.cycle, world.township, by=world.user("secretary"))
    with pytest.raises(TransitionNotAllowed):
        record_project_progress(project, quarter=1, text="早", seen=project.revision, by=world.user("staff"))


def test_closed_with_outcome_and_mark(world: World) -> None:
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    with pytest.raises(PermissionDenied):
        close_project(project, outcome="好", is_replicable=True, by=world.user("secretary"))
    project = close_project(project, outcome="建成XX个", is_replicable=True, by=world.user("clerk"))
    assert (project.state, project.outcome, project.is_replicable) == ("closed", "建成XX个", True)


def test_the_slower_of_two_is_told(world: World) -> None:
    project = draft(world)
    edit_project(project, facts={"title": "甲"}, milestones=[], seen=1, by=world.user("staff"))
    with pytest.raises(StaleRevision):
        edit_project(project, facts={"title": "乙"}, milestones=[], seen=1, by=world.user("secretary"))
    project.refresh_from_db()
    assert project.title == "甲"


def test_a_draft_is_removed_a_declared_one_is_not(world: World) -> None:
    project = draft(world)
    with pytest.raises(PermissionDenied):
        remove_project(project, by=world.user("clerk"))
    remove_project(project, by=world.user("staff"))
    assert not Project.objects.exists()
    declared = declared_project(world.cycle, world.township, by=world.user("secretary"))
    with pytest.raises(TransitionNotAllowed):
        remove_project(declared, by=world.user("secretary"))


def test_the_number_one_project_reaches_all_chosen_and_cannot_be_deleted(world: World) -> None:
    both = [world.township, world.other_township]
    with pytest.raises(PermissionDenied):
        push_project(world.cycle, organizations=both, facts=PUSHED, is_mandatory=True, by=world.user("secretary"))
    pushed = push_project(world.cycle, organizations=both, facts=PUSHED, is_mandatory=True, by=world.user("clerk"))
    assert [(each.organization.code, each.target, each.is_mandatory) for each in pushed] == [
        ("X1", "达标率不低于95%", True),
        ("X2", "达标率不低于95%", True),
    ]
    assert "下达一号项目" in Notice.objects.get(user=world.user("staff")).text
    with pytest.raises(ProjectRefused, match="不能删除"):
        remove_project(pushed[0], by=world.user("secretary"))
    facts = {"title": "改名", "due_text": "明年", "due_date": None, "target": "", "measures": "每月一次。"}
    edited = edit_project(pushed[0], facts=facts, milestones=[], seen=1, by=world.user("staff"))
    edited.refresh_from_db()
    assert (edited.title, edited.due_date, edited.target) == (PUSHED["title"], PUSHED["due_date"], PUSHED["target"])
    assert edited.measures == "每月一次。"


def test_pushing_again_reaches_those_who_have_none(world: World) -> None:
    facts: dict[str, Any] = {"facts": PUSHED, "is_mandatory": False, "by": world.user("clerk")}
    push_project(world.cycle, organizations=[world.township], **facts)
    again = push_project(world.cycle, organizations=[world.township, world.other_township], **facts)
    assert [each.organization for each in again] == [world.other_township]
    with pytest.raises(ProjectRefused):
        push_project(world.cycle, organizations=[world.township], **facts)
    with pytest.raises(ProjectRefused):
        push_project(world.cycle, organizations=[world.sibling], **facts)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (ScopeMode.NONE, []),
        (ScopeMode.ALL, ["X1", "X2", "X3"]),
        (ScopeMode.DOMAINS, ["X3"]),
        (ScopeMode.CHOSEN, ["X2"]),
    ],
)
def test_who_must_declare(world: World, mode: str, expected: list[str]) -> None:
    organ = Domain.objects.get(code="organ")
    world.department.domain = organ
    world.department.save()
    choice = ScopeChoice(mode, domains=[organ], organizations=[world.other_township], due_text="3月底前")
    scope = set_project_scope(world.cycle, choice=choice, seen=0, by=world.user("clerk"))
    assert [each.code for each in scope.required()] == expected


def test_the_scope_is_the_departments_and_has_a_revision(world: World) -> None:
    choice = ScopeChoice(ScopeMode.ALL)
    with pytest.raises(PermissionDenied):
        set_project_scope(world.cycle, choice=choice, seen=0, by=world.user("secretary"))
    scope = set_project_scope(world.cycle, choice=choice, seen=0, by=world.user("clerk"))
    with pytest.raises(StaleRevision):
        set_project_scope(world.cycle, choice=choice, seen=0, by=world.user("clerk"))
    set_project_scope(world.cycle, choice=ScopeChoice(ScopeMode.NONE), seen=scope.revision, by=world.user("clerk"))
    assert AuditEntry.objects.of(scope).filter(verb="确定申报范围").count() == 2


def test_a_closed_year_stays_as_it_is(world: World) -> None:
    project = declared_project(world.cycle, world.township, by=world.user("secretary"))
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()
    with pytest.raises(CycleClosed):
        accept_project(project, by=world.user("clerk"))
    with pytest.raises(CycleClosed):
        push_project(
            world.cycle, organizations=[world.township], facts=PUSHED, is_mandatory=True, by=world.user("clerk")
        )


def test_a_successor_goes_on_with_projects_that_are_not_closed(world: World) -> None:
    old = world.user("secretary").person.posts.get()
    going = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    closed = declared_project(world.cycle, world.township, by=world.user("secretary"))
    Project.objects.filter(pk=closed.pk).update(state=ProjectState.CLOSED)
    new = make_post(world.township, Role.SECRETARY, is_first_responsible=False)
    with pytest.raises(PermissionDenied):
        hand_over_projects(old, successor=new, by=world.user("secretary"))
    with pytest.raises(ProjectRefused):
        hand_over_projects(old, successor=make_post(world.department, Role.DEPUTY), by=world.user("clerk"))
    assert hand_over_projects(old, successor=new, by=world.user("clerk")) == 1
    assert [Project.objects.get(pk=each.pk).leader for each in (going, closed)] == [new, old]
    assert AuditEntry.objects.of(going).filter(verb="领办人更换").exists()
