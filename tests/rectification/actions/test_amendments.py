import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, Notice
from common import clock
from common.flow import TransitionNotAllowed
from rectification.actions.amendments import (
    approve_amendment,
    propose_amendment,
    refuse_amendment,
    withdraw_amendment,
)
from rectification.actions.items import reassign_owner
from rectification.models import Amendment, RectificationItem
from rectification.models.plans import ItemPlan, MeasurePlan, PartyPlan, plan_data, plan_from, plan_of
from rectification.rules.amendments import AMENDMENT_FLOW, AmendmentRefused, AmendmentState
from rectification.rules.items import ItemState, ListState
from tests.rectification.rows import make_list
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(world: World) -> RectificationItem:
    return make_list(world.reporter, ListState.COMMITTED, items=1).items.get()


def other_plan(item: RectificationItem, **facts: object) -> ItemPlan:
    changed = {
        "due_text": "X月Y日前",
        "due_date": dt.date(2099, 6, 30),
        "measures": [MeasurePlan("新措施，，", "李**")],
    }
    return dataclasses.replace(plan_of(item), **(changed | facts))  # type: ignore[arg-type]


def proposed(world: World, item: RectificationItem, **facts: object) -> Amendment:
    return propose_amendment(item, plan=other_plan(item, **facts), reason="汛期影响", by=world.user("staff"))


def test_a_plan_survives_being_kept(item: RectificationItem) -> None:
    plan = other_plan(
        item, target_operator="ge", target_value="XX", target_unit="次", parties=[PartyPlan("joint", "民政局")]
    )
    assert plan_from(plan_data(plan)) == plan


def test_nothing_changes_before_somebody_else_agrees_and_the_difference_is_shown(
    world: World, item: RectificationItem
) -> None:
    amendment = proposed(world, item)
    item.refresh_from_db()
    assert (item.due_date, item.measures.get().text) == (None, "每季度专题研究一次")
    assert [(c.label, c.before, c.after) for c in amendment.changes] == [
        ("整改措施", "每季度专题研究一次", "新措施，，（李**）"),
        ("整改时限", "X月底前", "X月Y日前（2099年6月30日）"),
    ]
    approve_amendment(amendment, opinion="同意", by=world.user("clerk"))
    item.refresh_from_db()
    assert (item.due_date, item.measures.get().words) == (dt.date(2099, 6, 30), "新措施，，（李**）")
    assert [entry.verb for entry in AuditEntry.objects.of(item)] == ["同意调整", "申请调整"]
    told = Notice.objects.filter(user__username="secretary").values_list("text", flat=True)
    assert any("已经同意" in text for text in told)


def test_the_promise_of_the_day_stays_as_it_was(world: World, item: RectificationItem) -> None:
    approve_amendment(proposed(world, item), opinion="", by=world.user("clerk"))
    assert item.list.commitment.content["items"][0]["due"] == "X月底前"


@pytest.mark.parametrize("role", ["secretary", "staff", "leader", "supervision", "superior", "sibling_clerk"])
def test_only_the_host_clerk_decides(world: World, item: RectificationItem, role: str) -> None:
    amendment = proposed(world, item)
    with pytest.raises(PermissionDenied):
        approve_amendment(amendment, opinion="", by=world.user(role))


@pytest.mark.parametrize("role", ["clerk", "leader", "other_secretary"])
def test_only_who_promised_asks(world: World, item: RectificationItem, role: str) -> None:
    with pytest.raises(PermissionDenied):
        propose_amendment(item, plan=other_plan(item), reason="x", by=world.user(role))


def test_a_refusal_needs_an_opinion_and_changes_nothing(world: World, item: RectificationItem) -> None:
    amendment = proposed(world, item)
    with pytest.raises(AmendmentRefused, match="写明意见"):
        refuse_amendment(amendment, opinion=" ", by=world.user("clerk"))
    refuse_amendment(amendment, opinion="理由不足", by=world.user("clerk"))
    item.refresh_from_db()
    assert item.due_date is None
    with pytest.raises(TransitionNotAllowed):
        approve_amendment(amendment, opinion="", by=world.user("clerk"))


def test_one_request_at_a_time_and_it_can_be_withdrawn(world: World, item: RectificationItem) -> None:
    amendment = proposed(world, item)
    with pytest.raises(AmendmentRefused, match="已有待审批"):
        proposed(world, item)
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.create(
            item=item,
            before={},
            after={},
            plan={},
            reason="x",
            proposed_by=world.user("staff"),
            proposed_at=clock.now(),
        )
    withdraw_amendment(amendment, by=world.user("secretary"))
    assert proposed(world, item).state == AmendmentState.PROPOSED


def test_what_is_unchanged_incomplete_or_without_reason_is_refused(world: World, item: RectificationItem) -> None:
    staff = world.user("staff")
    with pytest.raises(AmendmentRefused, match="没有变化"):
        propose_amendment(item, plan=plan_of(item), reason="x", by=staff)
    with pytest.raises(AmendmentRefused, match="缺整改措施"):
        propose_amendment(item, plan=other_plan(item, measures=[]), reason="x", by=staff)
    with pytest.raises(AmendmentRefused, match="理由"):
        propose_amendment(item, plan=other_plan(item), reason=" ", by=staff)


@pytest.mark.parametrize("state", [ItemState.CLOSED, ItemState.CARRIED])
def test_a_finished_item_is_not_amended(world: World, item: RectificationItem, state: ItemState) -> None:
    RectificationItem.objects.update(state=state)
    with pytest.raises(AmendmentRefused, match="还没有办结"):
        proposed(world, item)


def test_an_item_changed_meanwhile_is_asked_for_anew(world: World, item: RectificationItem) -> None:
    amendment = proposed(world, item)
    reassign_owner(item, owner_post=None, owner_text="另一人", by=world.user("staff"))
    with pytest.raises(AmendmentRefused, match="已经变化"):
        approve_amendment(amendment, opinion="", by=world.user("clerk"))
    amendment.refresh_from_db()
    assert amendment.state == AmendmentState.PROPOSED


@pytest.mark.parametrize("state", AmendmentState)
@pytest.mark.parametrize("verb", AMENDMENT_FLOW.verbs)
def test_only_what_was_proposed_moves(state: AmendmentState, verb: str) -> None:
    assert AMENDMENT_FLOW.allows(state, verb) == (state == AmendmentState.PROPOSED)
