"""The workbook worked out by LibreOffice gives the stored figures; no text in it is a formula."""

import csv
import datetime as dt
import io
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from reporting.models import Scheme
from reporting.rules.schemes import ComponentInput, RatingChannel
from reviews.actions.results import compute_results
from reviews.models import BallotRound, ComponentScore, GradeCap, Rater, Result, ScoreSheet, TallyLine
from reviews.papers.result_workbook import result_workbook
from reviews.rules.ballot_rounds import RoundState
from tests.factories import make_person
from tests.reviews.actions.test_results import close
from tests.reviews.rows_of_scoring import make_meeting, make_sheet
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
EVIL = '=HYPERLINK("http://x","y")'


@pytest.fixture
def world() -> World:
    """Named leaders and anonymous delegates, a typed part, and a unit whose name looks like a formula."""
    world = build_world()
    world.township.short_name = EVIL
    world.township.name = EVIL
    world.township.save()
    scheme = world.cycle.scheme
    scheme.components.update(weight=Decimal(30))
    typed = scheme.components.create(name="@平时", weight=Decimal(70), input=ComponentInput.TYPED, position=2)
    leaders, delegates = scheme.categories.all()
    delegates.channel = RatingChannel.ANONYMOUS
    delegates.save()
    meeting = make_meeting(world.cycle)
    for marks in (("90", "84.34"), ("85.5", "70"), ("77.77", "99.99")):
        rater = Rater.objects.create(meeting=meeting, person=make_person(), category=leaders)
        make_sheet(rater, world.reporter, *marks)
    round_ = BallotRound.objects.create(meeting=meeting, title="测评", state=RoundState.COUNTED)
    first, second = scheme.dimensions.all()
    facts = {"round": round_, "category": delegates, "reporter": world.reporter}
    for dimension, points, count in ((first, 100, 7), (first, 80, 4), (second, 60, 3), (second, 80, 9)):
        TallyLine.objects.create(**facts, dimension=dimension, points=Decimal(points), count=count)
    TallyLine.objects.create(**facts, dimension=second, abstained=True, count=2)
    TallyLine.objects.create(**facts, dimension=second, void=True, count=1)
    close(meeting)
    for reporter, score in ((world.reporter, "88.35"), (world.other_reporter, "70")):
        ComponentScore.objects.create(reporter=reporter, component=typed, score=Decimal(score))
    return world


def recomputed(data: bytes, folder: Path) -> dict[str, list[list[str]]]:
    """Every sheet as LibreOffice shows it. The program is one of the packages of `./dev test`."""
    program = shutil.which("soffice")
    assert program, "LibreOffice Calc (Debian: libreoffice-calc) is needed to work the formulas out"
    (folder / "book.xlsx").write_bytes(data)
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", options, "--outdir", str(folder), "book.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    found = {}
    for path in folder.glob("book-*.csv"):
        found[path.stem.removeprefix("book-")] = list(csv.reader(path.read_text("utf-8").splitlines()))
    return found


def trim_extremes(world: World) -> None:
    Scheme.objects.update(trims_extremes=True)
    world.cycle.scheme.refresh_from_db()


def empty_the_leaders(world: World) -> None:
    """Nobody of a category scored: the other weights are scaled to the whole."""
    ScoreSheet.objects.all().delete()


def abstain_and_void(world: World) -> None:
    """An item left out on a named sheet, one that nobody of the ballots marked, and a ballot round that was voided."""
    sheet = ScoreSheet.objects.first()
    sheet.marks.filter(dimension=sheet.marks.first().dimension).update(score=None)
    second = world.cycle.scheme.dimensions.last()
    TallyLine.objects.filter(dimension=second, abstained=False).delete()
    facts = {"round": BallotRound.objects.get(), "category": world.cycle.scheme.categories.last()}
    TallyLine.objects.create(**facts, reporter=world.reporter, dimension=second, void=True, count=3)
    void = BallotRound.objects.create(meeting=sheet.rater.meeting, title="作废", state=RoundState.VOID)
    category = world.cycle.scheme.categories.last()
    TallyLine.objects.create(
        round=void, category=category, reporter=world.reporter, dimension=second, points=Decimal(1), count=90
    )


def veto(world: World) -> None:
    """Two vetoes; the stricter decides."""
    grades = world.cycle.scheme.grades
    for code in ("fair", "fairly_good"):
        GradeCap.objects.create(
            reporter=world.reporter,
            reason=EVIL,
            max_grade=grades.get(code=code),
            evidence="通报",
            approved_by="县委",
            approved_on=dt.date(2026, 6, 1),
            recorded_by=world.user("clerk"),
        )


