"""static/js/autosave*.js and formset.js: whatever the network does, nothing that was typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser import WatchedBrowser
from tests.static.writing_page import ADDRESS, Server, WritingPage

pytestmark = pytest.mark.browser


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def writing(browser: WatchedBrowser, server: Server) -> WritingPage:
    browser.expect_error("status of")
    browser.expect_error("ERR_INTERNET_DISCONNECTED")
    browser.expect_error("ERR_FAILED")
    return WritingPage(browser.page(), server)


def test_a_pause_in_typing_saves_only_what_changed(writing: WritingPage, server: Server):
    writing.write("新写的一段。")
    writing.expect_state("unsaved")
    writing.expect_state("saved")

    assert server.duty == "新写的一段。"
    assert "own" not in server.saves[0]
    assert writing.words == "已保存 14:05"
    assert writing.field("revision").input_value() == "4"
    assert writing.kept_here() == 0
    expect(writing.page.locator("[data-autosave-hints] li")).to_have_text("“个人履职情况”还没有写")


def test_leaving_a_field_saves_at_once(writing: WritingPage, server: Server):
    writing.write("写完这一栏。")
    writing.field("own").focus()
    writing.page.wait_for_timeout(700)

    assert server.duty == "写完这一栏。"


def test_who_never_pauses_is_saved_all_the_same(writing: WritingPage, server: Server):
    server.longest_wait = 3
    writing.open()
    writing.field("duty").focus()
    for _ in range(10):
        writing.page.keyboard.type("字")
        writing.page.wait_for_timeout(400)

    assert len(server.saves) >= 1


def test_text_comes_back_exactly(writing: WritingPage, server: Server):
    text = "　　一、“引号”……——\n\n（一）*** 市XX局\n  末尾空格  \n" + "述" * 20_000
    writing.write(text)
    writing.expect_state("saved")
    writing.open()

    assert server.duty == text
    assert writing.field("duty").input_value() == text


def test_without_network_the_machine_keeps_it_and_tries_again(writing: WritingPage, server: Server):
    server.mood = "offline"
    writing.write("断网时写的")
    writing.expect_state("offline")
    assert "已存在本机" in writing.words
    assert writing.kept_here() == 1

    writing.write("断网时写的，又一句")
    server.mood = "well"
    writing.expect_state("saved")
    writing.page.wait_for_timeout(2_500)

    assert server.duty == "断网时写的，又一句"
    assert writing.kept_here() == 0


def test_a_try_without_answer_is_repeated_under_the_same_id(writing: WritingPage, server: Server):
    server.mood = "failing"
    writing.write("第一次没有回音")
    writing.expect_state("offline")
    server.mood = "well"
    writing.expect_state("saved")

    assert len(server.saves) >= 2
    assert len({save["save_id"] for save in server.saves}) == 1


def test_after_a_crash_the_text_and_the_rows_are_there(writing: WritingPage, server: Server):
    server.mood = "offline"
    writing.write("崩溃前写的")
    writing.page.click("[data-formset-add]")
    writing.write("新添的问题", "problems-1-text")
    writing.write("改过的问题", "problems-0-text")
    writing.expect_state("offline")
    writing.page.wait_for_timeout(500)
    writing.page.close()

    server.mood = "well"
    writing = WritingPage(writing.page.context.new_page(), server)
    expect(writing.page.locator(".notice")).to_contain_text("已恢复上次没来得及保存的内容")
    writing.expect_state("saved")

    assert server.duty == "崩溃前写的"
    assert server.texts == ["改过的问题", "新添的问题"]
    assert writing.kept_here() == 0


def test_a_recovered_text_can_be_given_up(writing: WritingPage, server: Server):
    server.mood = "offline"
    writing.write("不要的")
    writing.expect_state("offline")
    writing.page.close()

    server.mood = "well"
    writing = WritingPage(writing.page.context.new_page(), server)
    writing.page.get_by_text("放弃，用服务器上的内容").click()
    writing.page.wait_for_timeout(3_000)

    assert writing.field("duty").input_value() == "一、履行主体责任情况。"
    assert server.duty == "一、履行主体责任情况。"


@pytest.mark.parametrize(("choice", "kept"), [("采用我的", "我改的"), ("采用对方的", "对方改的")])
def test_two_texts_of_one_field_are_shown_and_one_is_chosen(
    writing: WritingPage, server: Server, choice: str, kept: str
):
    server.revision, server.duty = 9, "对方改的"
    writing.write("我改的")
    writing.expect_state("conflict")

    panel = writing.page.locator(".conflict")
    expect(panel).to_contain_text("李桂兰 于 14:02 也修改了这份材料")
    expect(panel).to_contain_text("我改的")
    expect(panel).to_contain_text("对方改的")
    assert writing.kept_here() == 1

    writing.page.get_by_text(choice, exact=True).click()
    writing.page.wait_for_timeout(1_000)
    expect(panel).to_have_count(0)
    assert writing.field("duty").input_value() == kept
    assert server.duty == kept


def test_where_two_long_texts_differ_is_marked(writing: WritingPage, server: Server):
    same = "述" * 3_000
    server.revision, server.duty = 9, f"{same}对方加的一句。{same}"
    writing.write(f"{same}我加的一句。{same}")
    writing.expect_state("conflict")

    marks = writing.page.locator(".conflict mark")
    expect(marks).to_have_text(["我", "对方"])
    expect(marks.first).to_be_in_viewport()


def test_what_only_one_of_two_people_wrote_is_kept_without_a_question(writing: WritingPage, server: Server):
    server.revision, server.duty = 9, "对方改的"
    writing.field("own").fill("我改的另一部分")
    writing.expect_state("saved")

    expect(writing.page.locator(".conflict")).to_have_count(0)
    assert writing.field("duty").input_value() == "对方改的"
    assert (server.duty, server.own) == ("对方改的", "我改的另一部分")


def test_handing_in_takes_over_what_another_person_wrote_elsewhere(writing: WritingPage, server: Server):
    writing.field("own").fill("我改的另一部分")
    server.revision, server.duty = 9, "对方改的"
    writing.page.get_by_role("button", name="报送").click()
    writing.page.wait_for_timeout(1_000)

    assert server.submitted is not None
    assert (server.duty, server.own) == ("对方改的", "我改的另一部分")


def test_the_second_tab_is_told(writing: WritingPage, server: Server):
    other = writing.another()
    writing.write("甲页")
    writing.expect_state("saved")
    other.write("乙页")
    other.expect_state("conflict")

    assert server.duty == "甲页"


def test_after_signing_in_again_the_page_saves_by_itself(writing: WritingPage, server: Server):
    server.mood = "signed out"
    writing.write("过期之后写的")
    writing.expect_state("expired")
    assert "登录已过期" in writing.words
    expect(writing.page.locator("[data-autosave-action] a")).to_have_attribute("href", "/login/")

    server.mood, server.token = "well", "token-of-the-second-session"
    writing.expect_state("saved")
    assert server.duty == "过期之后写的"


def test_a_refusal_says_why_and_is_not_repeated(writing: WritingPage, server: Server):
    server.mood = "locked"
    writing.write("晚了一步")
    writing.expect_state("refused")
    tries = len(server.saves)
    writing.page.wait_for_timeout(4_000)

    assert writing.words == "未保存：报告已定稿，不能再改"
    assert len(server.saves) == tries
    assert writing.kept_here() == 1


def test_leaving_within_the_pause_loses_nothing(writing: WritingPage, server: Server):
    writing.write("马上离开")
    writing.page.goto(f"{ADDRESS}/elsewhere/")
    writing.page.wait_for_timeout(500)
    writing.open()

    assert writing.field("duty").input_value() == "马上离开"
    writing.page.wait_for_timeout(3_000)
    assert server.duty == "马上离开"


def test_submitting_first_saves_the_last_sentence(writing: WritingPage, server: Server):
    writing.write("报送前最后一句")
    writing.page.get_by_role("button", name="报送").click()
    writing.page.wait_for_url(f"{ADDRESS}/submit/")

    assert server.duty == "报送前最后一句"
    assert server.submitted is not None
    assert server.submitted["act"] == "submit"
    assert server.submitted["revision"] == "4"


def test_submitting_without_network_stays_and_says_so(writing: WritingPage, server: Server):
    server.mood = "offline"
    writing.write("离线报送")
    writing.page.get_by_role("button", name="报送").click()
    writing.expect_state("offline")

    expect(writing.page.locator("[data-autosave-text]")).to_contain_text("暂时不能提交")
    assert writing.field("duty").input_value() == "离线报送"


def test_rows_are_added_ordered_removed_and_brought_back(writing: WritingPage, server: Server):
    page = writing.page
    page.click("[data-formset-add]")
    assert page.evaluate("document.activeElement.name") == "problems-1-text"
    page.keyboard.type("第二个")
    writing.expect_state("saved")

    page.locator("[data-row-up]:visible").nth(1).click()
    page.wait_for_timeout(2_800)
    assert server.texts == ["第二个", "问题一"]

    page.locator("[data-row-remove]:visible").first.click()
    page.wait_for_timeout(2_800)
    assert server.texts == ["问题一"]

    page.get_by_text("撤销").click()
    page.wait_for_timeout(2_800)
    assert server.texts == ["第二个", "问题一"]


def test_what_was_typed_and_taken_back_is_not_left_unsaved(writing: WritingPage, server: Server):
    before = writing.field("duty").input_value()
    writing.write(f"{before}多")
    writing.expect_state("unsaved")
    writing.write(before)
    writing.expect_state("clean")

    assert server.saves == []
    assert writing.kept_here() == 0


def test_submitting_when_signed_out_says_where_to_sign_in(writing: WritingPage, server: Server):
    server.mood = "signed out"
    writing.write("过期后点了报送")
    writing.page.get_by_role("button", name="报送").click()
    writing.expect_state("expired")

    assert "请重新登录" in writing.words
    expect(writing.page.locator("[data-autosave-action] a")).to_have_attribute("href", "/login/")


# --- a button pressed while a save is under way, or has failed ---------------------------------------


def hands_in(writing: WritingPage) -> None:
    writing.page.get_by_role("button", name="报送").click(no_wait_after=True)


def test_submitting_waits_for_the_save_under_way_and_for_what_was_typed_since(writing: WritingPage, server: Server):
    server.mood = "slow"
    writing.write("先写的")
    writing.expect_state("saving")
    writing.write("先写的，又写的")
    hands_in(writing)
    writing.page.wait_for_timeout(300)
    assert server.submissions == []

    server.answers()
    writing.page.wait_for_url(f"{ADDRESS}/submit/")
    assert [save["duty"] for save in server.saves] == ["先写的", "先写的，又写的"]
    assert server.submitted is not None
    assert (server.submitted["duty"], server.submitted["revision"]) == ("先写的，又写的", "5")


def test_what_is_taken_back_during_its_save_is_handed_in_with_the_answers_revision(
    writing: WritingPage, server: Server
):
    before = server.duty
    server.mood = "slow"
    writing.write("写错了")
    writing.expect_state("saving")
    writing.write(before)
    hands_in(writing)
    writing.page.wait_for_timeout(300)
    assert server.submissions == []

    server.answers()
    writing.page.wait_for_url(f"{ADDRESS}/submit/")
    assert server.duty == before
    assert server.submitted is not None
    assert (server.submitted["duty"], server.submitted["revision"]) == (before, str(server.revision))


def test_submitting_after_failed_tries_does_not_wait_for_the_next_one(writing: WritingPage, server: Server):
    writing.page.clock.install()
    writing.open()
    server.mood = "failing"
    writing.write("失败过几次")
    for wait in (2_500, 4_000, 8_000, 16_000):
        writing.page.clock.run_for(wait)
        writing.expect_state("offline")
    tries = len(server.saves)
    assert tries >= 2

    server.mood = "well"
    hands_in(writing)
    writing.page.wait_for_url(f"{ADDRESS}/submit/", timeout=2_000)
    assert len(server.saves) == tries + 1
    assert server.duty == "失败过几次"


def test_a_server_that_stops_in_the_middle_of_its_answer_is_not_waited_for_for_ever(
    writing: WritingPage, server: Server
):
    writing.page.clock.install()
    writing.open()
    # Headers, half a word, and nothing more until the browser gives up.
    writing.page.evaluate(
        """() => {
          window.honestFetch = window.fetch;
          window.fetch = async (url, { signal }) => new Response(new ReadableStream({
            start(control) {
              control.enqueue(new TextEncoder().encode('{"ok": tr'));
              signal.addEventListener("abort", () => control.error(signal.reason));
            },
          }), { status: 200 });
        }"""
    )
    writing.write("只回了一半")
    hands_in(writing)
    writing.expect_state("saving")
    writing.page.clock.run_for(31_000)
    writing.expect_state("offline")
    assert "请再提交一次" in writing.words
    assert writing.kept_here() == 1

    writing.page.evaluate("window.fetch = window.honestFetch")
    hands_in(writing)
    writing.page.wait_for_url(f"{ADDRESS}/submit/", timeout=2_000)
    assert server.duty == "只回了一半"


def test_who_clicks_again_while_it_is_on_its_way_hands_in_once(writing: WritingPage):
    # The browser's own step is counted and left out: the page stays, as it does while the answer is awaited.
    writing.page.evaluate(
        """() => {
          window.handedIn = 0;
          window.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) window.handedIn += 1;
            event.preventDefault();
          });
        }"""
    )
    hands_in(writing)
    hands_in(writing)
    assert writing.page.evaluate("window.handedIn") == 1


def test_a_double_click_with_unsaved_words_hands_in_once(writing: WritingPage, server: Server):
    server.mood = "slow"
    writing.write("双击报送")
    writing.page.get_by_role("button", name="报送").dblclick(no_wait_after=True)
    writing.page.wait_for_timeout(300)
    hands_in(writing)
    server.answers()
    writing.page.wait_for_url(f"{ADDRESS}/submit/")
    writing.page.wait_for_timeout(300)

    assert len(server.saves) == 1
    assert [sent["duty"] for sent in server.submissions] == ["双击报送"]


def test_handing_in_with_two_texts_open_leads_to_the_question(writing: WritingPage, server: Server):
    server.revision, server.duty = 9, "对方改的"
    writing.write("我改的")
    hands_in(writing)
    writing.expect_state("conflict")
    writing.field("own").focus()
    hands_in(writing)

    expect(writing.page.locator(".conflict")).to_be_focused()
    assert server.submissions == []
    writing.page.get_by_text("采用我的", exact=True).click()
    writing.expect_state("saved")
    hands_in(writing)
    writing.page.wait_for_url(f"{ADDRESS}/submit/")
    assert server.duty == "我改的"


def test_a_server_that_never_agrees_is_not_asked_for_ever(writing: WritingPage, server: Server):
    writing.write("总说有冲突")
    server.mood = "disagreeing"
    hands_in(writing)
    writing.page.wait_for_url(f"{ADDRESS}/submit/")
    assert len(server.saves) == 5


def test_a_page_that_comes_back_from_memory_after_it_was_handed_in_is_asked_for_anew(
    writing: WritingPage, server: Server
):
    page = writing.page
    page.route(f"{ADDRESS}/submit/", lambda route: route.fulfill(status=204))  # the page stays, as in memory
    hands_in(writing)
    page.wait_for_timeout(300)
    server.duty, server.revision = "报送后退回时的文字", 8
    with page.expect_navigation():
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    assert writing.field("duty").input_value() == "报送后退回时的文字"


def test_a_page_that_comes_back_from_memory_sends_what_it_had_left_with(writing: WritingPage, server: Server):
    server.mood = "offline"
    writing.write("离开前写的")
    writing.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    server.mood = "well"
    writing.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    writing.expect_state("saved")

    assert server.duty == "离开前写的"
    assert writing.field("duty").input_value() == "离开前写的"


def test_a_conflict_about_what_both_wrote_alike_is_none(writing: WritingPage, server: Server):
    server.revision, server.duty = 9, "两人写得一样"
    writing.write("两人写得一样")
    writing.page.wait_for_timeout(3_000)

    assert len(server.saves) == 1
    expect(writing.page.locator(".conflict")).to_have_count(0)
    assert writing.field("revision").input_value() == "9"
    writing.expect_state("clean")
