"""What the home page asks for about secretary-led projects (S-39, S-40)."""

import datetime as dt

import pytest

from common import clock
from overview.duties import duties_of
from reporting.actions.projects import (
    ScopeChoice,
    accept_project,
    record_project_progress,
    return_project,
    set_project_scope,
)
from reporting.rules.projects import ScopeMode
from tests.reporting.rows import declared_project
from tests.world import World

pytestmark = pytest.mark.django_db


def shown(world: World, role: str) -> list[tuple[str, str, str]]:
    with clock.at(dt.datetime(2026, 5, 6, 1, tzinfo=dt.UTC)):
        found = [(duty.title, duty.action, duty.tone) for duty in duties_of(world.user(role))]
    return [row for row in found if "项目" in row[0]]


def test_who_must_declare_is_asked_until_something_is_begun(world: World) -> None:
    assert shown(world, "secretary") == []
    choice = ScopeChoice(ScopeMode.CHOSEN, organizations=[world.township], due_date=dt.date(2026, 3, 20))
    set_project_scope(world.cycle, choice=choice, seen=0, by=world.user("clerk"))
    assert shown(world, "staff") == [("2026年度领办项目申报", "起草项目", "urgent")]
    assert shown(world, "other_secretary") == []
    declared_project(world.cycle, world.township, by=world.user("secretary"))
    assert shown(world, "secretary") == []


def test_the_department_screens_and_the_secretary_puts_right(world: World) -> None:
    project = declared_project(world.cycle, world.township, by=world.user("secretary"))
    assert shown(world, "clerk") == [("领办项目审核", "去审核", "urgent")]
    assert shown(world, "sibling_clerk") == []
    return_project(project, reason="太大", by=world.user("clerk"))
    assert shown(world, "clerk") == []
    assert shown(world, "secretary") == [("领办项目：联建***个产业党支部", "去申报", "urgent")]


def test_each_quarter_is_asked_for_once(world: World) -> None:
    project = declared_project(world.cycle, world.township, by=world.user("secretary"))
    project = accept_project(project, by=world.user("clerk"))
    assert shown(world, "secretary") == [("领办项目：联建***个产业党支部", "填写进展", "normal")]
    record_project_progress(project, quarter=2, text="建成XX个", seen=project.revision, by=world.user("staff"))
    assert shown(world, "secretary") == []
