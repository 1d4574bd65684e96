"""A clerk opens next year from last year's scheme, is told about weights while typing, and reminds who is missing."""

import pytest
from playwright.sync_api import expect

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser


def test_a_clerks_scheme_and_reminders(demo_stack: Stack, browser: WatchedBrowser) -> None:
    clerk = Person(browser.page(), demo_stack.url)
    clerk.signs_in("maj", DEMO_PASSWORD)
    _opens_a_year(clerk)
    _edits_its_scheme(clerk)
    _reminds(clerk)


def _opens_a_year(clerk: Person) -> None:
    clerk.opens("/cycles/create/")
    clerk.sees("“较好”及以下不少于15%", "依据")
    clerk.fills("考核年度", "2031")
    clerk.presses("建立年度")
    clerk.sees("年度已建立")
    clerk.follows("考核方案")
    clerk.follows("修改方案")


def _edits_its_scheme(clerk: Person) -> None:
    weights = clerk.page.locator("[data-weights='评分人类别']")
    clerk.sees("权重合计100%，正好", inside=weights)
    clerk.fills("权重（%）", "45", inside=clerk.group("类别 1", inside=weights))
    clerk.sees("权重合计95%，还差5%", inside=weights)
    clerk.fills("权重（%）", "35", inside=clerk.group("类别 2", inside=weights))
    clerk.sees("权重合计100%，正好", inside=weights)
    # Moved by keyboard: the button of the last section, pressed.
    clerk.group("部分 9").get_by_role("button", name="上移").press("Enter")
    expect(clerk.group("部分 8").get_by_label("标题")).to_have_value("承诺事项")
    clerk.presses("保存方案")
    clerk.sees("方案已保存", "45%")


def _reminds(clerk: Person) -> None:
    clerk.chooses_from_menu("年度")
    clerk.follows("2026年度", inside=clerk.row("（QX）"))
    clerk.follows("催报", inside=clerk.page.locator(".panel", has_text="还没有报送"))
    clerk.sees("没有配置邮件和群机器人，内容不会发到系统以外", "麻岭乡党委")
    clerk.presses("发送催报")
    clerk.sees("已催报", "已送达")
