"""同步问责关注: serious, overdue and not urged (S-138)."""

import datetime as dt
from decimal import Decimal

import pytest

from common import clock
from rectification.models import Inquiry, Inspection, LadderStep, RectificationItem
from reviews.models.watch_lists import unurged_of
from tests.rectification.rows import make_item, make_list
from tests.reviews.access_of_use import make_record, make_rule
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
DUE, TODAY = dt.date(2026, 5, 1), dt.date(2026, 7, 1)  # 61 days


@pytest.fixture
def world() -> World:
    world = build_world()
    make_rule(world, "unurged", threshold=Decimal(30), measure="reminder")
    return world


def overdue(world: World, *, serious: bool = True, due: dt.date = DUE) -> RectificationItem:
    made = getattr(world.reporter, "rectification_list", None) or make_list(world.reporter, "committed", items=0)
    item = make_item(made, due_date=due)
    item.problem.is_serious = serious
    item.problem.save()
    return item


def watched(world: World) -> list[tuple[int, int, dt.date | None]]:
    return [(each.item.pk, each.days, each.urged_on) for each in unurged_of(world.cycle, TODAY)]


def send_sheet(item: RectificationItem, at: dt.datetime) -> None:
    LadderStep.objects.create(item=item, level=1, due_date=DUE, text="请抓紧整改", at=at)


def test_only_serious_items_overdue_beyond_the_limit_are_watched(world: World) -> None:
    serious = overdue(world)
    overdue(world, serious=False)
    overdue(world, due=dt.date(2026, 6, 5))
    assert watched(world) == [(serious.pk, 61, None)]


def test_a_sheet_of_the_ladder_is_urging_for_its_own_item(world: World) -> None:
    urged, left = overdue(world), overdue(world)
    # 23:30 of the 19th in Beijing is still the 19th.
    send_sheet(urged, dt.datetime(2026, 6, 19, 15, 30, tzinfo=dt.UTC))
    assert watched(world) == [(left.pk, 61, None)]
    LadderStep.objects.update(at=dt.datetime(2026, 5, 20, 1, tzinfo=dt.UTC))
    assert watched(world) == [(left.pk, 61, None), (urged.pk, 42, dt.date(2026, 5, 20))]


def test_a_talk_about_the_item_and_an_inspection_of_the_unit_are_urging(world: World) -> None:
    item = overdue(world)
    inquiry = Inquiry.objects.create(
        committee=world.county,
        kind="talk",
        post=world.reporter.post,
        item=item,
        by_whom="县委书记",
        reason="整改不力",
        demands="说明情况",
        issued_at=dt.datetime(2026, 6, 20, 2, tzinfo=dt.UTC),
        issued_by=world.user("clerk"),
    )
    assert watched(world) == []
    inquiry.delete()
    Inspection.objects.create(
        committee=world.county,
        organization=world.township,
        date=dt.date(2026, 6, 10),
        findings="仍未整改",
        by=world.user("supervision"),
    )
    assert watched(world) == []


def test_the_committees_own_record_stands_beside_the_item(world: World) -> None:
    item = overdue(world)
    record = make_record(world, organization=world.county, post=None, item=item)
    assert [each.record for each in unurged_of(world.cycle, TODAY)] == [record]


def test_the_same_queries_for_three_and_for_thirty(world: World, django_assert_num_queries) -> None:
    for _ in range(3):
        send_sheet(overdue(world), clock.now())
    send_sheet(overdue(world), clock.now())
    with django_assert_num_queries(8) as few:
        unurged_of(world.cycle, TODAY)
    for _ in range(27):
        send_sheet(overdue(world), clock.now())
    with django_assert_num_queries(len(few)):
        unurged_of(world.cycle, TODAY)
