import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from overview.statistics import CHAPTERS
from overview.statistics.efforts import effort_table
from overview.statistics.figures import figure_table
from overview.statistics.grades import grade_tables
from overview.statistics.items import item_tables, tree_table
from overview.statistics.problems import problem_tables
from overview.statistics.reporters import filing_table, reporter_tables
from overview.statistics.table import Table
from rectification.models import Problem
from rectification.rules.items import ItemState, ListState
from reporting.models import DutyEntry
from reporting.rules.cycles import ReportMode
from reviews.models import Result
from tests.factories import make_cycle, make_organization, make_reporter
from tests.rectification.rows import make_item, make_list
from tests.reporting.rows import add_part_sections
from tests.reporting.rows_of_figures import give
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2027, 7, 8))
    return build_world()


def values(table: Table) -> dict[str, tuple]:
    return {row.label: row.values for row in table.rows}


def test_the_three_numbers_agree_however_they_are_counted(world: World) -> None:
    make_reporter(world.cycle, make_organization(parent=world.county), ReportMode.WRITTEN)
    totals = {table.key: table.total.values for table in reporter_tables(world.cycle)}
    oral = world.cycle.reporters.filter(mode="oral").count()
    written = world.cycle.reporters.filter(mode="written").count()
    assert set(totals.values()) == {(oral, written, oral + written)}
    assert len(totals) == 3


def test_every_reporter_is_in_time_late_or_missing(world: World) -> None:
    (row,) = filing_table(world.cycle).rows
    expected, in_time, late, missing, *_rest = row.values
    assert expected == in_time + late + missing == world.cycle.reporters.count()


def test_figures_are_added_up_and_what_cannot_be_is_counted(world: World) -> None:
    assert figure_table(world.cycle).is_empty
    add_part_sections(world.cycle)
    assert figure_table(world.cycle).is_empty
    give(world.reporter, {"到基层调研": "15", "投入经费": "40余"}, by=world.user("secretary"))
    give(world.other_reporter, {"到基层调研": "X", "投入经费": "约8"}, by=world.user("other_secretary"))
    assert values(figure_table(world.cycle)) == {
        "到基层调研": ("次", 2, "15次", 1),
        "投入经费": ("万元", 2, "约48万元", 0),
    }


def test_grades_and_the_undecided_add_up(world: World) -> None:
    good = world.cycle.scheme.grades.get(code="good")
    Result.objects.create(reporter=world.reporter, decided_grade=good)
    table, by_level, years = grade_tables(world.cycle)
    assert table.heads[1:] == ("好", "较好", "一般", "差", "未定", "合计")
    undecided = world.cycle.reporters.count() - 1
    assert table.total.values == (1, 0, 0, 0, undecided, undecided + 1) == by_level.total.values
    assert years.heads[1:] == (f"{world.cycle.year}年度",)  # there was no year before to stand beside
    assert values(years)["好"] == (1,)


def test_last_years_grades_stand_beside(world: World) -> None:
    before = make_cycle(world.county, 2025)
    reporter = make_reporter(before, world.township)
    Result.objects.create(reporter=reporter, decided_grade=before.scheme.grades.get(code="fair"))
    years = grade_tables(world.cycle)[2]
    assert years.heads[1:] == ("2025年度", f"{world.cycle.year}年度")
    assert values(years)["一般"] == (1, 0)


def test_problems_by_kind_add_up_to_all_of_them(world: World) -> None:
    make_list(world.reporter, items=3)
    Problem.objects.create(cycle=world.cycle, scope="common", source="comment", text="***", category="基础工作")
    tables = {table.key: table for table in problem_tables(world.cycle, None)}
    for key in ("problems_scope", "problems_source", "problems_novelty"):
        assert tables[key].total.values == (4,), key
    assert tables["problems_category"].total.values == (3, 1, 4)
    assert tables["problems_source"].rows[0].url.endswith("?source=self")


def test_items_closed_by_quarter_and_overdue_by_age(world: World) -> None:
    work = make_list(world.reporter, ListState.COMMITTED, items=0)
    make_item(work, due_date=dt.date(2027, 7, 1))  # a week late
    make_item(work, due_date=dt.date(2027, 6, 7))  # a month and a day
    closed = make_item(work, state=ItemState.CLOSED)
    make_item(work)
    with clock.at(dt.datetime(2027, 5, 1, tzinfo=dt.UTC)):
        closed.verifications.create(outcome="passed", by=world.user("clerk"), at=clock.now())
    by_domain, by_quarter, ageing = item_tables(world.cycle, None)
    tree = tree_table(world.cycle, None)
    assert by_domain.total.values == (4, 1, 3, 2, 0, "25%")
    (shares,) = values(by_quarter).values()
    assert shares == ("0%", "25%", "25%", "")  # the fourth quarter has not begun
    assert [row.values[0] for row in ageing.rows] == [1, 0, 1, 0]
    assert [row.values for row in tree.rows] == [(4, 1, "25%"), (4, 1, "25%")]  # the county, then the township


def test_who_has_no_domain_is_counted_and_named(world: World) -> None:
    make_list(world.reporter, items=2)
    type(world.township).objects.filter(pk=world.township.pk).update(domain=None)
    assert values(item_tables(world.cycle, None)[0])["未定领域"] == (2, 0, 2, 0, 0, "0%")
    assert values(reporter_tables(world.cycle)[0])["未定领域"][-1] == 1
    assert values(grade_tables(world.cycle)[0])["未定领域"][-1] == 1
    assert "未定领域" in values(filing_table(world.cycle))


def test_masked_counts_are_skipped_and_said(world: World) -> None:
    for count in ("", "3次", "X"):
        DutyEntry.objects.create(
            organization=world.township,
            post=world.reporter.post,
            year=2026,
            kind="research",
            subject="***",
            count_text=count,
            by=world.user("secretary"),
        )
    rows = values(effort_table(world.cycle, None))
    mine = next(found for label, found in rows.items() if label.startswith(world.township.display_name))
    assert mine[0] == "4+"
    assert mine[1] == 0


def test_queries_do_not_grow_with_organizations(world: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            for chapter in CHAPTERS:
                chapter.tables(world.cycle, 60)
        return len(captured)

    make_list(world.reporter, ListState.COMMITTED)
    few = count()
    for _ in range(20):
        make_list(make_reporter(world.cycle, make_organization(parent=world.county)), ListState.COMMITTED)
    assert count() == few
