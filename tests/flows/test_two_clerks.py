"""Two people save one thing: the later is told, sees both texts, and decides."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser

SECTION = "下一步措施与承诺"
AT_THE_OFFICE = "在办公室写的：6月底前走遍***个村。"
AT_HOME = "在家里写的：7月底前走遍***个村。"


def somebody(stack: Stack, browser: WatchedBrowser, username: str) -> Person:
    person = Person(browser.page(), stack.url)
    person.signs_in(username, DEMO_PASSWORD)
    return person


def opens_the_returned_report(secretary: Person) -> None:
    secretary.follows("修改报告", inside=secretary.page.locator(".duties"), exact=False)


def is_saved(page: Page) -> None:
    expect(page.locator("[data-autosave-state]")).to_have_attribute("data-autosave-state", "saved")


def test_a_report_written_in_two_places(demo_stack: Stack, browser: WatchedBrowser) -> None:
    browser.expect_error("status of 409")
    office = somebody(demo_stack, browser, "xxj2")
    home = somebody(demo_stack, browser, "xxj2")
    opens_the_returned_report(office)
    opens_the_returned_report(home)

    office.fills(SECTION, AT_THE_OFFICE)
    is_saved(office.page)
    home.fills("个人履职情况", "我到村30天，在家里补记。")
    home.fills(SECTION, AT_HOME)

    both = home.page.locator(".conflict")
    home.sees("请选择保留哪一份", AT_HOME, AT_THE_OFFICE, inside=both)
    home.does_not_see("在家里补记", inside=both)
    home.finds_written(SECTION, AT_HOME)
    both.get_by_role("button", name=f"采用我的 {SECTION}").click()
    is_saved(home.page)
    office.page.reload()
    office.finds_written(SECTION, AT_HOME)
    office.finds_written("个人履职情况", "我到村30天，在家里补记。")


def test_two_clerks_change_one_meeting(demo_stack: Stack, browser: WatchedBrowser) -> None:
    browser.expect_error("status of 409")
    first = somebody(demo_stack, browser, "maj")
    second = somebody(demo_stack, browser, "chenxy")
    for clerk in (first, second):
        clerk.chooses_from_menu("会议")
        clerk.follows("述职评议", inside=clerk.row("筹备中"), exact=False)
        clerk.follows("会议信息")

    first.fills("地点", "县会议中心一楼***厅")
    first.presses("保存")
    first.sees("已保存。", "县会议中心一楼***厅")
    second.fills("地点", "县委党校礼堂")
    second.fills("副标题", "――在X月X日")
    second.presses("保存")

    theirs = second.page.locator(".conflict")
    second.sees("对方保存的内容", "县会议中心一楼***厅", inside=theirs)
    second.finds_written("地点", "县委党校礼堂")
    second.finds_written("副标题", "――在X月X日")
    second.presses("保存")
    second.sees("已保存。", "县委党校礼堂", "――在X月X日")
