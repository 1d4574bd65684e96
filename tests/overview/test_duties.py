import dataclasses
import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules.roles import Role
from common import clock
from overview.duties import duties_of
from rectification.actions.amendments import propose_amendment
from rectification.actions.carrying import carry_items
from rectification.actions.escalations import escalate_item
from rectification.models import LadderStep
from rectification.models.plans import plan_of
from rectification.rules.items import ListState
from reporting.actions.due_reports import DueFacts, add_due_reports
from reporting.models import Cycle, DutyReport, Reporter
from reporting.rules.cycles import CyclePhase
from reporting.rules.reports import ReportState
from reviews.models import Meeting
from reviews.rules.meetings import MeetingState
from tests.factories import make_cycle, make_post, make_reporter, make_user
from tests.rectification.rows import make_item, make_list
from tests.reporting.rows import make_task, noon
from tests.reporting.rows_of_work import call_lists, filed_list, hand_in_list
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    for reporter in (world.reporter, world.other_reporter):
        DutyReport.objects.get_or_create(reporter=reporter)
    return world


def shown(world: World, role: str, day: dt.date) -> list[tuple[str, str, str]]:
    with clock.at(timezone.make_aware(dt.datetime.combine(day, dt.time(22)))):
        return [(duty.title, duty.action, duty.tone) for duty in duties_of(world.user(role))]


EARLY, NIGHT_BEFORE = dt.date(2026, 11, 21), dt.date(2026, 12, 14)


def test_a_secretary_is_asked_for_the_report(world: World) -> None:
    title = "甲乡党委2026年度述职报告"
    assert shown(world, "secretary", EARLY) == [(title, "撰写报告", "normal")]
    assert shown(world, "secretary", NIGHT_BEFORE) == [(title, "撰写报告", "urgent")]
    assert shown(world, "staff", EARLY) == [(title, "撰写报告", "normal")]


@pytest.mark.parametrize(
    ("state", "action", "tone"),
    [
        (ReportState.RETURNED, "修改报告", "urgent"),
        (ReportState.SUBMITTED, "查看报告", "done"),
        (ReportState.ACCEPTED, "查看报告", "done"),
        (ReportState.LOCKED, "查看报告", "done"),
    ],
)
def test_what_is_asked_follows_the_state(world: World, state: str, action: str, tone: str) -> None:
    DutyReport.objects.filter(reporter=world.reporter).update(state=state)
    assert shown(world, "secretary", EARLY) == [("甲乡党委2026年度述职报告", action, tone)]


def test_what_was_handed_in_on_time_is_not_overdue_when_it_comes_back(world: World) -> None:
    facts = {"state": ReportState.RETURNED, "submitted_at": dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC)}
    DutyReport.objects.filter(reporter=world.reporter).update(**facts)
    (duty,) = duties_of(world.user("secretary"))
    assert not duty.deadline


def test_a_clerk_sees_what_waits_and_who_is_missing(world: World) -> None:
    DutyReport.objects.filter(reporter=world.reporter).update(state=ReportState.SUBMITTED)
    assert shown(world, "clerk", EARLY) == [
        ("2026年度报告审核", "去审核", "urgent"),
        ("2026年度报告收集", "查看名单", "normal"),
    ]


def test_reporters_who_cannot_sign_in_are_counted_until_they_can(world: World) -> None:
    newcomer = make_post(world.township, Role.SECRETARY, is_first_responsible=False)
    Reporter.objects.filter(pk=world.reporter.pk).update(post=newcomer)
    assert shown(world, "clerk", EARLY) == [
        ("2026年度述职人账号", "制作激活单", "urgent"),
        ("2026年度报告收集", "查看名单", "normal"),
    ]
    User.objects.create(username="newcomer", person=newcomer.person)
    assert shown(world, "clerk", EARLY) == [("2026年度报告收集", "查看名单", "normal")]


def test_a_return_says_why_on_the_home_page_and_a_begun_report_that_it_is_begun(world: World) -> None:
    reports = DutyReport.objects.filter(reporter=world.reporter)
    reports.update(state=ReportState.RETURNED, return_reason="原因剖析不深\n重新报送时限：12月5日前")
    (duty,) = duties_of(world.user("secretary"))
    assert "重新报送时限：12月5日前" in duty.text
    reports.update(state=ReportState.DRAFT, saved_at=dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC))
    (begun,) = duties_of(world.user("secretary"))
    assert begun.text == "已经写了一部分，请写完并报送。"


def test_nobody_else_is_bothered(world: World) -> None:
    for role in ("superior", "attendee", "administrator"):
        assert shown(world, role, EARLY) == []


def test_the_supervision_office_is_told_which_bulletins_are_missing(world: World) -> None:
    assert shown(world, "supervision", EARLY) == [("2026年度督查通报", "去拟稿", "normal")]


def test_a_committee_without_a_year_is_led_to_one(world: World) -> None:
    assert shown(world, "sibling_clerk", EARLY) == [("启用本系统（邻县县委）", "继续", "urgent")]


def test_a_rater_is_called_while_the_meeting_runs(world: World) -> None:
    meeting = Meeting.objects.create(cycle=world.cycle, title="述职评议会", state=MeetingState.LIVE)
    category = world.cycle.scheme.categories.first()
    meeting.raters.create(person=world.user("attendee").person, category=category)
    assert shown(world, "attendee", EARLY) == [("述职评议会", "开始评分", "urgent")]
    Meeting.objects.update(state=MeetingState.CLOSED)
    assert shown(world, "attendee", EARLY) == []


