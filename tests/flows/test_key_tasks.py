"""A key task goes from the organization department to a township and comes back as progress (S-34, S-35)."""

import pytest

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser

TASK = "**个村级便民点年内全部亮牌开放。"


def somebody(stack: Stack, browser: WatchedBrowser, username: str) -> Person:
    person = Person(browser.page(), stack.url)
    person.signs_in(username, DEMO_PASSWORD)
    return person


def test_a_key_task_and_its_progress(demo_stack: Stack, browser: WatchedBrowser) -> None:
    clerk = somebody(demo_stack, browser, "maj")
    clerk.chooses_from_menu("年度")
    clerk.follows("2026年度", inside=clerk.row("（QX）"))
    clerk.follows("重点任务", inside=clerk.page.get_by_role("navigation", name="本年度工作"))
    clerk.follows("列入一项任务")
    clerk.fills("任务内容", TASK)
    clerk.fills("完成时限（文字）", "年底前")
    clerk.presses("保存")
    clerk.sees("共 8 项", TASK)
    clerk.follows("还没有分配，去分配")
    clerk.ticks("逐个选择")
    clerk.ticks("柳河镇党委（QX-T03）")
    clerk.presses("分配")
    clerk.follows(TASK)
    clerk.follows("分单位目标和时限")
    clerk.fills("柳河镇党委（QX-T03） 本单位目标", "沿河六村要在XX年全面亮牌")
    clerk.fills("柳河镇党委（QX-T03） 本单位时限（文字）", "XX年年底前")
    clerk.presses("保存")

    secretary = somebody(demo_stack, browser, "luojg")
    secretary.chooses_from_menu("年度工作")
    mine = secretary.row(TASK)
    secretary.sees("沿河六村要在XX年全面亮牌", "XX年年底前", inside=mine)
    secretary.follows("填报进展", inside=mine, exact=False)
    secretary.ticks("已完成")
    secretary.fills("进展情况", "六个点全部亮牌，**户已用过。")
    secretary.presses("填报")
    secretary.sees("进展已填报。", "六个点全部亮牌，**户已用过。")

    clerk.follows("重点任务")
    clerk.follows("推进情况")
    clerk.sees("已完成", inside=clerk.row("柳河镇党委（QX-T03）"))
