"""The whole day as its people live it: three phones, a projector, two clerks, a host, one ballot of paper.

One story on PostgreSQL, Redis and Celery; a step that fails has the name of what people were doing.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import WatchedBrowser
from tests.flows import at_the_box as box
from tests.flows import in_the_hall as hall
from tests.flows.county import County
from tests.flows.hall import LEADERS, PASSWORD, UNITS
from tests.flows.person import Person
from tests.flows.screens import Screens
from tests.stack import Stack

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("stack", ["services"], indirect=True)
def test_the_whole_day(stack: Stack, browser: WatchedBrowser, tmp_path: Path) -> None:
    browser.expect_error("ERR_INTERNET_DISCONNECTED")  # airplane mode
    browser.expect_error("status of 404")  # slips are gone with the box
    browser.expect_error("status of 409")  # a slip that was used on paper
    browser.expect_error("status of 422")  # the code at the door, mistyped
    county = County(stack, browser, tmp_path)
    stack.python("from tests.flows.hall import prepare; prepare()")
    clerk, second, host = (signed_in(county.somebody(), name) for name in ("clerk", "second", "host"))
    leader = signed_in(Person(box.a_phone(browser), stack.url), "leader")

    hall.the_host_drafts_a_comment(host)
    hall.people_sign_in_by_slip_and_by_hand(county, clerk)
    hall.the_meeting_is_opened(clerk)
    screens = everybody_follows(county, clerk, second, leader)
    wall = screens.places[0].page
    hall.the_first_one_speaks(clerk, screens, wall)
    browser.picture(wall, "wall-report")
    browser.picture(leader.page, "phone-follows")
    browser.picture(clerk.page, "desk")
    hall.the_host_finishes_while_the_report_lasts(host)
    browser.picture(host.page, "host-comment")
    hall.a_question_is_asked_and_answered(clerk, screens)
    hall.who_has_not_come_reports_in_writing(clerk, screens)
    hall.the_second_one_speaks_and_the_clerk_writes_the_comment(clerk, screens)
    hall.all_have_spoken(clerk, screens)
    browser.picture(wall, "wall-item")

    box.a_round_is_set_up(clerk)
    keys = box.envelopes_are_printed(clerk)
    slips = box.slips_are_printed_and_five_given_out(clerk)
    box.voting_is_opened(clerk, screens)
    browser.picture(clerk.page, "round-open")

    scanned, changed, typed = (box.a_phone(browser) for _ in range(3))
    box.scans(scanned, slips.addresses[0])
    box.remarks(scanned, box.REMARK)
    box.marks(scanned, box.SCANNED)
    box.hands_in(scanned)
    first_receipt = box.arrives(scanned)
    screens.all_show("选票已收 1 / 5 张")
    browser.picture(scanned, "booth-sent")
    browser.picture(wall, "wall-ballots")
    box.scans(changed, slips.addresses[1])
    box.marks(changed, box.THOUGHT_BETTER_OF)
    box.hands_in(changed)
    changed_receipt = box.thinks_again(changed, box.arrives(changed), box.CHANGED)
    screens.all_show("选票已收 2 / 5 张")
    box.types(typed, slips.addresses[2], slips.letters(2))
    browser.picture(typed, "booth-card")
    typed.context.set_offline(True)
    box.marks(typed, box.TYPED)
    box.hands_in(typed)
    expect(typed.locator(".ss-status")).to_contain_text("已保存在本机")
    browser.picture(typed, "booth-kept")
    box.a_leader_marks_by_name(leader, screens)
    browser.picture(leader.page, "leader-after")
    box.two_clerks_type_a_paper(clerk, second, slips.addresses[3])
    browser.picture(clerk.page, "paper")
    box.a_slip_used_on_paper_is_refused(box.a_phone(browser), slips.addresses[3])
    follow_again(second, leader, screens)
    screens.all_show("选票已收 3 / 5 张")

    box.the_end_is_called(clerk)
    browser.picture(clerk.page, "round-closing")
    typed.context.set_offline(False)
    typed_receipt = box.arrives(typed)
    screens.all_show("选票已收 4 / 5 张")
    hall.can_be_read_from_afar(wall)
    no_mark_is_shown(wall)
    box.the_box_is_shut(clerk)
    box.the_box_is_opened_and_counted(clerk, keys)
    browser.picture(clerk.page, "tally")
    published = clerk.page.locator(".receipts li").all_text_contents()
    assert sorted(published) == sorted([first_receipt, changed_receipt, typed_receipt])
    box.slips_and_ballots_balance(clerk)
    browser.picture(clerk.page, "round-counted")
    box.the_envelopes_are_shredded(clerk)
    box.finds_the_own_receipt(typed, typed_receipt)
    browser.picture(typed, "booth-listed")

    a_remark_becomes_a_problem(clerk)
    the_minutes_tell_what_happened(clerk)
    the_meeting_is_closed(clerk)
    screens.all_show("会议已经结束")
    assert screens.kept_the_promise(), sorted(screens.delays)


def signed_in(person: Person, username: str) -> Person:
    person.signs_in(username, PASSWORD)
    return person


def everybody_follows(county: County, clerk: Person, second: Person, leader: Person) -> Screens:
    """The wall by its link, the other clerk's desk, a phone in the hall."""
    wall = county.browser.page(width=1920, height=1080)
    wall.goto(county.stack.url + urlsplit(clerk.page.locator(".screen-address").inner_text()).path)
    screens = Screens(wall.locator(".wall"), second.page.locator(".live-now"), leader.page.locator(".live-screen"))
    follow_again(second, leader, screens)
    return screens


