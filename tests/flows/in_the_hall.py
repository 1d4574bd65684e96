"""The first half of the day: who comes, who speaks, what is said; every screen follows."""

import re

from playwright.sync_api import Page, expect

from tests.eyes import pictures_of, scan
from tests.flows.county import County
from tests.flows.hall import ABSENT, CLERK, DELEGATES, FIRST, HOST, SECOND, TITLE, UNITS
from tests.flows.person import Person
from tests.flows.screens import Screens

PRAISE = "抓党建的思路清，走遍了全部村。"
POINTED_OUT = "对软弱涣散村党组织的整顿没有一抓到底。"
DEMANDED = "年底前逐村过一遍，结果报县委组织部。"
SECOND_PROBLEM = "党员教育办法不多，流动党员联系不紧。"
GUEST = "市委组织部副部长***"
QUESTION, ANSWER = "村级活动场所的缺口怎么补？", "两个村今年开工，其余列入明年计划。"
REASON = "因病请假"


def the_meeting_page(person: Person) -> None:
    person.chooses_from_menu("会议")
    person.follows(TITLE)


def the_host_drafts_a_comment(host: Person) -> None:
    the_meeting_page(host)
    host.follows("点评意见")
    host.follows(f"写{HOST}的点评{UNITS[FIRST]}（X1）")
    host.fills("肯定成绩", PRAISE)
    host.clicks("添加一个问题")
    host.fills("指出的问题", POINTED_OUT, inside=host.group("问题 1"))
    host.presses("保存草稿")
    host.sees("草稿已保存")


def people_sign_in_by_slip_and_by_hand(county: County, clerk: Person) -> None:
    """The slips are handed out; one is scanned before the screen at the door while the clerk's list lies open."""
    the_meeting_page(clerk)
    clerk.follows("登记到会")
    pdf = prints(clerk, "制作签到单")
    (page, *_) = pictures_of(pdf)
    addresses = [code.text for code in scan(page)]
    assert len(addresses) == 1 + len(DELEGATES)
    door = county.browser.page(width=1920, height=1080)
    door.goto(clerk.page.locator(".screen-address").inner_text())
    can_be_read_from_afar(door)
    phone = county.somebody_on_a_phone()
    phone.page.goto(addresses[1])
    phone.sees(DELEGATES[0], TITLE)
    fits(phone.page)
    phone.presses("确认签到")
    phone.sees("到会码不对，或者已经更换。")
    phone.fills("到会码（看签到屏上的四位数字）", door.locator("[data-door-code]").inner_text())
    phone.presses("确认签到")
    phone.sees("已签到。")
    county.browser.picture(phone.page, "signed-in")
    county.browser.picture(door, "door")
    clerk.ticks(DELEGATES[1])
    clerk.presses("保存到会情况")
    clerk.sees(f"名单 {1 + len(DELEGATES)} 人，已登记到会 2 人")


def prints(clerk: Person, button: str) -> bytes:
    """The file behind a button that answers with paper."""
    with clerk.page.expect_download() as download:
        clerk.clicks(button)
    return download.value.path().read_bytes()


def the_meeting_is_opened(clerk: Person) -> None:
    the_meeting_page(clerk)
    clerk.follows("宣布开会")
    clerk.presses("确认开会")
    clerk.sees("会议现场", "会议开始。", "正在召开")


def the_first_one_speaks(clerk: Person, screens: Screens, wall: Page) -> None:
    clerk.presses(f"开始述职：{FIRST}", exact=False)
    screens.all_show(FIRST)
    screens.all_show("正在述职")
    expect(wall.locator(".countdown")).to_have_text(re.compile(r"^0[78]:\d\d$"))
    can_be_read_from_afar(wall)


def the_host_finishes_while_the_report_lasts(host: Person) -> None:
    the_meeting_page(host)
    host.follows("会议进展")
    host.follows("点评当前述职人")
    host.finds_written("肯定成绩", PRAISE)
    host.finds_written("指出的问题", POINTED_OUT, inside=host.group("问题 1"))
    host.fills("整改要求和建议", DEMANDED)
    host.presses("定稿")
    host.sees("点评已经定稿")


def a_question_is_asked_and_answered(clerk: Person, screens: Screens) -> None:
    clerk.presses("转入点评", exact=False, inside=clerk.page.locator(".live-now"))
    screens.all_show("正在点评")
    clerk.follows("记录提问", exact=False)
    clerk.fills("其他提问人", GUEST)
    clerk.fills("问题", QUESTION)
    clerk.fills("答复", ANSWER)
    clerk.presses("记录")
    clerk.sees("提问已记录", "正在点评")


def who_has_not_come_reports_in_writing(clerk: Person, screens: Screens) -> None:
    """The next but one is called in vain; the order of all screens closes up."""
    clerk.presses("未到会", exact=False, inside=clerk.row(ABSENT))
    clerk.follows("改为书面述职", exact=False, inside=clerk.row(ABSENT))
    clerk.fills("改为书面述职的原因", REASON)
    clerk.presses("改为书面述职")
    clerk.sees("已改为书面述职", "共 2 位")
    screens.all_show("共 2 位")


def the_second_one_speaks_and_the_clerk_writes_the_comment(clerk: Person, screens: Screens) -> None:
    clerk.presses("下一位", exact=False, inside=clerk.page.locator(".live-now"))
    screens.all_show(SECOND)
    clerk.presses("转入点评", exact=False, inside=clerk.page.locator(".live-now"))
    clerk.follows(f"记录{HOST}的点评")
    clerk.sees(f"{CLERK} 代录", inside=clerk.page.locator("main, .page-header").first)
    clerk.fills("肯定成绩", PRAISE)
    clerk.clicks("添加一个问题")
    clerk.fills("指出的问题", SECOND_PROBLEM, inside=clerk.group("问题 1"))
    clerk.fills("整改要求和建议", DEMANDED)
    clerk.presses("定稿")
    clerk.sees("点评已经定稿")


def all_have_spoken(clerk: Person, screens: Screens) -> None:
    the_meeting_page(clerk)
    clerk.follows("进入会议现场")
    clerk.presses("本人结束", exact=False, inside=clerk.page.locator(".live-now"))
    screens.all_show("述职人已全部轮到")
    clerk.presses("转到本项 第二项", exact=False, inside=clerk.row("第二项"))
    screens.all_show("进行民主评议、评分")


# --- how it looks ---------------------------------------------------------------------------------


def fits(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390


def can_be_read_from_afar(wall: Page) -> None:
    """All of it at once, and no line smaller than a thirtieth of the screen's height."""
    box = wall.locator(".wall")
    assert box.evaluate("wall => wall.scrollHeight <= wall.clientHeight && wall.scrollWidth <= wall.clientWidth")
    sizes = wall.locator(".wall-now :is(p, li)").evaluate_all(
        "lines => lines.map(p => parseFloat(getComputedStyle(p).fontSize))"
    )
    assert min(sizes) >= wall.viewport_size["height"] / 30
