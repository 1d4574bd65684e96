import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry, Notice
from common import clock
from rectification.actions.carrying import carry_items
from rectification.actions.lists import open_list
from rectification.actions.problems import ProblemDraft
from rectification.models import Fulfilment, RectificationItem
from rectification.models.carrying import carry_rows, left_behind, waiting_to_carry
from rectification.models.chains import chain_of
from rectification.rules.items import ItemKind, ItemState, ListState, ProblemSource
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


def test_what_waits_is_counted_as_it_is_listed(world: World) -> None:
    assert waiting_to_carry(world.cycle).count() == sum(len(row.waiting) for row in carry_rows(world.cycle)) == 3
    carry_items(world.cycle, by=world.user("clerk"))
    assert waiting_to_carry(world.cycle).count() == 0


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


def test_what_the_years_end_found_unfinished_goes_on_though_it_was_verified(world: World) -> None:
    item = RectificationItem.objects.get(problem__text="已销号")
    Fulfilment.objects.create(item=item, mark="undone", evidence="回访", by=world.user("clerk"), at=clock.now())
    carry_items(world.cycle, by=world.user("clerk"))
    assert "已销号" in CarriedItem.objects.values_list("text", flat=True)


def test_how_the_promises_were_kept_is_written_into_the_form_once(world: World) -> None:
    clerk = world.user("clerk")
    for item in RectificationItem.objects.filter(list__reporter__organization=world.township):
        Fulfilment.objects.create(item=item, mark="basic", evidence="台账", by=clerk, at=clock.now())
    for _ in range(2):
        carry_items(world.cycle, by=clerk)
    world.reporter.refresh_from_db()
    words = world.reporter.promises_kept
    assert words.startswith("2025年度整改承诺共5项：已完成0项、基本完成5项、未完成0项，兑现率50.0%。")
    assert AuditEntry.objects.of(world.reporter).filter(verb="写入承诺兑现情况").count() == 1


def test_the_new_item_is_an_old_problem_that_goes_on_from_the_old_one(world: World) -> None:
    clerk = world.user("clerk")
    carry_items(world.cycle, by=clerk)
    carried = CarriedItem.objects.get(text="整改中")
    draft = ProblemDraft(ProblemSource.CARRIED, carried.text, carried_item=carried)
    opened = open_list(world.reporter, drafts=[draft], due_text="", due_date=None, by=clerk)
    item = opened.items.get()
    old = RectificationItem.objects.get(problem__text="整改中", list__reporter__cycle__year=2025)
    assert (item.problem.novelty, item.problem.previous, old.state) == ("old", old, ItemState.CARRIED)
    assert chain_of(item) == [old, item]
