"""What comes of a year: a result that recomputes, 优秀 that needs 好, a letter signed for by its secretary."""

import pytest

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser


def test_results_are_checked_used_and_read(demo_stack: Stack, browser: WatchedBrowser) -> None:
    clerk = Person(browser.page(), demo_stack.url)
    clerk.signs_in("maj", DEMO_PASSWORD)
    clerk.chooses_from_menu("年度")
    clerk.follows("2025", inside=clerk.page.locator("main"), exact=False)
    clerk.follows("考核结果")
    clerk.presses("核对计算")
    clerk.sees("重新计算的结果与保存的结果完全一致。")

    clerk.follows("结果运用", inside=clerk.page.locator("main"))
    clerk.follows("登记年度考核 石鼓镇党委（QX-T04）")
    clerk.page.get_by_label("优秀").check()
    clerk.presses("保存")
    clerk.sees("述职评议考核的综合评价等次不是“好”，年度考核不能确定为优秀。")
    clerk.page.get_by_label("称职（合格）", exact=True).check()
    clerk.presses("保存")
    clerk.sees("年度考核等次已登记。")

    secretary = Person(browser.page(), demo_stack.url)
    secretary.signs_in("luojg", DEMO_PASSWORD)
    secretary.opens("/cycles/1/grades/")
    secretary.sees("2025年度综合评价等次", "柳河镇党委")
    secretary.does_not_see("91.30")
