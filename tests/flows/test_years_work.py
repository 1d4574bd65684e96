"""What a secretary keeps through the year: a project he leads himself, and the log whose totals his report takes over."""

import pytest
from playwright.sync_api import expect

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser

BROAD, NARROW = "抓好外出党员工作", "黄荆村在外党员“归雁”联系点"
TODAYS_QUARTER = "**名在外党员已联系上***名，三季度起每月一次视频支部会。"
FIGURE = "到基层调研（次）"


def somebody(stack: Stack, browser: WatchedBrowser, username: str) -> Person:
    person = Person(browser.page(), stack.url)
    person.signs_in(username, DEMO_PASSWORD)
    return person


def goes_to(secretary: Person, page: str) -> None:
    secretary.chooses_from_menu("年度工作")
    secretary.follows(page, inside=secretary.page.get_by_role("navigation", name="日常履职"))


def opens_the_report(secretary: Person) -> None:
    secretary.chooses_from_menu("首页")
    secretary.follows("撰写报告", inside=secretary.page.locator(".duties"), exact=False)


def drafts_a_project(secretary: Person) -> None:
    goes_to(secretary, "领办项目")
    secretary.follows("起草项目", inside=secretary.page.locator(".page-actions"))
    secretary.fills("项目名称", BROAD)
    secretary.fills("拟解决的问题", "黄荆村在外党员**名，联系时断时续。")
    secretary.presses("保存")
    secretary.sees("还要填写：内容措施、预期成效、工作安排（至少一个阶段）、完成时限")
    secretary.follows("修改")
    secretary.fills("内容措施", "逐人建台账，在三个县城设联系点。")
    secretary.fills("预期成效", "年底前全部联系得上。")
    secretary.fills("完成时限（文字）", "X月底前")
    secretary.fills("阶段任务", "摸清底数", inside=secretary.group("阶段 1"))
    secretary.presses("保存")
    secretary.presses("申报")
    secretary.sees("已申报，等待组织部门审核")


def test_a_project_from_the_draft_to_its_quarter(demo_stack: Stack, browser: WatchedBrowser) -> None:
    secretary = somebody(demo_stack, browser, "maling")
    drafts_a_project(secretary)

    clerk = somebody(demo_stack, browser, "maj")
    clerk.chooses_from_menu("年度")
    clerk.follows("2026年度", inside=clerk.row("（QX）"))
    clerk.follows("领办项目", inside=clerk.page.get_by_role("navigation", name="本年度工作"))
    clerk.follows(BROAD, exact=False)
    clerk.follows("退回")
    clerk.fills("退回意见", "题目太大，请写一个村。")
    clerk.presses("退回")

    secretary.page.reload()
    secretary.sees("组织部门退回意见：", "题目太大，请写一个村。")
    secretary.follows("修改")
    secretary.fills("项目名称", NARROW)
    secretary.presses("保存")
    secretary.presses("申报")
    clerk.page.reload()
    clerk.sees(NARROW)
    clerk.presses("同意立项")
    clerk.sees("已立项")

    secretary.page.reload()
    secretary.sees("阶段完成 0/1")
    secretary.follows("标记完成", exact=False)
    secretary.fills("完成日期", "2026-05-20")
    secretary.presses("保存")
    secretary.sees("阶段完成 1/1", "2026年5月20日")
    secretary.follows("填写季度进展")
    secretary.ticks("四季度")
    secretary.fills("进展情况", TODAYS_QUARTER)
    secretary.presses("保存进展")
    secretary.sees("四季度", TODAYS_QUARTER)
    opens_the_report(secretary)
    secretary.sees(TODAYS_QUARTER, inside=secretary.group(f"{NARROW} 已立项"))


def logs(secretary: Person, kind: str, what: str, how_often: str) -> None:
    secretary.selects("类型", kind, inside=secretary.page.locator(".quick-entry"))
    secretary.fills("做了什么", what)
    secretary.fills("日期", "2026-10-20")
    secretary.fills("次数", how_often)
    secretary.presses("记入")
    secretary.sees(f"已记入：{kind}", what)


def test_the_log_fills_the_report(demo_stack: Stack, browser: WatchedBrowser) -> None:
    desk = somebody(demo_stack, browser, "maling")
    report = somebody(demo_stack, browser, "maling")
    goes_to(desk, "履职纪实")
    logs(desk, "调研", "到黄荆、杉树两村看阵地", "2")
    logs(desk, "调研", "到岩口村看产业路", "")
    logs(desk, "调研", "到X个村走访", "X")
    desk.sees("3 调研", "另有 1 条次数未计", inside=desk.page.locator(".tallies"))

    opens_the_report(report)
    report.finds_written(FIGURE, "3")
    logs(desk, "调研", "到在外党员家里走访", "4")
    report.page.reload()
    report.finds_written(FIGURE, "7")
    report.fills(FIGURE, "10余")
    expect(report.page.locator("[data-autosave-state]")).to_have_attribute("data-autosave-state", "saved")
    logs(desk, "调研", "到邻乡看联系点", "")
    report.page.reload()
    report.finds_written(FIGURE, "10余")
    desk.sees("8 调研", inside=desk.page.locator(".tallies"))
