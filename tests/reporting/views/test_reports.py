import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.rules.roles import Role
from common import clock
from reporting.actions.reports import ReportChanges, return_report, save_report
from reporting.models import DutyReport, Scheme
from reporting.rules.reports import ReportState
from tests.factories import make_organization, make_person, make_post, make_reporter
from tests.reporting.rows import hand_in, write
from tests.world import World

pytestmark = pytest.mark.django_db


def address(world: World, name: str) -> str:
    return reverse(f"reporting:report_{name}", args=[world.reporter.pk])


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_handing_in_with_missing_parts_is_refused_by_name(world: World, client: Client) -> None:
    client.force_login(world.user("secretary"))
    write(world.reporter, ReportChanges(texts={"personal_duty": "我"}), by=world.user("secretary"))
    answer = client.post(address(world, "submit"))
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "“主要成绩”还没有填写。" in words
    assert "至少要写一个问题" in words
    assert DutyReport.objects.get().state == ReportState.DRAFT


def test_the_way_through_screening(world: World, client: Client) -> None:
    write(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("secretary"))
    assert client.post(address(world, "submit")).url == address(world, "show")
    client.force_login(world.user("clerk"))
    queue = page(client, reverse("reporting:report_list") + "?state=submitted")
    assert "甲乡党委（X1）" in queue
    shown = page(client, address(world, "show"))
    assert shown.index("二、个人履职情况") < shown.index("一、履行主体责任情况")  # S-78
    assert "审核采用" in shown
    nothing = client.post(address(world, "return"), {"words": "  "})
    assert "请选择退回原因，或者写明具体意见。" in nothing.content.decode()
    client.post(address(world, "return"), {"reasons": ["以业务代替党建"], "words": "第3页\n重写。"})
    assert DutyReport.objects.get().return_reason == "以业务代替党建\n第3页\n重写。"
    client.force_login(world.user("secretary"))
    assert "第3页" in page(client, address(world, "edit"))
    client.post(address(world, "submit"))
    client.force_login(world.user("clerk"))
    for verb in ("accept", "lock"):
        client.post(address(world, verb))
    assert DutyReport.objects.get().state == ReportState.LOCKED
    client.post(address(world, "reopen"), {"reason": "改一个数"})
    assert DutyReport.objects.get().state == ReportState.ACCEPTED
    shown = page(client, address(world, "show"))
    assert "改一个数" in shown
    assert "第 5 版" in shown


def test_reviewers_read_what_was_handed_in_authors_what_they_write(world: World, client: Client) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    report = return_report(report, reason="改", by=world.user("clerk"))
    changes = ReportChanges(texts={"achievements": "还没想好"})
    save_report(report, changes=changes, seen=report.revision, by=world.user("staff"))
    client.force_login(world.user("leader"))
    shown = page(client, address(world, "show"))
    assert "还没想好" not in shown
    assert "以下是最近一次报送的内容" in shown
    client.force_login(world.user("staff"))
    assert "还没想好" in page(client, address(world, "show"))


def test_a_deed_that_came_too_late_is_said_on_the_page(world: World, client: Client) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("clerk"))
    client.post(address(world, "accept"))
    answer = client.post(address(world, "accept"), follow=True)
    assert "现在不能进行此操作" in answer.content.decode()


def test_masked_text_is_shown_as_typed(world: World, client: Client) -> None:
    texts = {"achievements": "建成**个、***户；<b>&XX"}
    write(world.reporter, ReportChanges(texts=texts), by=world.user("staff"))
    client.force_login(world.user("staff"))
    assert "建成**个、***户；&lt;b&gt;&amp;XX" in page(client, address(world, "show"))


def test_a_version_is_read_by_its_number(world: World, client: Client) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("superior"))
    version = report.versions.get()
    shown = page(client, reverse("reporting:report_version_show", args=[version.pk]))
    assert version.sha256 in shown
    assert "走访***户" in shown


def test_the_list_filters(world: World, client: Client) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    hand_in(world.other_reporter, by=world.user("other_secretary"))
    client.force_login(world.user("clerk"))
    url = reverse("reporting:report_list")
    assert "乙镇党委（X2）" in page(client, url)
    for query in ("?mode=oral", "?q=X1", "?state=submitted&q=张"):
        assert "乙镇党委（X2）" not in page(client, url + query)
        assert "甲乡党委（X1）" in page(client, url + query)
    assert "没有符合条件的报告" in page(client, url + "?year=1999")


