import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common.conflicts import StaleRevision
from rectification.actions.fulfilments import MarkRow, mark_fulfilments
from rectification.models import Fulfilment, RectificationItem, RectificationList
from rectification.models.fulfilments import fulfilment_before, fulfilment_of
from rectification.rules.fulfilments import FulfilmentRefused
from rectification.rules.items import ItemState, ListState
from tests.factories import make_cycle
from tests.rectification.rows import make_list
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world: World) -> RectificationList:
    made = make_list(world.reporter, ListState.COMMITTED, items=4)
    RectificationItem.objects.filter(position=1).update(state=ItemState.CLOSED)
    return made


def mark(world: World, made: RectificationList, *marks: str, revision: int = 0, by: str = "clerk") -> list[Fulfilment]:
    items = list(made.items.all())
    rows = [MarkRow(item.pk, each, "查阅台账", revision) for item, each in zip(items, marks, strict=False) if each]
    return mark_fulfilments(made, rows=rows, by=world.user(by))


def test_the_rate_counts_every_item_and_half_for_basic(world: World, made: RectificationList) -> None:
    mark(world, made, "done", "basic", "undone")
    count = fulfilment_of(world.cycle)[world.township.pk]
    assert (count.done, count.basic, count.undone, count.unmarked) == (1, 1, 1, 1)
    assert count.percent == "37.5%"  # (1 + 1 × 50 %) ÷ 4
    assert fulfilment_before(make_cycle(world.county, 2027)) == {world.township.pk: count}
    assert fulfilment_of(world.cycle, organizations=[]) == {}


def test_the_same_marks_again_change_nothing(world: World, made: RectificationList) -> None:
    assert len(mark(world, made, "done", "undone")) == 2
    assert mark(world, made, "done", "undone") == []
    assert Notice.objects.filter(user__username="staff").count() == 1
    item = made.items.first()
    assert AuditEntry.objects.filter(verb="评定兑现情况", subject_id=item.pk).count() == 1


def test_a_change_on_an_old_page_is_told(world: World, made: RectificationList) -> None:
    mark(world, made, "done")
    with pytest.raises(StaleRevision):
        mark(world, made, "basic")
    mark(world, made, "basic", revision=1)
    assert Fulfilment.objects.get().mark == "basic"


def test_done_needs_a_verified_item_and_every_mark_its_evidence(world: World, made: RectificationList) -> None:
    with pytest.raises(FulfilmentRefused, match="第2项：还没有审核销号"):
        mark(world, made, "done", "done")
    assert not Fulfilment.objects.exists()
    with pytest.raises(FulfilmentRefused, match="依据"):
        mark_fulfilments(made, rows=[MarkRow(made.items.first().pk, "done", " ")], by=world.user("clerk"))


@pytest.mark.parametrize("role", ["secretary", "leader", "supervision", "superior", "sibling_clerk"])
def test_only_the_host_clerk_marks(world: World, made: RectificationList, role: str) -> None:
    with pytest.raises(PermissionDenied):
        mark(world, made, "done", by=role)


def test_before_the_promise_there_is_nothing_to_mark(world: World) -> None:
    with pytest.raises(FulfilmentRefused, match="还没有承诺"):
        mark(world, make_list(world.reporter), "undone")
