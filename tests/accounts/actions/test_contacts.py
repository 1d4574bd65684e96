import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions.contacts import ContactHasVisits, add_visit, create_contact, edit_visit, remove_contact
from accounts.models import AuditEntry, ContactPoint, Notice
from common.conflicts import StaleRevision
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(world) -> ContactPoint:
    leader = world.user("leader").person.posts.get()
    return create_contact(world.township, leader=leader, year=2026, by=world.user("clerk"))


def visit(contact: ContactPoint, world: World, role: str = "leader"):
    return add_visit(contact, date=None, date_text="X月X日", note="调研**", by=world.user(role))


def test_the_leader_is_told_of_the_contact_point(world, contact) -> None:
    assert Notice.objects.get(user=world.user("leader")).text == "甲乡党委是您2026年度的党建工作联系点。"
    assert AuditEntry.objects.of(contact).get().verb == "确定联系点"


@pytest.mark.parametrize("role", ["secretary", "leader", "administrator", "superior", "sibling_clerk"])
def test_only_the_department_above_names_one(world, role: str) -> None:
    leader = world.user("leader").person.posts.get()
    with pytest.raises(PermissionDenied):
        create_contact(world.township, leader=leader, year=2026, by=world.user(role))


def test_a_visit_is_kept_as_told_by_the_leader_or_the_department(world, contact) -> None:
    visit(contact, world)
    add_visit(contact, date=dt.date(2026, 5, 6), date_text="", note="开座谈会", by=world.user("clerk"))
    assert {each.day for each in contact.visits.all()} == {"X月X日", "2026年5月6日"}
    with pytest.raises(PermissionDenied):
        visit(contact, world, "secretary")


def test_a_leader_who_has_left_the_post_no_longer_writes(world, contact) -> None:
    world.user("leader").person.posts.update(end=dt.date(2021, 1, 1))
    contact.refresh_from_db()
    with pytest.raises(PermissionDenied):
        visit(contact, world)


def test_of_two_who_edit_one_visit_the_second_is_told(world, contact) -> None:
    made, leader = visit(contact, world), world.user("leader")
    edit_visit(made, date=None, date_text="5月", note="一", seen=1, by=leader)
    with pytest.raises(StaleRevision):
        edit_visit(made, date=None, date_text="6月", note="二", seen=1, by=leader)


def test_a_contact_point_with_visits_stays(world, contact) -> None:
    visit(contact, world)
    with pytest.raises(ContactHasVisits):
        remove_contact(contact, by=world.user("clerk"))
    contact.visits.all().delete()
    with pytest.raises(PermissionDenied):
        remove_contact(contact, by=world.user("leader"))
    remove_contact(contact, by=world.user("clerk"))
    assert not ContactPoint.objects.exists()
