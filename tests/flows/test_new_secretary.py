"""A secretary leaves in the middle of the year: one deed of the clerk, and the successor goes on where it stood."""

import pytest

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser

TOWNSHIP = "麻岭乡党委"


def somebody(stack: Stack, browser: WatchedBrowser, username: str) -> Person:
    person = Person(browser.page(), stack.url)
    person.signs_in(username, DEMO_PASSWORD)
    return person


def test_a_secretary_is_replaced_and_the_successor_goes_on(demo_stack: Stack, browser: WatchedBrowser) -> None:
    clerk = somebody(demo_stack, browser, "maj")
    clerk.chooses_from_menu("党组织")
    clerk.fills("名称或代码", "QX-T06")
    clerk.presses("查询")
    clerk.follows(TOWNSHIP)
    clerk.follows("更换书记")
    clerk.sees("***（P151）", "未完成的整改事项 2 项属于本单位")
    clerk.fills("姓名、人员代码或单位", "P152")
    clerk.presses("查找")
    clerk.follows("选定", inside=clerk.row("石磊", "P152"), exact=False)
    clerk.finds_written("接任职务", "党委书记")
    clerk.presses("确认更换")
    clerk.sees("已更换第一责任人：石磊（P152），党委书记。", "历任第一责任人", "***（P151）")

    successor = somebody(demo_stack, browser, "p152")
    successor.sees("石磊，您好", f"{TOWNSHIP}2026年度述职报告", "撰写报告")
    successor.follows("年度述职报告", inside=successor.row(f"{TOWNSHIP}2026年度述职报告"), exact=False)
    successor.sees("述职")

    outgoing = somebody(demo_stack, browser, "maling")
    outgoing.does_not_see("我要做的事")
