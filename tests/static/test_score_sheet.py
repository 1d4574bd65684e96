"""static/js/score_sheet*.js: in a basement no tap is lost, nothing counts twice, and 已送达 is never said too early."""

import dataclasses

import pytest
from playwright.sync_api import expect

from tests.browser import WatchedBrowser
from tests.static.sheet_page import SHEET, Server, SheetPage

pytestmark = pytest.mark.browser

GOOD = {"items": {"11": {"grade": "good"}, "12": {"grade": "good"}}, "overall": {"grade": "good"}}


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def sheet(browser: WatchedBrowser, server: Server) -> SheetPage:
    browser.expect_error("status of")
    browser.expect_error("ERR_INTERNET_DISCONNECTED")
    browser.expect_error("ERR_CONNECTION_RESET")
    return SheetPage(browser.page(width=390, height=760), server)


def test_who_is_marked_completely_is_sent_and_only_then_delivered(sheet: SheetPage, server: Server):
    server.given = {}
    sheet.open()
    sheet.expect_state("empty")
    sheet.choose("履行党建工作责任", "好")
    sheet.expect_state("kept")
    assert sheet.words == "已保存在本机，还没有送出"
    sheet.choose("工作实效", "较好")
    sheet.choose("总体评价", "好")
    sheet.expect_state("sent")

    assert sheet.words == "已送达（14:05）"
    assert sheet.progress == "已评1/3"
    assert server.marks == {"1": {**GOOD, "items": {"11": {"grade": "good"}, "12": {"grade": "fairly_good"}}}}
    assert len(server.tries) == 1


def test_offline_every_tap_is_kept_and_goes_out_by_itself(sheet: SheetPage, server: Server):
    server.mood = "offline"
    sheet.choose_all("好")
    sheet.press("下一位")
    sheet.choose_all("一般")
    sheet.expect_state("waiting")
    assert sheet.words == "连不上，已保存在本机，连上后自动再送"

    server.mood = "well"
    sheet.expect_state("sent")
    assert server.marks["2"]["overall"] == {"grade": "fair"}
    assert sheet.progress == "已评2/3"


def test_a_second_try_has_the_key_of_the_first_and_counts_once(sheet: SheetPage, server: Server):
    server.mood = "lost answer"
    sheet.choose_all("好")
    sheet.expect_state("waiting")
    sheet.expect_state("sent")

    assert len(server.tries) == 2
    assert server.tries[0] == server.tries[1]
    assert server.counted == {server.tries[0]["key"]: {"1": GOOD}}


def test_what_is_changed_during_a_try_follows_under_a_key_of_its_own(sheet: SheetPage, server: Server):
    server.mood = "failing"
    sheet.choose_all("好")
    sheet.expect_state("waiting")
    sheet.choose("总体评价", "差")
    server.mood = "well"
    sheet.expect_state("sent")

    assert len(server.counted) == 2
    assert server.marks["1"]["overall"] == {"grade": "poor"}
    first = [body for body in server.tries if body["key"] == server.tries[0]["key"]]
    assert all(body["marks"] == {"1": GOOD} for body in first)


def test_a_reload_brings_everything_back_and_goes_on_sending(sheet: SheetPage, server: Server):
    server.mood = "offline"
    sheet.choose_all("好")
    sheet.page.locator(".ss-remark").fill("　要多到支部去。\n“XX支部”***")
    sheet.expect_state("waiting")
    key = sheet.kept()["pending"]["key"]
    sheet.open()
    sheet.expect_state("waiting")
    assert sheet.progress == "已评1/3"

    server.mood = "well"
    sheet.expect_state("sent")
    sheet.press("核对")
    sheet.page.locator(".ss-list button").first.click()
    expect(sheet.page.locator(".ss-remark")).to_have_value("　要多到支部去。\n“XX支部”***")
    assert server.tries[0]["key"] == key


def test_a_refusal_is_said_in_words_and_everything_stays(sheet: SheetPage, server: Server):
    server.mood = "refusing"
    sheet.choose_all("好")
    sheet.expect_state("refused")
    assert sheet.words == "没有送达，所填内容仍在本机。会议已经结束，迟到的没有计入。"
    assert sheet.kept()["rows"]["1"]["overall"] == {"grade": "good"}

    server.mood = "well"
    sheet.press("核对")
    sheet.press("提交")
    sheet.expect_state("sent")
    assert len({body["key"] for body in server.tries}) == 2


