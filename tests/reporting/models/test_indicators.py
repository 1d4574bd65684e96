import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Domain
from reporting.actions.reports import return_report
from reporting.models.indicators import board_rows, board_totals, last_years_figures, lines_of
from reporting.rules.cycles import CyclePhase
from reporting.rules.indicators import Judgement, Verdict, VerdictCounts
from tests.factories import make_cycle, make_organization, make_reporter
from tests.reporting.rows import add_part_sections
from tests.reporting.rows_of_figures import give, set_standards
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    add_part_sections(world.cycle)
    set_standards(world.cycle)
    return world


@pytest.fixture
def last_year(world: World) -> None:
    """甲乡 gave 45 in 2025, when the figure was called otherwise."""
    before = make_cycle(world.county, 2025)
    add_part_sections(before)
    before.scheme.figures.filter(name="投入经费").update(name="党建经费", code="投入经费")
    give(make_reporter(before, world.township), {"党建经费": "45"}, by=world.user("secretary"))
    before.phase = CyclePhase.CLOSED
    before.save()


def board(world: World):
    figures = list(world.cycle.scheme.figures.all())
    rows = board_rows(world.cycle, figures, world.cycle.reporters.in_order())
    return figures, rows


def test_the_same_figure_of_last_year_is_found_by_what_it_is_known_as(world: World, last_year: None) -> None:
    assert last_years_figures(world.cycle) == {world.township.pk: {"到基层调研": "", "投入经费": "45"}}
    report = give(world.reporter, {"到基层调研": "10余", "投入经费": "48"}, by=world.user("secretary"))
    research, money = lines_of(report, report.content)
    assert (research.judgement, research.last_year) == (Judgement(Verdict.UNKNOWN, "约数，离标准太近"), "")
    assert (money.judgement, money.told_last_year, money.change) == (Judgement(Verdict.MET), "45万元", "+3")


def test_a_year_without_one_before_cannot_be_compared(world: World) -> None:
    report = give(world.reporter, {"投入经费": "48"}, by=world.user("secretary"))
    assert lines_of(report, report.content)[1].judgement == Judgement(Verdict.UNKNOWN, "没有上年度的数")


def test_the_board_adds_up_what_was_handed_in_and_nothing_else(world: World, last_year: None) -> None:
    give(world.reporter, {"到基层调研": "15", "投入经费": "40余"}, by=world.user("secretary"))
    other = give(world.other_reporter, {"到基层调研": "***", "投入经费": "8"}, by=world.user("other_secretary"))
    return_report(other, reason="改", by=world.user("clerk"))
    other.figures.update(value="999")  # typed since it was returned
    make_reporter(world.cycle, make_organization(parent=world.county))
    figures, rows = board(world)
    assert [row.is_handed_in for row in rows] == [True, False, True]
    research, money = board_totals(figures, rows)
    assert (research.told, research.total.skipped, research.filled) == ("15次", 1, 2)
    assert research.verdicts == VerdictCounts(met=1, not_met=0, unknown=1)
    assert (money.told, money.total.skipped) == ("48万元以上", 0)
    assert money.verdicts == VerdictCounts(met=0, not_met=0, unknown=2)


def test_a_report_without_figures_is_handed_in_all_the_same(world: World) -> None:
    world.cycle.scheme.sections.filter(kind="figures").delete()
    give(world.reporter, {}, by=world.user("secretary"))
    _figures, rows = board(world)
    assert [(row.is_handed_in, row.cells) for row in rows] == [(True, [None, None]), (False, [None, None])]


def test_rates_are_not_added(world: World) -> None:
    world.cycle.scheme.figures.filter(name="投入经费").update(unit="万元/人")
    give(world.reporter, {"投入经费": "4"}, by=world.user("secretary"))
    _research, money = board_totals(*board(world))
    assert (money.total, money.told, money.filled) == (None, "", 1)


def test_a_figure_of_a_domain_is_asked_of_that_domain(world: World) -> None:
    school = Domain.objects.get(code="school")
    world.cycle.scheme.figures.filter(name="投入经费").update(domain=school)
    report = give(world.reporter, {"到基层调研": "15"}, by=world.user("secretary"))
    assert [figure.name for figure in report.content.figures] == ["到基层调研"]
    _figures, rows = board(world)
    assert [cell and cell.value for cell in rows[0].cells] == ["15", None]
    world.township.domain = school
    assert all(figure.is_asked_of(world.township) for figure in world.cycle.scheme.figures.all())


def test_as_many_queries_for_many_reporters(world: World, last_year: None) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            figures, rows = board(world)
            board_totals(figures, rows)
        return len(queries)

    few = count()
    give(world.reporter, {"到基层调研": "15"}, by=world.user("secretary"))
    for _ in range(5):
        make_reporter(world.cycle, make_organization(parent=world.county))
    assert count() == few