def test_after_the_meeting_the_clerk_is_led_to_the_grades(world: World) -> None:
    Meeting.objects.create(cycle=world.cycle, title="述职评议会", state=MeetingState.CLOSED)
    Cycle.objects.update(phase=CyclePhase.MEETING)
    assert shown(world, "clerk", EARLY) == [
        ("2026年度综合评价", "去办理", "urgent"),
        ("2026年度下一阶段", "进入下一阶段", "normal"),
    ]


def test_key_tasks_call_those_who_carry_them_out_and_name_how_many_are_behind(world: World) -> None:
    with clock.at(noon(2026, 2, 1)):
        make_task(world, [world.township, world.other_township], due_date=dt.date(2026, 5, 1))
    title = "甲乡党委2026年度重点任务"
    assert (title, "填报进展", "normal") in shown(world, "secretary", dt.date(2026, 3, 1))
    assert (title, "填报进展", "urgent") in shown(world, "secretary", dt.date(2026, 4, 1))
    assert ("2026年度重点任务", "查看单位", "normal") not in shown(world, "clerk", dt.date(2026, 3, 1))
    assert ("2026年度重点任务", "查看单位", "normal") in shown(world, "clerk", dt.date(2026, 4, 1))


def test_lists_of_the_years_start_are_asked_for_and_screened(world: World) -> None:
    call_lists(world, due_date=dt.date(2026, 3, 15))
    title = "甲乡党委2026年度问题清单"
    assert (title, "填写清单", "normal") in shown(world, "secretary", dt.date(2026, 3, 1))
    assert (title, "填写清单", "urgent") in shown(world, "staff", dt.date(2026, 3, 16))
    assert ("2026年度年初清单收集", "查看名单", "normal") in shown(world, "clerk", EARLY)
    hand_in_list(filed_list(world), world)
    assert title not in [row[0] for row in shown(world, "secretary", EARLY)]
    assert ("2026年度年初清单审核", "去审核", "urgent") in shown(world, "clerk", EARLY)


def test_other_reports_are_asked_for_and_the_late_ones_counted(world: World) -> None:
    facts = DueFacts("党建工作报告", due_date=dt.date(2026, 7, 10))
    add_due_reports(world.cycle, facts=facts, organizations=[world.township], by=world.user("clerk"))
    assert ("甲乡党委：党建工作报告", "报告", "normal") in shown(world, "secretary", dt.date(2026, 6, 1))
    assert ("甲乡党委：党建工作报告", "报告", "urgent") in shown(world, "staff", dt.date(2026, 7, 11))
    assert ("2026年度应报事项", "查看名单", "normal") not in shown(world, "clerk", dt.date(2026, 7, 10))
    assert ("2026年度应报事项", "查看名单", "normal") in shown(world, "clerk", dt.date(2026, 7, 11))


def test_what_waits_after_the_promise(world: World) -> None:
    item = make_list(world.reporter, ListState.COMMITTED, items=1).items.get()
    staff = world.user("staff")
    plan = dataclasses.replace(plan_of(item), due_text="年底前")
    propose_amendment(item, plan=plan, reason="汛期", by=staff)
    escalate_item(item, reason="用地", by=staff)
    at = clock.now()
    due = dt.date(2026, 11, 28)
    LadderStep.objects.create(item=item, level=3, due_date=due, text="通报", at=at, reply_due=due)
    Cycle.objects.update(phase=CyclePhase.ASSESSMENT)
    titles = {duty.title for duty in duties_of(world.user("clerk"))}
    assert {"调整审批", "协调请求", "2026年度承诺兑现评定"} <= titles
    assert "协调请求" in {duty.title for duty in duties_of(world.user("leader"))}
    assert "通报单" in {duty.title for duty in duties_of(staff)}


def test_what_last_year_left_waits_for_the_report_forms(world: World) -> None:
    last_year = make_reporter(make_cycle(world.county, 2025), world.township)
    make_item(make_list(last_year, ListState.COMMITTED, items=0))
    carries = ("2026年度结转上年度事项", "去结转", "urgent")
    Cycle.objects.filter(year=2026).update(phase=CyclePhase.PREPARATION)
    assert carries not in shown(world, "clerk", EARLY)
    Cycle.objects.filter(year=2026).update(phase=CyclePhase.REPORTING)
    assert carries in shown(world, "clerk", EARLY)
    assert carries not in shown(world, "secretary", EARLY)
    carry_items(world.cycle, by=world.user("clerk"))
    assert carries not in shown(world, "clerk", EARLY)


def test_a_county_secretary_is_told_what_is_overdue_below(world: World) -> None:
    person = make_user(Role.SECRETARY, world.county, "head")
    problems = make_list(world.reporter, ListState.COMMITTED, items=0)
    make_item(problems, due_date=dt.date(2026, 11, 1))
    with clock.at(noon(2026, 11, 21)):
        assert ("逾期整改", "查看逾期") in [(duty.title, duty.action) for duty in duties_of(person)]


def test_pages_of_work_for_a_superior_stand_in_the_menu_where_one_keeps_its_year(world: World, client: Client) -> None:
    head = make_user(Role.SECRETARY, world.county, "head")
    for user, shows in ((head, False), (world.user("secretary"), True)):
        client.force_login(user)
        assert ("履职纪实" in [item.label for item in client.get("/").context["navigation"]]) is shows
