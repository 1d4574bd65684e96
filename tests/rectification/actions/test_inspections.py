import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from common import clock
from rectification.actions.inspections import create_inspection
from rectification.models import Inspection
from rectification.rules.inspections import InspectionRefused
from reporting.models import KeyTask
from tests.factories import make_cycle
from tests.reporting.rows import make_task
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 21))
    return build_world()


def create(world: World, role: str = "supervision", **facts) -> Inspection:
    defaults = {
        "committee": world.county,
        "kind": "routine",
        "date": dt.date(2026, 11, 21),
        "inspectors": "***",
        "findings": "***",
    }
    organization = facts.pop("organization", world.township)
    return create_inspection(organization, **(defaults | facts), by=world.user(role))


@pytest.mark.parametrize("role", ["supervision", "clerk"])
def test_an_inspection_is_written_down(world: World, role: str) -> None:
    made = create(world, role)
    assert (made.organization, made.findings, made.by) == (world.township, "***", world.user(role))
    assert AuditEntry.objects.of(made).get().verb == "登记督查"


@pytest.mark.parametrize("role", ["secretary", "leader", "superior", "attendee", "administrator", "sibling_clerk"])
def test_others_write_none(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        create(world, role)


def test_neither_oneself_nor_a_neighbour_nor_tomorrow(world: World) -> None:
    for facts in ({"organization": world.county}, {"organization": world.sibling}, {"date": dt.date(2026, 11, 22)}):
        with pytest.raises(InspectionRefused):
            create(world, **facts)
    assert not Inspection.objects.exists()


def test_an_inspection_may_look_into_a_key_task_of_its_committee(world: World) -> None:
    task = make_task(world)
    assert create(world, key_task=task).key_task == task
    foreign = KeyTask.objects.create(cycle=make_cycle(world.sibling), text="别处的任务", position=1)
    with pytest.raises(InspectionRefused, match="不是督查单位布置的"):
        create(world, key_task=foreign)