def test_the_same_key_with_another_body_is_refused(sheet: SheetPage, server: Server):
    server.mood = "lost answer"
    server.counted["fixed"] = {"1": {"items": {}}}
    sheet.page.evaluate("ScoreSheet.newKey = () => 'fixed'")
    sheet.choose_all("好")
    sheet.expect_state("refused")

    assert "前后不一致，没有计入" in sheet.words
    assert server.counted == {"fixed": {"1": {"items": {}}}}


def test_a_full_phone_is_said_and_the_sheet_still_arrives(sheet: SheetPage, server: Server):
    sheet.fill_storage()
    sheet.choose("履行党建工作责任", "好")
    sheet.expect_state("unkept")
    assert sheet.words == "本机存不下，请不要关闭本页，填完马上提交"
    sheet.choose("工作实效", "弃权")
    sheet.choose("总体评价", "好")
    sheet.expect_state("sent")

    assert server.marks["1"]["items"] == {"11": {"grade": "good"}, "12": {"grade": "abstain"}}


def test_same_as_before_needs_a_second_look_and_is_counted(sheet: SheetPage, server: Server):
    sheet.choose_all("好")
    sheet.press("下一位")
    sheet.press("同上一位")
    expect(sheet.page.locator(".ss-ask")).to_contain_text("把对甲乡党委赵某的评价照抄给乙镇党委钱某？")
    sheet.press("不，逐项评")
    assert sheet.progress == "已评1/3"
    sheet.press("同上一位")
    sheet.press("确定")
    assert sheet.progress == "已评2/3"

    sheet.press("核对")
    expect(sheet.page.locator(".ss-card")).to_contain_text("其中1名是用“同上一位”")
    sheet.expect_state("sent")
    assert server.marks["2"] == {**GOOD, "shortcut": "same"}


def test_what_is_then_changed_by_hand_is_no_copy_any_more(sheet: SheetPage, server: Server):
    sheet.press("各项都选“好”")
    sheet.press("确定")
    sheet.expect_state("sent")
    assert server.marks["1"]["shortcut"] == "all"
    sheet.choose("工作实效", "差")
    sheet.expect_state("sent")

    assert server.marks["1"] == {**GOOD, "items": {"11": {"grade": "good"}, "12": {"grade": "poor"}}}


def test_the_keyboard_alone_fills_the_table(browser: WatchedBrowser, server: Server):
    sheet = SheetPage(browser.page(), server)
    sheet.press("列表评")
    for row in (1, 2, 3):
        for item in ("履行党建工作责任", "工作实效", "总体评价"):
            select = sheet.page.get_by_label(f"{SHEET.people[row - 1].unit}{SHEET.people[row - 1].name} {item}")
            select.focus()
            sheet.page.keyboard.press("ArrowDown")
    sheet.expect_state("sent")

    assert sheet.progress == "已评3/3"
    assert server.marks == {"1": GOOD, "2": GOOD, "3": GOOD}


def test_digits_alone_fill_the_sheet_one_after_another(browser: WatchedBrowser, server: Server):
    sheet = SheetPage(browser.page(), server)
    keys = sheet.page.keyboard
    while sheet.page.evaluate("document.activeElement.type") != "radio":
        keys.press("Tab")
    for pressed in ("2", "1", "ArrowUp", "3", "1", "Enter"):
        keys.press(pressed)
    # The next person's heading is read out first; a digit goes to the first line all the same.
    expect(sheet.page.get_by_role("heading", name="乙镇党委 钱某")).to_be_focused()
    for pressed in ("1", "1", "1", "Enter", "0", "0", "4", "Enter"):
        keys.press(pressed)
    expect(sheet.page.get_by_role("heading", name="核对")).to_be_focused()
    sheet.expect_state("sent")

    assert sheet.progress == "已评3/3"
    marks = {item: {"grade": grade} for item, grade in (("11", "fairly_good"), ("12", "fair"))}
    abstained = {"11": {"grade": "abstain"}, "12": {"grade": "abstain"}}
    assert server.marks == {
        "1": {"items": marks, "overall": {"grade": "good"}},
        "2": GOOD,
        "3": {"items": abstained, "overall": {"grade": "poor"}},
    }


