"""A report goes back with notes on its passages, is written again, and the desk shows what changed (S-74, S-78)."""

import pytest
from playwright.sync_api import expect

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser

NOTED = "多次深入基层联系点调研指导"
OWN = "我到联系点调研***次，当场定了三件事。我牵头召开协调会5次，我与在外党员逐人通话。"
TAKEN = """(words) => {
  const piece = document.querySelector('[data-place="section-personal_duty"]');
  const node = [...piece.childNodes].find((n) => n.nodeType === Node.TEXT_NODE && n.data.includes(words));
  const range = document.createRange();
  range.setStart(node, node.data.indexOf(words));
  range.setEnd(node, node.data.indexOf(words) + words.length);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


def somebody(stack: Stack, browser: WatchedBrowser, username: str) -> Person:
    person = Person(browser.page(), stack.url)
    person.signs_in(username, DEMO_PASSWORD)
    return person


def works_through_the_notes(secretary: Person) -> None:
    secretary.follows("修改报告", inside=secretary.page.locator(".duties"), exact=False)
    secretary.fills("个人履职情况", OWN)
    expect(secretary.page.locator("[data-autosave-state]")).to_have_attribute("data-autosave-state", "saved")
    checks = secretary.page.locator("#report-check")
    secretary.does_not_see("写“党委”“班子”", inside=checks)
    secretary.follows("查看批注")
    secretary.sees(NOTED, "原文已改动", "还有 3 处没有处理")
    note = secretary.page.locator(".note", has_text=NOTED)
    secretary.fills("怎么改的（可不填）", "已写明次数和结果。", inside=note)
    secretary.presses("标记为已处理", inside=note)
    secretary.sees("还有 2 处没有处理", "已写明次数和结果。")


def hands_it_in_again(secretary: Person) -> None:
    secretary.follows("修改报告")
    secretary.presses("保存并报送")
    secretary.sees("提交前请看一眼", "问题及原因占全文")
    secretary.fills("修改说明", "第二部分重写，述自己。")
    secretary.presses("仍要报送")
    secretary.sees("已报送")


def reads_what_changed(clerk: Person) -> None:
    clerk.chooses_from_menu("述职报告")
    clerk.follows("报告审核")
    clerk.selects("轮次", "退回后重报")
    clerk.presses("查询")
    clerk.follows("县XX局党组（QX-J02）")
    clerk.sees("第 2 轮", "第二部分重写，述自己。")
    clerk.follows("与退回时对照", exact=False)
    expect(clerk.page.locator(".comparison ins", has_text="当场定了三件事")).to_have_count(1)
    expect(clerk.page.locator(".comparison del", has_text="局党组始终把履行第一责任人责任")).to_have_count(1)


def notes_on_a_passage(clerk: Person) -> None:
    clerk.follows("正文")
    clerk.page.evaluate(TAKEN, "协调会5次")
    clerk.page.locator(".note-button").click()
    clerk.finds_written("原文", "协调会5次")
    clerk.fills("批注意见", "请附会议记录。")
    clerk.presses("添加批注")
    clerk.sees("批注已添加", "请附会议记录。")
    expect(clerk.page.locator("mark.noted", has_text="协调会5次")).to_be_visible()


def accepts_and_goes_on(clerk: Person) -> None:
    clerk.presses("审核采用")
    clerk.sees("县XX局党组（QX-J02）的报告已采用。", "县XX局党组（QX-J03）")


def test_a_report_is_screened_twice(demo_stack: Stack, browser: WatchedBrowser) -> None:
    secretary = somebody(demo_stack, browser, "xxj2")
    works_through_the_notes(secretary)
    hands_it_in_again(secretary)
    clerk = somebody(demo_stack, browser, "maj")
    reads_what_changed(clerk)
    notes_on_a_passage(clerk)
    accepts_and_goes_on(clerk)
