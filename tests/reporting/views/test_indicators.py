import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Document
from reporting.models import DutyReport
from tests.reporting.rows import add_part_sections, write
from tests.reporting.rows_of_figures import give, set_standards
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    add_part_sections(world.cycle)
    return world


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


@pytest.fixture
def handed_in(world: World) -> None:
    set_standards(world.cycle)
    give(world.reporter, {"到基层调研": "15次", "投入经费": "XX"}, by=world.user("secretary"))
    give(world.other_reporter, {"到基层调研": "9", "投入经费": "***"}, by=world.user("other_secretary"))


def page(client: Client, world: World, query: str = "") -> str:
    answer = client.get(reverse("reporting:indicator_board", args=[world.cycle.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_board_says_who_meets_what_and_adds_up(world: World, clerk: Client, handed_in: None) -> None:
    board = reverse("reporting:indicator_board", args=[world.cycle.pk])
    assert board in clerk.get(reverse("reporting:cycle_show", args=[world.cycle.pk])).content.decode()
    words = page(clerk, world)
    for said in ("不低于12次", "15次", "24次", "1／1／0", "0／0／2", "无法计算 2 个", "没有写明", "书记本人"):
        assert said in words
    assert "15次次" not in words


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?verdict=met", ["甲乡党委"]),
        ("?verdict=not_met", ["乙镇党委"]),
        ("?verdict=none", []),
        ("?q=X2", ["乙镇党委"]),
        ("?verdict=unknown", ["甲乡党委", "乙镇党委"]),
    ],
)
def test_the_board_is_filtered(world: World, clerk: Client, handed_in: None, query: str, names: list[str]) -> None:
    words = page(clerk, world, query)
    assert [name for name in ("甲乡党委", "乙镇党委") if name in words] == names
    assert ("没有符合条件的单位" in words) is not names


def test_without_standards_every_figure_is_listed_and_without_figures_it_says_what_to_do(
    world: World, clerk: Client
) -> None:
    words = page(clerk, world)
    assert ("投入经费" in words, "没有报送" in words) == (True, True)
    world.cycle.scheme.figures.all().delete()
    assert "考核方案没有列出履职数据" in page(clerk, world)


def test_excel_holds_every_figure_and_the_totals(world: World, clerk: Client, handed_in: None) -> None:
    answer = clerk.get(reverse("reporting:indicator_export", args=[world.cycle.pk]) + "?q=X1")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    lines = [row[3:10] for row in book["各单位"].iter_rows(min_row=2, values_only=True)]
    assert lines == [
        ("到基层调研", "次", "15次", None, None, "不低于12次", "达标"),
        ("投入经费", "万元", "XX", None, None, "不低于上年度", "无法判断"),
    ]
    assert [row[:5] for row in book["汇总"].iter_rows(min_row=2, values_only=True)] == [
        ("到基层调研", "次", 1, "15次", 0),
        ("投入经费", "万元", 1, "—", 1),
    ]


def test_the_paper_is_asked_for_on_the_board(world: World, clerk: Client, handed_in: None) -> None:
    clerk.post(reverse("reporting:indicator_paper", args=[world.cycle.pk]))
    assert Document.objects.get().title.endswith("指标完成情况")


def test_the_judgement_stands_beside_the_figure_for_author_and_screener(
    world: World, clerk: Client, handed_in: None
) -> None:
    for name in ("screening_show", "report_show"):
        words = clerk.get(reverse(f"reporting:{name}", args=[world.other_reporter.pk])).content.decode()
        assert "未达标" in words
        assert "不低于12次" in words


def test_the_note_beside_a_figure_is_renewed_after_each_save(world: World, client: Client) -> None:
    set_standards(world.cycle)
    client.force_login(world.user("staff"))
    report = write(world.reporter, by=world.user("secretary"))
    figure = world.cycle.scheme.figures.first()
    edit = client.get(reverse("reporting:report_edit", args=[world.reporter.pk])).content.decode()
    assert 'id="figure-1-note"' in edit
    assert "hx-swap-oob" not in edit
    data = {"revision": report.revision, "save_id": "a1", "changed": [name := f"figure_{figure.pk}"], name: "5场"}
    client.post(reverse("reporting:report_autosave", args=[world.reporter.pk]), data)
    check = client.get(reverse("reporting:report_check", args=[world.reporter.pk])).content.decode()
    assert 'id="figure-1-note" hx-swap-oob="true"' in check
    assert "与单位“次”不一致，汇总时不能相加，请核对。" in check
    assert "“到基层调研”填的是“5场”" in check
    assert DutyReport.objects.get().figures.get().value == "5场"