def test_digits_fill_the_table_and_points_are_typed_where_they_are_due(browser: WatchedBrowser, server: Server):
    sheet = SheetPage(browser.page(), server)
    sheet.press("列表评")
    for _line in range(9):
        sheet.page.keyboard.press("1")
    sheet.expect_state("sent")
    assert server.marks == {"1": GOOD, "2": GOOD, "3": GOOD}

    server.sheet = dataclasses.replace(SHEET, mode="band", overall=False)
    banded = SheetPage(browser.page(), server)
    banded.page.get_by_role("radio").first.focus()
    for pressed in ("1", "9", "6", "Enter", "2", "8", "8", ".", "5", "Enter"):
        banded.page.keyboard.press(pressed)
    banded.expect_state("sent")
    assert server.marks["1"]["items"] == {
        "11": {"grade": "good", "points": "96"},
        "12": {"grade": "fairly_good", "points": "88.5"},
    }
    expect(banded.page.get_by_role("button", name="下一位")).to_be_focused()


def test_points_inside_a_band(browser: WatchedBrowser, server: Server):
    server.sheet = dataclasses.replace(SHEET, mode="band", overall=False)
    sheet = SheetPage(browser.page(width=390), server)
    boxes = sheet.page.locator(".ss-points")
    assert boxes.first.is_disabled()
    sheet.choose("履行党建工作责任", "较好")
    boxes.first.fill("95")
    expect(sheet.page.locator(".ss-range").first).to_have_text("请填80—89，最多两位小数")
    expect(boxes.first).to_have_attribute("aria-invalid", "true")
    boxes.first.fill("８２．５")
    sheet.choose("工作实效", "好")
    boxes.nth(1).fill("90")
    sheet.expect_state("sent")

    assert server.marks["1"]["items"] == {
        "11": {"grade": "fairly_good", "points": "82.5"},
        "12": {"grade": "good", "points": "90"},
    }


def test_points_of_each_item(browser: WatchedBrowser, server: Server):
    server.sheet = dataclasses.replace(SHEET, mode="points", overall=False)
    sheet = SheetPage(browser.page(width=390), server)
    sheet.page.locator(".ss-points").nth(0).fill("95.5")
    sheet.page.locator(".ss-points").nth(1).fill("20.01")
    assert sheet.progress == "已评0/3"
    sheet.page.locator(".ss-points").nth(1).fill("20")
    sheet.expect_state("sent")

    assert server.marks["1"]["items"] == {"11": {"points": "95.5"}, "12": {"points": "20"}}


def test_marked_elsewhere_meanwhile_a_person_decides(browser: WatchedBrowser, server: Server):
    browser.expect_error("status of 409")
    server.given = {"1": {"items": {"11": {"grade": "poor"}, "12": {"grade": "poor"}}, "overall": {"grade": "poor"}}}
    sheet = SheetPage(browser.page(width=390), server)
    assert sheet.progress == "已评1/3"
    sheet.press("核对")
    sheet.page.locator(".ss-list button").first.click()
    server.mood = "conflict"
    sheet.choose_all("好")
    sheet.expect_state("theirs")
    tries = len(server.tries)
    sheet.choose("总体评价", "差")
    sheet.choose("总体评价", "好")
    sheet.page.wait_for_timeout(1_500)
    sheet.expect_state("theirs")
    assert len(server.tries) == tries
    sheet.press("用本机填的")
    sheet.expect_state("sent")

    assert server.marks["1"] == GOOD


def test_a_ballot_is_sent_as_a_whole_when_asked_and_leaves_abstentions_out(browser: WatchedBrowser, server: Server):
    server.anonymous, server.send_each = True, False
    sheet = SheetPage(browser.page(width=390), server)
    sheet.choose("履行党建工作责任", "好")
    sheet.choose("工作实效", "弃权")
    sheet.press("核对")
    sheet.press("提交")
    expect(sheet.page.locator(".ss-ask")).to_contain_text("没选的项按弃权计")
    assert server.tries == []
    sheet.press("就这样提交")
    sheet.expect_state("sent")
    expect(sheet.page.locator(".ss-receipt")).to_have_text("验票码：QX7K-2M4D")
    assert server.marks == {"1": {"items": {"11": {"grade": "good"}}}}

    sheet.press("清除本机记录")
    sheet.page.locator(".ss-ask").get_by_role("button", name="清除本机记录").click()
    assert sheet.page.evaluate("localStorage.length") == 0


def test_no_phone_scrolls_sideways(browser: WatchedBrowser, server: Server):
    for mode in ("points", "grade", "band"):
        server.sheet = dataclasses.replace(SHEET, mode=mode)
        sheet = SheetPage(browser.page(width=320), server)
        for view in ("逐个评", "列表评", "核对"):
            sheet.press(view)
            assert sheet.page.evaluate("document.documentElement.scrollWidth") <= 320
