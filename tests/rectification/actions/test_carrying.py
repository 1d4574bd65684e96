import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Notice
from rectification.actions.carrying import carry_items
from rectification.models import RectificationItem
from rectification.models.carrying import carry_rows, left_behind
from rectification.rules.items import ItemKind, ItemState, ListState
from reporting.models import CarriedItem
from reporting.rules.cycles import CyclePhase
from reporting.rules.refusals import CycleClosed
from tests.factories import make_cycle, make_reporter
from tests.rectification.rows import make_item, make_list
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Last year of 甲乡: open, applied, closed, standing and closed, already handed over; of 财政局: one open."""
    built = build_world()
    last_year = make_cycle(built.county, 2025)
    shown = make_list(make_reporter(last_year, built.township), ListState.COMMITTED, items=0)
    make_item(shown, text="整改中", measures=("一", "二"))
    make_item(shown, text="已申请", state=ItemState.APPLIED)
    make_item(shown, text="已销号", state=ItemState.CLOSED)
    make_item(shown, text="长期坚持", state=ItemState.CLOSED, kind=ItemKind.STANDING, due_text="")
    make_item(shown, text="早已结转", state=ItemState.CARRIED)
    other = make_list(make_reporter(last_year, built.department), ListState.DRAFT, items=0)
    make_item(other, text="不再述职的单位")
    return built


def test_what_is_unfinished_or_standing_is_written(world: World) -> None:
    carry_items(world.cycle, by=world.user("clerk"))
    rows = CarriedItem.objects.values_list("reporter", "origin_year", "text", "measure", "due_text")
    mine = world.reporter.pk
    assert list(rows) == [
        (mine, 2025, "整改中", "一\n二", "X月底前"),
        (mine, 2025, "已申请", "每季度专题研究一次", "X月底前"),
        (mine, 2025, "长期坚持", "每季度专题研究一次", "长期坚持"),
    ]
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"secretary", "staff"}


def test_last_years_items_stay_as_they_are(world: World) -> None:
    before = list(RectificationItem.objects.values_list("pk", "state"))
    carry_items(world.cycle, by=world.user("clerk"))
    assert list(RectificationItem.objects.values_list("pk", "state")) == before


def test_again_writes_nothing(world: World) -> None:
    carry_items(world.cycle, by=world.user("clerk"))
    assert carry_items(world.cycle, by=world.user("clerk")) == []
    assert CarriedItem.objects.count() == 3
    row = next(row for row in carry_rows(world.cycle) if row.reporter == world.reporter)
    assert (row.waiting, row.written) == ([], 3)


def test_who_does_not_report_this_year_is_named(world: World) -> None:
    assert left_behind(world.cycle) == [world.department]


@pytest.mark.parametrize("role", ["secretary", "supervision", "leader", "sibling_clerk", "administrator"])
def test_only_the_host_clerk_carries(world: World, role: str) -> None:
    with pytest.raises(PermissionDenied):
        carry_items(world.cycle, by=world.user(role))


def test_a_closed_year_is_left_alone(world: World) -> None:
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()
    with pytest.raises(CycleClosed):
        carry_items(world.cycle, by=world.user("clerk"))


def test_without_a_last_year_nothing_is_written(world: World) -> None:
    assert carry_items(make_cycle(world.county, 2030), by=world.user("clerk")) == []
