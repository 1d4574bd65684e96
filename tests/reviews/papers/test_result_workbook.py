"""The workbook worked out by LibreOffice gives the stored figures; no text in it is a formula."""

import csv
import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from reporting.rules.schemes import ComponentInput, RatingChannel
from reviews.actions.results import compute_results
from reviews.models import BallotRound, ComponentScore, Rater, Result, TallyLine
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


@pytest.mark.parametrize("trims", [False, True])
def test_libre_office_gives_the_stored_figures(world: World, tmp_path: Path, trims: bool) -> None:
    world.cycle.scheme.trims_extremes = trims
    world.cycle.scheme.save()
    compute_results(world.cycle, by=world.user("clerk"))
    stored = Result.objects.get(reporter=world.reporter)

    sheets = recomputed(result_workbook(world.cycle), tmp_path)

    head, *rows = sheets["综合得分"]
    row = dict(zip(head, next(row for row in rows if row[1] == world.reporter.name), strict=True))
    assert row["单位"] == world.reporter.organization.label
    assert Decimal(row["综合得分"]) == stored.composite
    assert Decimal(row["会上评分"]) == stored.steps.meeting_score
    assert row["按分数线的等次"] == str(stored.proposed_grade)
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
