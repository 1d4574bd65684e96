import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from reporting.actions.notes import add_note
from reporting.actions.reports import ReportChanges, return_report, save_report, submit_report
from reporting.models import DutyReport
from reporting.rules.cycles import ReportMode
from reporting.rules.notes import Anchor
from reporting.rules.reports import ReportState
from tests.factories import make_cycle, make_organization, make_reporter
from tests.reporting.rows import TEXTS, hand_in
from tests.world import World

pytestmark = pytest.mark.django_db
QUEUE = reverse("reporting:screening_list")


def desk(reporter) -> str:
    return reverse("reporting:screening_show", args=[reporter.pk])


def words(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def more(world: World, number: int, **facts) -> list[DutyReport]:
    facts = {"state": ReportState.SUBMITTED, "submitted_at": clock.now(), **facts}
    reporters = [
        make_reporter(world.cycle, make_organization(f"某镇{n}党委", parent=world.county), ReportMode.WRITTEN)
        for n in range(number)
    ]
    return [DutyReport.objects.create(reporter=reporter, **facts) for reporter in reporters]


def test_the_queue_is_found_by_what_matters(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    hand_in(world.reporter, by=world.user("secretary"))
    (late,) = more(world, 1, is_late=True, rounds=1, hint_kinds=",share,personal,")
    for query, found in {
        "": {"甲乡", "某镇"},
        "?mode=oral": {"甲乡"},
        "?mode=written": {"某镇"},
        "?late=on": {"某镇"},
        "?round=again": {"某镇"},
        "?round=first": {"甲乡"},
        "?hint=personal": {"某镇"},
        "?hint=business": set(),
        "?state=returned": set(),
        "?state=all&q=某镇": {"某镇"},
    }.items():
        shown = words(client, QUEUE + query)
        assert {name for name in ("甲乡", "某镇") if name in shown.split("<tbody>")[-1]} == found or (
            not found and "没有符合条件的报告" in shown
        ), query
    assert late.hints_handed_in == ["占比", "述“党委”多、述“我”少"]


def test_the_same_number_of_queries_for_one_and_for_thirty(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    counts = []
    for number in (1, 24):
        more(world, number, hint_kinds=",share,")
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_after_a_deed_the_next_of_the_queue_comes(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    hand_in(world.reporter, by=world.user("secretary"))
    second, third = more(world, 2)
    accept = reverse("reporting:screening_accept", args=[world.reporter.pk])
    answer = client.post(f"{accept}?mode=", follow=True)
    assert answer.redirect_chain[-1][0].startswith(desk(second.reporter))
    assert "甲乡党委（X1）的报告已采用。" in answer.content.decode()
    give_back = reverse("reporting:report_return", args=[second.reporter_id])
    answer = client.post(f"{give_back}?next=screening", {"reasons": ["以业务代替党建"]}, follow=True)
    assert answer.redirect_chain[-1][0] == desk(third.reporter)
    DutyReport.objects.filter(pk=third.pk).update(state=ReportState.ACCEPTED)
    answer = client.get(reverse("reporting:screening_next") + f"?after={third.reporter_id}", follow=True)
    assert "这一批已经看完" in answer.content.decode()


def test_the_clerk_reads_the_list_that_the_author_read(world: World, client: Client) -> None:
    texts = TEXTS | {"personal_duty": "党委研究部署，班子分工负责。", "achievements": "招商。产值。税收。竣工。"}
    secretary = world.user("secretary")
    report = hand_in(world.reporter, by=secretary)
    report = return_report(report, reason="改", by=world.user("clerk"))
    report = save_report(report, changes=ReportChanges(texts=texts), seen=report.revision, by=secretary)
    client.force_login(secretary)
    check = words(client, reverse("reporting:report_check", args=[world.reporter.pk]))
    before = words(client, reverse("reporting:report_submit", args=[world.reporter.pk]))
    submit_report(report, by=secretary)
    client.force_login(world.user("clerk"))
    shown = words(client, desk(world.reporter))
    for sentence in (
        "“个人履职情况”写“党委”“班子”“我们”2处，写“我”0处，请述自己做了什么。",
        "“主要成绩”4句中有4句只讲业务",
    ):
        assert sentence in check
        assert sentence in before
        assert sentence in shown
    assert "提交前请看一眼" in before
    assert "仍要报送" in before
    assert DutyReport.objects.get().hint_kinds == ",share,personal,business,"


def test_what_changed_since_the_return_is_marked(world: World, client: Client) -> None:
    secretary = world.user("secretary")
    report = return_report(hand_in(world.reporter, by=secretary), reason="改", by=world.user("clerk"))
    changes = ReportChanges(texts={"personal_duty": "我带头讲党课5次。"})
    report = save_report(report, changes=changes, seen=report.revision, by=secretary)
    submit_report(report, by=secretary)
    client.force_login(world.user("clerk"))
    assert "与退回时对照（1 段有改动）" in words(client, desk(world.reporter))
    shown = words(client, desk(world.reporter) + "?view=changes")
    assert '我带头讲党课<del><span class="visually-hidden">【删去】</span>3</del>' in shown
    assert '<ins><span class="visually-hidden">【新增】</span>5</ins>次。' in shown


def test_last_years_report_stands_beside_it(world: World, client: Client) -> None:
    last = make_reporter(make_cycle(world.county, 2025), world.township)
    hand_in(last, by=world.user("secretary"))
    hand_in(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("clerk"))
    assert "2025年度抓基层党建工作述职报告" in words(client, desk(world.reporter))


def test_a_note_is_added_from_the_desk_without_script(world: World, client: Client) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("clerk"))
    add = reverse("reporting:note_add", args=[world.reporter.pk])
    lost = client.post(add, {"quote": "没有的话", "text": "写具体***"})
    assert "报告中没有这段原文" in lost.content.decode()
    assert "写具体***" in lost.content.decode()
    client.post(add, {"quote": " 走访***户\r\n", "text": "哪些村？"})
    shown = words(client, desk(world.reporter))
    assert '<mark class="noted">走访***户</mark>' in shown
    give_back = reverse("reporting:report_return", args=[world.reporter.pk])
    assert "确实只退回批注的，请勾选" in client.post(give_back, {"words": ""}).content.decode()
    client.post(give_back, {"words": "", "only_notes": "on"})  # the notes say it
    report = DutyReport.objects.get()
    assert report.return_reason == "正文中有1处批注，请逐条修改。"
    client.force_login(world.user("secretary"))
    assert "还有 1 处没有处理" in words(client, reverse("reporting:report_edit", args=[world.reporter.pk]))
    listed = reverse("reporting:note_list", args=[world.reporter.pk])
    assert "哪些村？" in words(client, listed)
    changes = ReportChanges(texts={"main_responsibility": "走访XX户。"})
    save_report(report, changes=changes, seen=report.revision, by=world.user("staff"))
    assert "原文已改动" in words(client, listed)
    note = report.notes.get()
    client.post(reverse("reporting:note_answer", args=[note.pk]), {f"answer-{note.pk}": "已改"})
    assert "已全部处理。" in words(client, listed)


def test_what_is_written_about_other_notes_stays_when_one_is_ticked(world: World, client: Client) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    report, clerk = DutyReport.objects.get(), world.user("clerk")
    first, second = (add_note(report, anchor=Anchor("", "", 0), text=text, by=clerk) for text in "甲乙")
    return_report(report, reason="见批注", by=clerk)
    client.force_login(world.user("secretary"))
    check = reverse("reporting:report_check", args=[world.reporter.pk])
    assert "批注还有 2 处没有标记为已处理" in words(client, check)
    typed = {f"answer-{first.pk}": "改了XX村", f"answer-{second.pk}": "还在核实　"}
    client.post(reverse("reporting:note_answer", args=[first.pk]), typed)
    kept = {note.pk: (note.answer, note.is_settled) for note in report.notes.all()}
    assert kept == {first.pk: ("改了XX村", True), second.pk: ("还在核实　", False)}
    client.post(reverse("reporting:note_answer", args=[first.pk]), {"settled": "no", f"answer-{second.pk}": "核实了"})
    client.post(reverse("reporting:note_list", args=[world.reporter.pk]), {f"answer-{first.pk}": "再改"})
    kept = {note.pk: (note.answer, note.is_settled) for note in report.notes.all()}
    assert kept == {first.pk: ("再改", False), second.pk: ("核实了", False)}
