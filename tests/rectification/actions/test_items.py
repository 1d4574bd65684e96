import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from accounts.rules.roles import Role
from common.conflicts import StaleRevision
from common.flow import TransitionNotAllowed
from rectification.actions.items import edit_item, hand_over_items, reassign_owner
from rectification.models import RectificationItem
from rectification.models.plans import ItemPlan, MeasurePlan
from rectification.rules.items import ItemState, ListState
from rectification.rules.lists import ListNotWritable, OwnerNotHere
from tests.factories import make_post
from tests.rectification.rows import make_list
from tests.world import World

pytestmark = pytest.mark.django_db

PLAN = ItemPlan(
    kind="dated",
    owner_post=None,
    owner_text="***",
    lead_unit="XX局",
    co_units="**、**",
    due_text="X月底前",
    due_date=dt.date(2027, 6, 30),
    target="达标  两格",
    measures=[MeasurePlan("第一条，，"), MeasurePlan("第二条")],
)


def first_item(world: World, state: str = ListState.DRAFT) -> RectificationItem:
    return make_list(world.reporter, state, items=1).items.get()


def test_the_plan_is_kept_as_typed(world: World) -> None:
    item = first_item(world)
    edit_item(item, plan=PLAN, revision=1, by=world.user("staff"))
    item.refresh_from_db()
    assert (item.owner_text, item.lead_unit, item.co_units, item.due_text, item.target, item.revision) == (
        "***",
        "XX局",
        "**、**",
        "X月底前",
        "达标  两格",
        2,
    )
    assert list(item.measures.values_list("text", flat=True)) == ["第一条，，", "第二条"]
    entry = AuditEntry.objects.of(item).get()
    assert entry.before["measures"] == ["每季度专题研究一次"]
    assert entry.after["measures"] == ["第一条，，", "第二条"]


def test_the_second_of_two_is_told(world: World) -> None:
    item = first_item(world)
    edit_item(item, plan=PLAN, revision=1, by=world.user("staff"))
    with pytest.raises(StaleRevision):
        edit_item(
            item, plan=dataclasses.replace(PLAN, measures=[MeasurePlan("别的")]), revision=1, by=world.user("secretary")
        )
    assert item.measures.count() == 2


@pytest.mark.parametrize("role", ["other_secretary", "clerk", "leader", "attendee"])
def test_only_the_organization_writes(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        edit_item(first_item(world), plan=PLAN, revision=1, by=world.user(role))


@pytest.mark.parametrize("state", ["submitted", "approved", "committed"])
def test_nothing_changes_after_handing_in(world: World, state: str) -> None:
    with pytest.raises(ListNotWritable):
        edit_item(first_item(world, state), plan=PLAN, revision=1, by=world.user("secretary"))


def test_an_owner_of_another_organization_is_refused(world: World) -> None:
    plan = dataclasses.replace(PLAN, owner_post=world.other_reporter.post)
    with pytest.raises(OwnerNotHere):
        edit_item(first_item(world), plan=plan, revision=1, by=world.user("secretary"))


def test_an_item_without_owner_shows_so_until_reassigned_even_after_the_promise(world: World) -> None:
    item = first_item(world, ListState.COMMITTED)
    gone = make_post(world.township, Role.MEMBER, end=dt.date(2021, 1, 1))
    RectificationItem.objects.filter(pk=item.pk).update(owner_post=gone, owner_text="")
    item.refresh_from_db()
    assert (item.has_owner, item.owner_label) == (False, "待明确")
    here = make_post(world.township, Role.MEMBER)
    item = reassign_owner(item, owner_post=here, owner_text="", by=world.user("staff"))
    assert (item.has_owner, item.owner_label) == (True, "***")
    entry = AuditEntry.objects.of(item).get()
    assert (entry.verb, entry.before["owner_post"], entry.after["owner_post"]) == (
        "重新明确责任人",
        gone.pk,
        here.pk,
    )


def test_a_closed_item_needs_no_owner(world: World) -> None:
    item = first_item(world, ListState.COMMITTED)
    RectificationItem.objects.filter(pk=item.pk).update(state=ItemState.CLOSED)
    with pytest.raises(TransitionNotAllowed):
        reassign_owner(item, owner_post=None, owner_text="新", by=world.user("secretary"))


@pytest.mark.parametrize("role", ["other_secretary", "clerk", "supervision"])
def test_only_the_organization_names_owners(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        reassign_owner(first_item(world), owner_post=None, owner_text="x", by=world.user(role))


def test_a_successor_takes_over_what_is_unfinished_and_the_promise_stays(world: World) -> None:
    rectification_list = make_list(world.reporter, ListState.COMMITTED, items=2)
    old = world.reporter.post
    open_item, done = rectification_list.items.all()
    RectificationItem.objects.update(owner_post=old)
    RectificationItem.objects.filter(pk=done.pk).update(state=ItemState.CLOSED)
    new = make_post(world.township, Role.SECRETARY, is_first_responsible=False)
    assert hand_over_items(old, successor=new, by=world.user("clerk")) == 1
    open_item.refresh_from_db()
    done.refresh_from_db()
    assert (open_item.owner_post, done.owner_post) == (new, old)
    assert AuditEntry.objects.of(open_item).get().verb == "责任人更换"


def test_items_are_handed_over_by_the_register_and_inside_the_organization_only(world: World) -> None:
    old = world.reporter.post
    with pytest.raises(PermissionDenied):
        hand_over_items(old, successor=make_post(world.township, Role.DEPUTY), by=world.user("secretary"))
    with pytest.raises(OwnerNotHere):
        hand_over_items(old, successor=make_post(world.department, Role.DEPUTY), by=world.user("clerk"))
