"""The meeting is held: two clerks and a wall follow each other; paused, over time, absent, asked, written up (S-95)."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser

QUESTION = "村级活动场所的缺口怎么补？"
# Three seconds is the promise; the machine of the tests has other things to do as well.
SOON = 10_000
TEN_MINUTES_AGO = """
from django.utils import timezone
import datetime as dt
from reviews.models import Slot
Slot.objects.filter(state="reporting").update(started_at=timezone.now() - dt.timedelta(minutes=10))
"""


def a_clerk(stack: Stack, browser: WatchedBrowser, username: str) -> Person:
    person = Person(browser.page(), stack.url)
    person.signs_in(username, DEMO_PASSWORD)
    person.chooses_from_menu("会议")
    return person


def test_the_day_of_the_meeting(demo_stack: Stack, browser: WatchedBrowser) -> None:
    first = a_clerk(demo_stack, browser, "maj")
    first.follows("述职评议", inside=first.row("筹备中"), exact=False)
    first.follows("宣布开会")
    first.presses("确认开会")
    second = a_clerk(demo_stack, browser, "chenxy")
    second.follows("述职评议", inside=second.row("正在召开", "全县"), exact=False)
    second.follows("进入会议现场")
    wall = Person(browser.page(), demo_stack.url)
    wall.opens(urlsplit(first.page.locator(".screen-address").inner_text()).path)

    browser.expect_error("ERR_INTERNET_DISCONNECTED")
    all_follow_one_another(first, second, wall)
    a_gap_in_the_network_leaves_the_desk_where_it_is(first, wall)
    demo_stack.python(TEN_MINUTES_AGO)
    the_report_took_too_long(first, second, wall)
    who_has_not_come_reports_in_writing(first)
    a_question_stands_in_the_minutes(first)


def all_follow_one_another(first: Person, second: Person, wall: Person) -> None:
    """What one clerk presses stands on the page of the other, buttons included, and on the wall."""
    now = first.page.locator(".live-now")
    now.get_by_role("button", name="开始述职", exact=False).click()
    first.sees("正在述职", inside=now)
    name = now.locator(".live-name").inner_text()
    expect(wall.page.locator(".wall")).to_contain_text(name, timeout=SOON)
    expect(second.page.get_by_role("button", name="暂停计时")).to_be_enabled(timeout=SOON)
    second.page.keyboard.press("p")
    expect(wall.page.locator(".wall")).to_contain_text("计时暂停", timeout=SOON)
    expect(first.page.get_by_role("button", name="继续计时")).to_be_enabled(timeout=SOON)
    first.presses("继续计时")
    expect(wall.page.locator(".wall")).not_to_contain_text("计时暂停", timeout=SOON)
    wall.page.keyboard.press("d")
    expect(wall.page.locator(".wall")).to_have_class("wall is-light")


def a_gap_in_the_network_leaves_the_desk_where_it_is(clerk: Person, wall: Person) -> None:
    """What could not be sent is said, and pressed again when the page says nothing any more."""
    state = clerk.page.locator("[data-live-state]")
    for each in (clerk, wall):
        each.page.context.set_offline(True)
    clerk.page.keyboard.press("p")
    expect(state).to_contain_text("刚才的操作没有执行", timeout=SOON)
    expect(wall.page.locator("[data-live-state]")).to_contain_text("连接中断", timeout=3 * SOON)
    for each in (clerk, wall):
        each.page.context.set_offline(False)
    expect(state).to_be_empty(timeout=SOON)
    expect(wall.page.locator("[data-live-state]")).to_be_empty(timeout=SOON)
    clerk.presses("暂停计时")
    clerk.presses("继续计时")


def the_report_took_too_long(first: Person, second: Person, wall: Person) -> None:
    first.presses("转入点评", inside=first.page.locator(".live-now"))
    first.sees("超", inside=first.row("正在点评"))
    expect(wall.page.locator(".wall")).to_contain_text("正在点评", timeout=SOON)
    expect(second.page.get_by_role("button", name="下一位")).to_be_enabled(timeout=SOON)


def who_has_not_come_reports_in_writing(clerk: Person) -> None:
    last = clerk.page.locator("main tbody tr").last
    last.get_by_role("button", name="未到会", exact=False).click()
    clerk.follows("改为书面述职", inside=clerk.page.locator("main tbody tr").last, exact=False)
    clerk.fills("改为书面述职的原因", "因病请假")
    clerk.presses("改为书面述职")
    clerk.sees("已改为书面述职", "共 4 位")


def a_question_stands_in_the_minutes(clerk: Person) -> None:
    clerk.follows("记录提问", exact=False)
    clerk.field("提问人").select_option(index=1)
    clerk.fills("问题", QUESTION)
    clerk.ticks("会后答复")
    clerk.presses("记录")
    clerk.sees("提问已记录", "正在点评")
    clerk.page.locator(".breadcrumb").get_by_role("link", name="述职评议", exact=False).click()
    clerk.follows("会议纪要")
    expect(clerk.field("会议纪要")).to_have_value(re.compile(re.escape(QUESTION)))
    clerk.sees("还有1个提问等待会后答复")
