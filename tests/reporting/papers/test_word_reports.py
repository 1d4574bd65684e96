import dataclasses
import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from documents.word.reader import read_word
from reporting.actions.attachments import add_attachments
from reporting.actions.imports import confirm_import, create_import, places_of
from reporting.actions.reports import ReportChanges
from reporting.models import DutyReport
from reporting.papers.word_reports import outline_file, report_file
from reporting.rules.content import PromiseContent
from reporting.rules.imports import Line
from reporting.rules.outlines import ON_THE_PAGE
from tests.files import upload
from tests.reporting.rows import TEXTS, problem, write
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    world.cycle.scheme.sections.filter(key="achievements").update(guidance="有据可查。", min_characters=100)
    for number, text in enumerate(("学习不够经常。", "活动阵地面积不足"), start=1):
        world.reporter.carried_items.create(text=text, measure="每月一次", due_text="X月底前", position=number)
    return world


def written(world: World) -> DutyReport:
    first, second = world.reporter.carried_items.all()
    changes = ReportChanges(
        texts=TEXTS | {"achievements": "（一）建成**个。\n走访XX户。\x0b\n一是抓学习。"},
        problems=[problem(0, "抓得不细。\n有的软弱。", "我认识不足。"), problem(1, "带队伍不强。", "我抓得少。")],
        answers={first.pk: ("done", "每月一次。\n已有12次。"), second.pk: ("unfinished", "正在建。")},
    )
    return write(world.reporter, changes, by=world.user("staff"))


def read_back(report: DutyReport, file: bytes, world: World) -> DutyReport:
    word = read_word(io.BytesIO(file))
    lines = [Line(paragraph.text, paragraph.level) for paragraph in word.paragraphs]
    imported = create_import(report, file_name="x.docx", lines=lines, notes=word.notes, by=world.user("staff"))
    return confirm_import(imported, choices={}, seen=report.revision, by=world.user("staff"))


def emptied(report: DutyReport) -> DutyReport:
    report.texts.all().delete()
    report.problems.all().delete()
    report.reporter.carried_items.update(status="", explanation="")
    return DutyReport.objects.get(pk=report.pk)


@pytest.mark.parametrize("kind", ["outline", "report"])
def test_what_is_written_comes_back_as_it_was(world: World, kind: str) -> None:
    report = written(world)
    before = report.content
    guidance = dict(world.cycle.scheme.sections.values_list("key", "guidance"))
    file = outline_file(before, guidance) if kind == "outline" else report_file(before)
    after = read_back(emptied(report), file, world).content
    sections = tuple(dataclasses.replace(s, text=s.text.replace("\x0b", "")) for s in before.sections)
    assert after == dataclasses.replace(before, sections=sections)


def test_an_outline_left_empty_writes_nothing(world: World) -> None:
    report = write(world.reporter, ReportChanges(), by=world.user("staff"))
    after = read_back(report, outline_file(report.content, {"achievements": "有据可查。"}), world)
    assert after.content == report.content


def test_the_page_is_that_of_an_official_paper(world: World) -> None:
    document = Document(io.BytesIO(report_file(written(world).content)))
    section = document.sections[0]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge.mm) for edge in edges] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert [grid.get(qn(name)) for name in ("w:type", "w:linePitch", "w:charSpace")] == ["linesAndChars", "579", "-848"]
    fonts = {
        name: document.styles[name].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1", "Heading 2")
    }
    assert fonts == {
        "Normal": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
    }
    assert document.styles["Normal"].font.size.pt == 16


def test_promises_stand_in_the_report_and_are_left_to_the_page_in_the_outline(world: World) -> None:
    world.cycle.scheme.sections.create(key="promises", heading="承诺事项", kind="promises", position=9)
    report = written(world)
    content = dataclasses.replace(report.content, promises=(PromiseContent("建成**个。", "X月底前"),))
    assert "1．建成**个。（X月底前）" in read_word(io.BytesIO(report_file(content))).text
    assert ON_THE_PAGE in read_word(io.BytesIO(outline_file(content, {}))).text
    assert [place.key for place in places_of(report)].count("problems") == 1
    assert "section-promises" not in {place.key for place in places_of(report)}


def test_what_is_attached_is_named_at_the_end_and_left_out_when_read_back(world: World) -> None:
    report = written(world)
    add_attachments(report, place="section-achievements", files=[upload("记录 （一）.pdf")], by=world.user("staff"))
    before = report.content
    file = report_file(before)
    place = before.attachments[0].place
    assert read_word(io.BytesIO(file)).text.endswith(f"附件：\n1．记录 （一）.pdf（{place}）")
    again = read_back(emptied(report), file, world)
    texts = [section.text.replace("\x0b", "") for section in before.sections]
    assert [section.text for section in again.content.sections] == texts
    for without in (report_file(dataclasses.replace(before, attachments=())), outline_file(before, {})):
        assert "附件" not in read_word(io.BytesIO(without)).text
