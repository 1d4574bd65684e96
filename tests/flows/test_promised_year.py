"""A problem becomes common, is promised, changed, escalated, marked at the year's end, and stands in next year's form."""

import pytest

from tests.browser import WatchedBrowser
from tests.flows.person import Person
from tests.stack import Stack

pytestmark = pytest.mark.browser

PASSWORD = "test-password-2027"  # of tests/factories.py
COMMON = "外出流动党员的联系、教育和管理跟不上。"


def test_from_a_problem_to_the_next_year(empty_stack: Stack, browser: WatchedBrowser) -> None:
    def asks(function: str) -> str:
        return empty_stack.python(f"from tests.flows import promised_year as p; print(p.{function})").split()[-1]

    def somebody(username: str) -> Person:
        person = Person(browser.page(), empty_stack.url)
        person.signs_in(username, PASSWORD)
        return person

    asks("open_lists()")
    this_year = asks("year(2026)")
    clerk, secretary = somebody("clerk"), somebody("secretary")

    clerk.opens(f"/cycles/{this_year}/problems/")
    for words in ("流动党员86名", "外出党员底数不清"):
        clerk.row(words).get_by_role("checkbox").check()
    clerk.presses("归并所选问题")
    clerk.fills("归并后的问题", COMMON)
    clerk.presses("归并")
    clerk.follows(COMMON)
    clerk.sees("2 个单位", "甲乡党委", "乙镇党委")

    secretary.chooses_from_menu("整改")
    secretary.follows("甲乡党委（X1）")
    secretary.follows("填写第 1 项")
    secretary.fills("整改措施", "逐人建台账，每季度联系一次。")
    secretary.fills("责任人（文字）", "李**")
    secretary.fills("整改时限（文字）", "2026年年底前")
    secretary.selects("量化要求", "不少于")
    secretary.fills("目标数", "80")
    secretary.fills("单位", "人")
    secretary.presses("保存")
    secretary.follows("报审")
    secretary.presses("报审")
    clerk.chooses_from_menu("整改")
    clerk.follows("甲乡党委（X1）")
    clerk.follows("审定")
    clerk.presses("审定")
    secretary.page.reload()
    secretary.follows("作出承诺")
    secretary.ticks("我已逐项看过整改清单，确认由本人作出以上承诺")
    secretary.presses("作出承诺")
    secretary.follows("任务清单")
    secretary.sees("1.1", "逐人建台账", "李**", "不少于80人")

    secretary.follows("逐人建台账，每季度联系一次。")
    secretary.follows("申请调整")
    secretary.fills("整改时限（文字）", "2027年6月底前")
    secretary.fills("调整的理由", "春节集中返乡时才能见面核对。")
    secretary.presses("报批")
    secretary.follows("提请上级协调")
    secretary.fills("需要协调解决的问题", "流入地党组织不肯接转。")
    secretary.presses("提请协调")
    clerk.chooses_from_menu("首页")
    clerk.follows("去审批", exact=False)
    clerk.follows("流动党员86名", exact=False)
    clerk.sees("2026年年底前", "2027年6月底前")
    clerk.ticks("同意调整")
    clerk.presses("登记审批结果")
    clerk.opens("/escalations/")
    clerk.follows("答复")
    clerk.fills("答复意见", "由县委组织部发函协调。")
    clerk.presses("答复")
    secretary.page.reload()
    secretary.sees("由县委组织部发函协调。", "2027年6月底前")

    clerk.opens(f"/cycles/{this_year}/fulfilment/")
    clerk.follows("评定", inside=clerk.row("甲乡党委（X1）"), exact=False)
    clerk.selects("评定", "基本完成")
    clerk.fills("依据", "抽查台账，联系上76名。")
    clerk.presses("保存评定")
    clerk.sees("50.0%", inside=clerk.row("甲乡党委（X1）"))

    asks("begin_the_next_year()")
    next_year, reporter = asks("year(2027)"), asks("reporter(2027)")
    clerk.opens(f"/cycles/{next_year}/carry/")
    clerk.presses("结转")
    secretary.opens(f"/reports/{reporter}/edit/")
    secretary.sees("2026年度整改承诺共1项", "兑现率50.0%", "流动党员86名只联系上31名。")
