import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.rendering.paper import Paper, PaperRefused
from rectification.models import Inspection
from rectification.rules.items import ListState
from reporting.rules.cycles import ReportMode
from reporting.rules.reports import ReportState
from reviews.actions.closing import close_meeting
from reviews.actions.results import compute_results
from reviews.papers import booklet, packet, paper_form, summary
from tests.factories import make_cycle, make_organization, make_reporter
from tests.rectification.rows import make_list
from tests.reviews.rows_of_scoring import make_comment, make_meeting, make_rater, make_report, make_sheet

pytestmark = pytest.mark.django_db


def text(paper: Paper) -> str:
    return paper.cover + "".join(part.title + part.label + part.html for part in paper.parts)


def test_packet_holds_for_each_reporter_what_a_leader_asks(world):
    meeting = make_meeting(world.cycle)
    make_report(world.reporter, "自查的问题***")
    last_year = make_cycle(world.county, 2025)
    make_list(make_reporter(last_year, world.township, post=world.reporter.post), ListState.COMMITTED)
    Inspection.objects.create(
        committee=world.county,
        organization=world.township,
        date=dt.date(2026, 9, 17),
        findings="会议记录过于简单<X>",
        by=world.user("supervision"),
    )

    paper = packet.content(meeting.pk)

    assert [part.title for part in paper.parts] == [
        "会议议程",
        "述职人名单",
        "1．甲乡党委（大会述职）",
        "",
        "2．乙镇党委（书面述职）",
    ]
    first, second = paper.parts[3].html, paper.parts[4].html
    for words in (
        "郑重承诺",
        "党建工作抓得不够实1",
        "会议记录过于简单&lt;X&gt;",
        "2025年度清单共2项",
        '<div class="lines">',
    ):
        assert words in first
    assert "自查的问题***" in paper.parts[2].html
    assert "述职报告还没有采用，未编入本册。" in second
    assert (paper.contents, bool(paper.cover)) == (True, True)


def test_one_changed_report_leaves_every_other_part_as_it_was(world):
    meeting = make_meeting(world.cycle)
    report = make_report(world.reporter, "一")
    make_report(world.other_reporter, "二")
    before = packet.content(meeting.pk).parts
    report.problems.update(text="改了")
    after = packet.content(meeting.pk).parts

    assert [old == new for old, new in zip(before, after, strict=True)] == [True, True, False, True, True, True]


def test_organizations_of_one_name_are_told_apart(world):
    for code in ("J1", "J2", "J3"):
        make_reporter(world.cycle, make_organization("县XX局党组", world.county, code=code))
    meeting = make_meeting(world.cycle)

    listed = packet.content(meeting.pk).parts[1].html
    form = paper_form.content(meeting.pk).parts[0].html

    assert all(f"（{code}）" in listed and f"县XX局党组（{code}）" in form for code in ("J1", "J2", "J3"))


def test_booklet_holds_accepted_reports_only_in_order(world):
    meeting = make_meeting(world.cycle)
    with pytest.raises(PaperRefused):
        booklet.content(meeting.pk)
    make_report(world.reporter, "一", state=ReportState.SUBMITTED)
    make_report(world.other_reporter, "二")

    paper = booklet.content(meeting.pk)

    assert [(part.title, part.label) for part in paper.parts] == [("2．乙镇党委（书面述职）", "王某")]


def test_form_has_everybody_every_dimension_and_every_category(world):
    form = text(paper_form.content(make_meeting(world.cycle).pk))

    for words in ("甲乡党委", "乙镇党委（书面）", "履行主体责任", "个人履职", "县委领导", "部门代表", "不评本单位"):
        assert words in form


def test_summary_waits_for_the_end(world):
    with pytest.raises(PaperRefused):
        summary.content(make_meeting(world.cycle).pk)


def test_summary_tells_counts_scores_calculation_comments_and_deadline(world):
    # 甲乡: one leader's sheet 90×50% + 95×50% = 92.50, alone: composite 92.50 → 好
    meeting = make_meeting(world.cycle)
    make_report(world.reporter, "自查一")
    make_comment(world, meeting, world.reporter, "点评***")
    make_sheet(make_rater(meeting, world.user("leader")), world.reporter, "90", "95")
    close_meeting(meeting, by=world.user("clerk"))
    compute_results(world.cycle, by=world.user("clerk"))

    words = text(summary.content(meeting.pk))

    for expected in (
        "1人作大会述职，1人作书面述职，共2人",
        "（92.50）÷1",
        "“部门代表”没有评分表，其权重40%按比例分给其他类别。",
        "92.50≥90，建议“好”",
        "点评***",
        "领导点评",
        "自查一",
        "会后30日内",
        "行末四舍五入",
        "没有收到评分表，不计算会上评分。",
    ):
        assert expected in words
    assert "钱某" not in words.split("点评和问题")[0]


def test_summary_before_the_computation_has_no_scores(world):
    meeting = make_meeting(world.cycle)
    make_comment(world, meeting, world.reporter)
    close_meeting(meeting, by=world.user("clerk"))

    assert [part.title for part in summary.content(meeting.pk).parts] == ["会议情况", "点评和问题"]


def test_packet_asks_the_same_number_of_questions_however_many_report(world):
    handed_in(world, world.reporter)
    meeting = make_meeting(world.cycle)
    before = questions(meeting)
    for number in range(12):
        unit = make_organization(f"{number}乡党委", world.county)
        handed_in(world, make_reporter(world.cycle, unit, ReportMode.WRITTEN))

    assert questions(meeting) == before


def handed_in(world, reporter) -> None:
    report = make_report(reporter, "自查")
    report.versions.create(
        number=1,
        state=report.state,
        content=report.content.to_json(),
        sha256=report.content.sha256,
        by=world.user("clerk"),
        at=report.submitted_at,
    )


def questions(meeting) -> int:
    with CaptureQueriesContext(connection) as asked:
        packet.content(meeting.pk)
    return len(asked)