def follow_again(second: Person, leader: Person, screens: Screens) -> None:
    hall.the_meeting_page(second)
    second.follows("进入会议现场")
    hall.the_meeting_page(leader)
    leader.follows("会议进展")
    hall.fits(leader.page)


def no_mark_is_shown(wall: Page) -> None:
    """How many ballots came in, and nothing of what is on them."""
    words = wall.locator(".wall").inner_text()
    assert not [word for word in ("较好", "一般", "差", box.REMARK) if word in words]


def a_remark_becomes_a_problem(clerk: Person) -> None:
    box.the_round(clerk)
    clerk.follows("意见建议")
    clerk.presses("转述", inside=clerk.page.locator(".row-card", has_text=box.REMARK))
    hall.the_meeting_page(clerk)
    clerk.follows("会上问题转入清单")
    clerk.sees("共 4 条")
    clerk.presses("列为个性问题", exact=False, inside=clerk.page.locator(".comment-part", has_text=box.REMARK))
    clerk.sees("已列为该单位的问题")
    clerk.follows("问题清单")
    clerk.sees(box.REMARK)


def the_minutes_tell_what_happened(clerk: Person) -> None:
    hall.the_meeting_page(clerk)
    clerk.follows("会议纪要")
    text = clerk.field("会议纪要").input_value()
    counts = "发出5张，收回4张，有效4张，无效0张，弃权0张"
    assert f"{hall.GUEST}提问：{hall.QUESTION}" in text
    for words in (hall.PRAISE, hall.POINTED_OUT, hall.DEMANDED, hall.ANSWER, counts):
        assert words in text
    assert f"{LEADERS}评分表应收8份，实收4份" in text
    assert re.search(r"第二项，进行民主评议、评分（.*实际\d\d:\d\d开始）", text)
    assert f"{UNITS[hall.ABSENT]}书记" in text.partition("书面述职")[2]


def the_meeting_is_closed(clerk: Person) -> None:
    hall.the_meeting_page(clerk)
    clerk.follows("结束会议")
    clerk.presses("结束会议")
    clerk.sees("会议已经结束。各单位的整改清单已经形成。")
