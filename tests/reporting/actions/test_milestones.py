import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from common import clock
from common.flow import TransitionNotAllowed
from reporting.actions.milestones import mark_milestone
from reporting.actions.projects import close_project
from reporting.models import Project
from reporting.papers.projects import content
from reporting.rules.refusals import ProjectRefused
from tests.reporting.rows import accepted_project, declared_project
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db


def accepted(world: World) -> Project:
    return accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))


def test_a_stage_is_ticked_off_with_its_day_and_open_again(world: World) -> None:
    project = accepted(world)
    day = clock.today()
    milestone = mark_milestone(project.milestones.get(), done_on=day, by=world.user("staff"))
    assert (milestone.done_on, project.milestones_done) == (day, 1)
    assert f"{day.year}年{day.month}月{day.day}日完成" in content(project.pk).parts[0].html
    mark_milestone(milestone, done_on=day, by=world.user("staff"))
    mark_milestone(milestone, done_on=None, by=world.user("secretary"))
    assert Project.objects.get(pk=project.pk).milestones_done == 0
    verbs = AuditEntry.objects.of(project).filter(verb__contains="阶段").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["标记阶段完成", "取消阶段完成"]


def test_a_day_to_come_is_refused(world: World) -> None:
    milestone = accepted(world).milestones.get()
    with pytest.raises(ProjectRefused, match="不能晚于今天"):
        mark_milestone(milestone, done_on=clock.today() + dt.timedelta(days=1), by=world.user("staff"))


def test_only_those_who_carry_it_out(world: World) -> None:
    milestone = accepted(world).milestones.get()
    for role in set(ROLES) - {"anonymous", "secretary", "staff"}:
        with pytest.raises(PermissionDenied):
            mark_milestone(milestone, done_on=clock.today(), by=world.user(role))


def test_only_between_acceptance_and_closing(world: World) -> None:
    project = declared_project(world.cycle, world.other_township, by=world.user("other_secretary"))
    with pytest.raises(TransitionNotAllowed, match="立项以后"):
        mark_milestone(project.milestones.get(), done_on=clock.today(), by=world.user("other_secretary"))
    closed = close_project(accepted(world), outcome="建成", is_replicable=True, by=world.user("clerk"))
    with pytest.raises(TransitionNotAllowed, match="结项以前"):
        mark_milestone(closed.milestones.get(), done_on=None, by=world.user("staff"))
