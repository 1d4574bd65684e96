import pytest

from documents.rendering.paper import PaperRefused
from reporting.actions.report_parts import PartChanges, PromiseRow
from reporting.actions.reports import ReportChanges, accept_report, return_report, save_report
from reporting.papers.reports import content, report_part
from tests.reporting.rows import TEXTS, accepted_project, add_part_sections, hand_in, problem, write
from tests.world import World

pytestmark = pytest.mark.django_db


def test_only_an_accepted_report_is_printed(world: World) -> None:
    with pytest.raises(PaperRefused):
        content(world.reporter.pk)
    report = hand_in(world.reporter, by=world.user("secretary"))
    with pytest.raises(PaperRefused):
        content(world.reporter.pk)
    accept_report(report, by=world.user("clerk"))
    paper = content(world.reporter.pk)
    assert paper.title == "甲乡党委2026年度抓基层党建工作述职报告（X1）"
    assert len(paper.parts) == 1


def test_title_author_headings_and_numbers(world: World) -> None:
    world.reporter.carried_items.create(text="旧问题", status="standing", explanation="一直在做。")
    changes = ReportChanges(texts=TEXTS, problems=[problem(0), problem(1, "第二个问题。", "第二个原因。")])
    html = report_part(write(world.reporter, changes, by=world.user("staff"))).html
    for piece in (
        "<h1>2026年度抓基层党建工作述职报告</h1>",
        '<p class="by">甲乡党委书记　张某</p>',
        "<h2>一、履行主体责任情况</h2>",
        "<h2>五、存在问题及原因剖析</h2>",
        "（一）抓得不细。",
        "原因：我认识不足。",
        "（二）第二个问题。",
        "原因：第二个原因。",
        "<p>1.<em>旧问题</em>（长期坚持）</p>",
        "一直在做。",
        "走访***户",
    ):
        assert piece in html


def test_markup_and_asterisks_print_as_they_are(world: World) -> None:
    texts = {"achievements": "**“两新”** <b>XX</b> & ***"}
    html = report_part(write(world.reporter, ReportChanges(texts=texts), by=world.user("staff"))).html
    assert "**“两新”** &lt;b&gt;XX&lt;/b&gt; &amp; ***" in html


def test_what_was_handed_in_is_printed_not_the_draft(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    report = return_report(report, reason="改", by=world.user("clerk"))
    changes = ReportChanges(texts={"achievements": "草稿里的话"})
    report = save_report(report, changes=changes, seen=report.revision, by=world.user("staff"))
    part = report_part(report)
    assert "草稿里的话" not in part.html
    assert part == report_part(report.versions.get(number=1).content)
    assert (part.title, part.label) == ("甲乡党委2026年度抓基层党建工作述职报告", "甲乡党委书记　张某")


def test_figures_projects_and_promises_are_printed(world: World) -> None:
    add_part_sections(world.cycle)
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    money = world.cycle.scheme.figures.last()
    parts = PartChanges(figures={money.pk: "***"}, projects={project.pk: "建成XX个。"})
    changes = ReportChanges(texts=TEXTS, parts=parts, promises=[PromiseRow(0, None, 1, "办成三件事", "6月底前")])
    html = report_part(write(world.reporter, changes, by=world.user("staff"))).html
    for piece in (
        "<p>投入经费***万元。</p>",
        "<b>1．联建***个产业党支部</b>（已立项）",
        "建成XX个。",
        "1．办成三件事（6月底前）",
    ):
        assert piece in html
    assert "到基层调研" not in html
