import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from rectification.actions.orders import Order, order_item
from rectification.models import RectificationItem, RectificationList
from rectification.rules.items import ORDERABLE, ItemState, ListState
from rectification.rules.lists import ListNotWritable
from tests.factories import make_cycle, make_organization, make_reporter
from tests.rectification.rows import make_list
from tests.world import World

pytestmark = pytest.mark.django_db
ORDER = Order("XX局支部书记不是单位主要负责人，，", "按程序改选", dt.date(2027, 1, 31), "某县委组织部")


def test_the_organization_department_orders_with_a_deadline(world: World) -> None:
    made = make_list(world.reporter, ListState.COMMITTED)
    item = order_item(made, order=ORDER, by=world.user("clerk"))
    assert (item.position, item.state, item.due_date, item.owner_label, item.lead_unit) == (
        3,
        ItemState.OPEN,
        dt.date(2027, 1, 31),
        "某县委组织部",
        "某县委组织部",
    )
    assert [measure.text for measure in item.measures.all()] == ["按程序改选"]
    assert item.problem.text == ORDER.text
    entry = AuditEntry.objects.of(item).get()
    assert (entry.verb, entry.after["due_date"]) == ("责令限期整改", "2027-01-31")
    told = {notice.user for notice in Notice.objects.filter(text__contains="责令限期整改")}
    assert told == {world.user("secretary"), world.user("staff")}
    assert RectificationItem.objects.overdue(dt.date(2027, 2, 1)).get() == item


@pytest.mark.parametrize("state", ListState.values)
def test_not_while_somebody_judges_the_list(world: World, state: str) -> None:
    made = make_list(world.reporter, state)
    if state in ORDERABLE:
        assert order_item(made, order=ORDER, by=world.user("clerk")).list == made
    else:
        with pytest.raises(ListNotWritable):
            order_item(made, order=ORDER, by=world.user("clerk"))


@pytest.mark.parametrize("role", ["secretary", "leader", "administrator", "supervision", "sibling_clerk"])
def test_nobody_else_orders(world: World, role: str) -> None:
    made = make_list(world.reporter)
    with pytest.raises(PermissionDenied):
        order_item(made, order=ORDER, by=world.user(role))


def test_the_nearest_list_and_then_the_newest_answers(world: World) -> None:
    branch = make_organization("XX支部", world.township)
    lists = RectificationList.objects.ordered_by(world.user("clerk"))
    assert lists.answering_for(branch) is None
    make_list(make_reporter(make_cycle(world.county, 2025), world.township), ListState.COMMITTED)
    newest = make_list(world.reporter)
    make_list(world.other_reporter)
    assert lists.answering_for(branch) == newest
    assert RectificationList.objects.ordered_by(world.user("sibling_clerk")).answering_for(branch) is None