def test_the_list_asks_the_database_as_often_for_many(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("clerk"))
    url = reverse("reporting:report_list")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(30):
        organization = make_organization("市XX局党组", world.county)
        post = make_post(organization, Role.SECRETARY, make_person("***"))
        reporter = make_reporter(world.cycle, organization, post=post, order=number)
        DutyReport.objects.create(reporter=reporter, state="submitted", submitted_at="2026-12-01T00:00Z")
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_who_returns_reads_the_report_beside_the_reasons_and_says_until_when(world: World, client: Client) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("clerk"))
    shown = page(client, address(world, "return"))
    assert "我带头讲党课3次。" in shown
    assert "重新报送时限" in shown
    client.post(address(world, "return"), {"words": "写具体。", "until": "收到后3日内"})
    assert DutyReport.objects.get().return_reason == "写具体。\n重新报送时限：收到后3日内"


def test_a_time_limit_alone_is_no_reason(world: World, client: Client) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("clerk"))
    answer = client.post(address(world, "return"), {"until": "12月20日前"})
    assert "请选择退回原因" in answer.content.decode()
    assert 'value="12月20日前"' in answer.content.decode()


def test_after_accepting_the_next_one_waits_behind_a_button(world: World, client: Client) -> None:
    hand_in(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("clerk"))
    words = page(client, address(world, "show"))
    assert "采用：内容合格，编入会议材料" in words
    assert "下一份待审核" not in words
    other = make_reporter(world.cycle, make_organization("丙乡党委", parent=world.county, code="X93"))
    DutyReport.objects.create(reporter=other, state=ReportState.SUBMITTED, submitted_at=clock.now())
    after = client.post(address(world, "accept"), follow=True).content.decode()
    assert "还有 1 份报告待审核" in after
    assert reverse("reporting:screening_show", args=[other.pk]) in after
    assert "下一份待审核：丙乡党委（X93）" in after
    DutyReport.objects.exclude(reporter=world.reporter).update(state=ReportState.ACCEPTED)
    assert "没有其他待审核的报告" in page(client, address(world, "show"))


def test_the_author_is_told_whom_to_ask_and_has_words_of_its_own(world: World, client: Client) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    text = {"achievements": "建成X个（待补充）"}
    save_report(report, changes=ReportChanges(texts=text), seen=report.revision, by=world.user("secretary"))
    client.force_login(world.user("secretary"))
    client.post(address(world, "submit"))
    words = page(client, address(world, "show"))
    assert "如需修改，请联系组织部门退回" in words
    assert "中还有“待补充”" in words
    assert "审核提示" not in words
    assert "下一份待审核" not in words
    assert "在这里撰写、报送" in page(client, reverse("reporting:report_list"))
    client.force_login(world.user("clerk"))
    words = page(client, address(world, "show"))
    assert "审核提示" in words
    assert "如需修改，请联系组织部门退回" not in words
    assert "逐份审核；退回要写明意见" in page(client, reverse("reporting:report_list"))


def test_handed_in_on_time_is_not_overdue_afterwards(world: World, client: Client) -> None:
    today = clock.today()
    Scheme.objects.update(report_due_date=today)
    report = hand_in(world.reporter, by=world.user("secretary"))
    return_report(report, reason="改", by=world.user("clerk"))
    Scheme.objects.update(report_due_date=today - dt.timedelta(days=3))
    client.force_login(world.user("secretary"))
    board = page(client, reverse("reporting:cycle_show", args=[world.cycle.pk]))
    assert "首次报送在时限内" in board
    assert "逾期" not in board
    assert "逾期" not in page(client, address(world, "edit"))
    DutyReport.objects.update(is_late=True)
    assert "首次报送逾期" in page(client, reverse("reporting:cycle_show", args=[world.cycle.pk]))
    DutyReport.objects.update(rounds=0)
    assert "逾期报送" in page(client, reverse("reporting:cycle_show", args=[world.cycle.pk]))