@pytest.mark.parametrize("change", [None, trim_extremes, empty_the_leaders, abstain_and_void, veto])
def test_libre_office_gives_the_stored_figures(
    world: World, tmp_path: Path, change: Callable[[World], None] | None
) -> None:
    if change:
        change(world)
    compute_results(world.cycle, by=world.user("clerk"))
    stored = Result.objects.get(reporter=world.reporter)

    sheets = recomputed(result_workbook(world.cycle), tmp_path)

    head, *rows = sheets["综合得分"]
    row = dict(zip(head, next(row for row in rows if row[1] == world.reporter.name), strict=True))
    assert row["单位"] == world.reporter.organization.label
    assert Decimal(row["综合得分"]) == stored.composite
    assert Decimal(row["会上评分"]) == stored.steps.meeting_score
    assert row["建议等次"] == str(stored.proposed_grade)
    assert (row["按分数线的等次"] == row["建议等次"]) == (change is not veto)
    means = {line.label.split("平均分")[0]: line.value for line in stored.steps.of("category")}
    assert {row[2]: Decimal(row[4]) for row in sheets["类别得分"][1:]} == means


def test_what_counts_nowhere_stands_beside_the_marks(world: World) -> None:
    compute_results(world.cycle, by=world.user("clerk"))
    head, *rows = openpyxl.load_workbook(io.BytesIO(result_workbook(world.cycle)))["计票"].iter_rows(values_only=True)
    second = world.cycle.scheme.dimensions.all()[1].name
    row = dict(zip(head, next(row for row in rows if row[3] == second), strict=False))
    assert (row["弃权票"], row["该项无效"]) == (2, 1)


def test_no_text_is_a_formula_and_every_figure_is_one(world: World) -> None:
    compute_results(world.cycle, by=world.user("clerk"))
    book = openpyxl.load_workbook(io.BytesIO(result_workbook(world.cycle)))
    formulas = [cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    assert all(value.startswith(("=ROUND(", "=IF(", "=C")) for value in formulas)
    texts = [cell for page in book for row in page.iter_rows() for cell in row if cell.data_type == "s"]
    label = world.reporter.organization.label
    assert label.startswith("=")
    assert label in [cell.value for cell in texts]
    assert all(cell.value not in formulas for cell in texts)


def test_nobody_who_scored_is_named(world: World) -> None:
    compute_results(world.cycle, by=world.user("clerk"))
    names = set(Rater.objects.values_list("person__code", flat=True))
    book = openpyxl.load_workbook(io.BytesIO(result_workbook(world.cycle)))
    assert not [cell for page in book for row in page.iter_rows() for cell in row if str(cell.value) in names]


def test_overall_grades_are_counted_on_a_sheet_of_their_own(world: World, tmp_path: Path) -> None:
    compute_results(world.cycle, by=world.user("clerk"))
    before = recomputed(result_workbook(world.cycle), tmp_path)
    assert "总体评价" not in before
    give_overall(world)
    head, *rows = recomputed(result_workbook(world.cycle), tmp_path)["总体评价"]
    assert head == ["单位", "述职人", "类别", "好", "较好", "一般", "差", "合计", "弃权", "该项无效"]
    leaders, delegates = (category.name for category in world.cycle.scheme.categories.all())
    assert [row[2:] for row in rows] == [
        [leaders, "2", "0", "0", "0", "2", "1", "0"],
        [delegates, "6", "3", "0", "0", "9", "2", "4"],
    ]


def test_the_page_of_a_result_opens_to_the_counts_of_the_overall_grade(world: World, client: Client) -> None:
    compute_results(world.cycle, by=world.user("clerk"))
    client.force_login(world.user("clerk"))
    url = reverse("reviews:result_show", args=[world.reporter.pk])
    assert client.get(url).context["overall"] == []
    give_overall(world)
    page = client.get(url)
    assert [(row.counts, row.total, row.abstained, row.void) for row in page.context["overall"]] == [
        ((2, 0, 0, 0), 2, 1, 0),
        ((6, 3, 0, 0), 9, 2, 4),
    ]
    assert "66.7%" in page.content.decode()


def give_overall(world: World) -> None:
    """Two leaders 好 and one abstaining; of the delegates 6 好, 3 较好, 2 abstaining and 4 void lines."""
    for sheet, code in zip(ScoreSheet.objects.order_by("pk"), ("good", "good", "abstain"), strict=True):
        sheet.overall = code
        sheet.save()
    facts = {
        "round": BallotRound.objects.get(),
        "category": world.cycle.scheme.categories.last(),
        "reporter": world.reporter,
    }
    TallyLine.objects.create(**facts, grade_code="good", count=6)
    TallyLine.objects.create(**facts, grade_code="fairly_good", count=3)
    TallyLine.objects.create(**facts, void=True, count=4)
    TallyLine.objects.create(**facts, abstained=True, count=2)
