"""The second half of the day: slips of paper, phones, one ballot of paper, envelopes, the count."""

import re

from playwright.sync_api import Page, expect

from reviews.papers.slips import HEIGHT, LEFT, TOP, WIDTH
from tests.browser import WatchedBrowser
from tests.eyes import Letters, millimetres, pictures_of, read_letters, scan
from tests.flows.hall import DIMENSIONS, HALL
from tests.flows.in_the_hall import fits, prints, the_meeting_page
from tests.flows.person import Person
from tests.flows.screens import Screens

GRACE = 40  # on a busy machine a phone is not back from airplane mode at once
GOOD, FAIRLY, FAIR, POOR, ABSTAIN = "good", "fairly_good", "fair", "poor", "abstain"
REMARK = "多到村里走走，少开些会。"
# What each of them marks: a row for each reporter as the sheet has them, in it a grade for each dimension.
Marks = list[tuple[str, str]]
SCANNED: Marks = [(GOOD, GOOD), (GOOD, FAIRLY), (FAIRLY, FAIRLY), (FAIR, GOOD)]
TYPED: Marks = [(GOOD, FAIRLY), (FAIRLY, FAIRLY), (FAIR, FAIR), (GOOD, GOOD)]
THOUGHT_BETTER_OF: Marks = [(POOR, POOR), (POOR, POOR), (POOR, POOR), (POOR, POOR)]
CHANGED: Marks = [(FAIRLY, GOOD), (GOOD, GOOD), (FAIRLY, FAIR), (GOOD, FAIR)]
# Of paper, as a clerk types it: the number of the grade, 0 where nothing is ticked.
ON_PAPER = [("1", "1"), ("2", "4"), ("3", "0"), ("2", "1")]
MISREAD = [("1", "1"), ("2", "3"), ("3", "0"), ("2", "1")]
# 好, 较好, 一般, 差, 弃权, 无效 and the mean, counted by hand from the four ballots above (100, 80, 60, 40).
COUNTED = {
    "履行主体责任": ["3 1 0 0 0 0 95.00", "2 2 0 0 0 0 90.00", "0 2 2 0 0 0 70.00", "2 1 1 0 0 0 85.00"],
    "个人履职": ["3 1 0 0 0 0 95.00", "1 2 0 1 0 0 75.00", "0 1 2 0 1 0 66.67", "3 0 1 0 0 0 90.00"],
}


class Slips:
    """What is on the sheets that came out of the printer: whole addresses behind the QR codes, letters to type."""

    def __init__(self, pdf: bytes) -> None:
        self.sheets = pictures_of(pdf)
        self.addresses = [code.text for sheet in self.sheets for code in scan(sheet)]

    def letters(self, number: int) -> str:
        """Of the slip with this place, as somebody reads them."""
        sheet, place = divmod(number, 8)
        left, bottom = LEFT + place % 2 * WIDTH, TOP + place // 2 * HEIGHT + HEIGHT
        picture = self.sheets[sheet]
        own = picture.crop((0, 0, millimetres(left + WIDTH - 1), picture.height))
        return read_letters(own, Letters(left + 5, bottom - 6, 17, ""))


def a_round_is_set_up(clerk: Person) -> None:
    the_meeting_page(clerk)
    clerk.follows("无记名测评")
    clerk.follows("新建一轮")
    clerk.selects("密钥保管", "三信封模式", exact=False)
    clerk.fills("合并计票的人数下限", "3")
    clerk.fills("宣布截止后等候（秒）", str(GRACE))
    clerk.fills("应到人数", "6")
    clerk.fills(f"B票（{HALL}）应投票人数", "5")
    clerk.presses("保存")
    clerk.sees("已新建。下一步：生成票箱密钥。")


def envelopes_are_printed(clerk: Person) -> list[str]:
    """A sheet for each of three; what their QR codes say lies in the envelopes."""
    sheets = pictures_of(prints(clerk, "生成密钥并下载信封"))
    keys = [scan(sheet)[0].text for sheet in sheets]
    assert len(set(keys)) == 3
    clerk.sees("密钥已封存")
    return keys


def slips_are_printed_and_five_given_out(clerk: Person) -> Slips:
    """What is left is scanned off one by one, as the box is opened only when every slip is accounted for."""
    slips = Slips(prints(clerk, "印制测评码"))
    assert len(set(slips.addresses)) == 16
    clerk.sees("测评码已印制")
    clerk.follows("注销未发的测评码")
    clerk.fills("未发的测评码", "\n".join(slips.addresses[5:]))
    clerk.presses("注销")
    clerk.sees("注销11张")
    clerk.page.get_by_role("link", name="取消").click()
    clerk.follows("登记发放")
    clerk.fills("实到人数", "5")
    for what, number in (("发出", "5"), ("未发", "11"), ("作废", "0")):
        clerk.fills(f"B票{what}", number)
    clerk.presses("登记")
    clerk.sees("已登记发放情况")
    return slips


def voting_is_opened(clerk: Person, screens: Screens) -> None:
    clerk.presses("开始投票")
    clerk.sees("投票开始。")
    screens.all_show("选票已收 0 / 5 张")


# --- phones ---------------------------------------------------------------------------------------


def a_phone(browser: WatchedBrowser) -> Page:
    return browser.page(width=390, height=844, has_touch=True, is_mobile=True)


def scans(phone: Page, address: str) -> None:
    phone.goto(address)
    expect(phone.locator(".ss-card")).to_be_visible()
    assert "#" not in phone.url
    fits(phone)


def types(phone: Page, address: str, letters: str) -> None:
    phone.goto(address.split("#")[0])
    phone.get_by_label("测评码").fill(letters.lower())
    phone.get_by_role("button", name="开始测评").click()
    expect(phone.locator(".ss-card")).to_be_visible()
    fits(phone)


def marks(phone: Page, given: Marks) -> None:
    """One after another with a thumb, up to the page before sending."""
    for row in given:
        items = phone.locator(".ss-item", has=phone.get_by_role("radiogroup"))
        for number, grade in enumerate(row):
            items.nth(number).locator(f".ss-choice:has(input[value={grade}])").tap()
        fits(phone)
        phone.locator(".ss-foot .ss-primary").tap()


def remarks(phone: Page, text: str) -> None:
    phone.locator(".ss-remark").fill(text)


def hands_in(phone: Page) -> None:
    phone.get_by_role("button", name=re.compile("^提交")).tap()


def arrives(phone: Page) -> str:
    """The code that stands on the phone when the ballot is in the box."""
    expect(phone.locator(".ss-status")).to_have_text(re.compile("^已送达"), timeout=30_000)
    found = re.search(r"[0-9A-Z]{16}", phone.locator(".ss-receipt").inner_text())
    assert found
    return found[0]


def thinks_again(phone: Page, receipt: str, given: Marks) -> str:
    phone.get_by_role("button", name="逐个评").tap()
    back = phone.get_by_role("button", name="上一位", exact=True)
    while back.is_enabled():
        back.tap()
    marks(phone, given)
    hands_in(phone)
    expect(phone.locator(".ss-receipt")).not_to_contain_text(receipt)
    return arrives(phone)


def a_leader_marks_by_name(leader: Person, screens: Screens) -> None:
    the_meeting_page(leader)
    leader.follows("评分表")
    leader.follows("开始评分")
    phone = leader.page
    marks(phone, [(GOOD, FAIRLY), (FAIRLY, FAIRLY), (FAIR, POOR), (GOOD, GOOD)])
    expect(phone.locator(".ss-status")).to_have_text(re.compile("^已送达"), timeout=30_000)
    phone.goto(f"{leader.url}/")
    the_meeting_page(leader)
    leader.follows("会议进展")
    screens.all_show("评分表已收 4 / 8 份")


def a_slip_used_on_paper_is_refused(phone: Page, address: str) -> None:
    phone.goto(address)
    expect(phone.locator("#code-error")).to_contain_text("已经用于纸质测评票")
    expect(phone.locator(".ss-card")).to_have_count(0)


# --- paper ----------------------------------------------------------------------------------------


def two_clerks_type_a_paper(first: Person, second: Person, address: str) -> None:
    """Its slip was glued on; a wrong key of the first is shown, and settled with the paper in hand."""
    the_papers(first)
    first.fills("纸票上的测评码", address)
    first.presses("核销")
    first.sees("已核销B票1张", "核销纸票 1 张")
    first.follows("录第一遍", exact=False)
    types_the_grid(first, MISREAD)
    the_papers(second)
    second.follows("录第二遍", exact=False)
    types_the_grid(second, ON_PAPER)
    the_papers(first)
    first.sees("两遍不一致", "第1号纸票还没有两遍录齐、核对一致。")
    first.follows("复看")
    first.sees("一般", "差", inside=first.row("乙镇", DIMENSIONS[1]).first)
    boxes = first.page.locator("input[data-cell]")
    assert [box.input_value() for box in boxes.all()].count("") == 2  # an abstention, and what is not agreed
    expect(boxes.nth(3)).to_be_focused()
    first.page.keyboard.type("4")
    first.presses("照票面定下")
    first.sees("已定下", "复看定下的 1 张")


def the_papers(clerk: Person) -> None:
    the_round(clerk)
    clerk.follows("纸质测评票")


def the_round(clerk: Person) -> None:
    the_meeting_page(clerk)
    clerk.follows("无记名测评")
    clerk.follows("述职评议民主测评")


def types_the_grid(clerk: Person, rows: list[tuple[str, str]]) -> None:
    """Without the mouse; the last digit leaves the button in focus."""
    boxes = clerk.page.locator("input[data-cell]")
    expect(boxes.first).to_be_focused()
    digits = [text for row in rows for text in row]
    clerk.page.keyboard.type("".join(digits))
    assert [box.input_value() for box in boxes.all()] == digits
    expect(clerk.page.get_by_role("button", name="录完，下一号")).to_be_focused()
    clerk.presses("录完，下一号")
    clerk.sees("第1号已录")


# --- the count ------------------------------------------------------------------------------------


def the_end_is_called(clerk: Person) -> None:
    """Too early the first time, which is taken back."""
    the_round(clerk)
    clerk.presses("宣布截止")
    clerk.presses("宣布早了，继续投票")
    clerk.sees("已撤回截止，投票继续。")
    clerk.presses("宣布截止")
    clerk.presses("封箱")
    clerk.sees("等候时间还没有到，现在还不能封箱。")


def the_box_is_shut(clerk: Person) -> None:
    """Four ballots came by phone, one of them instead of another."""
    expect(clerk.page.locator("#figures")).to_contain_text("等候时间已到，可以封箱", timeout=(GRACE + 20) * 1000)
    clerk.presses("封箱")
    clerk.sees("已封箱")
    clerk.sees("4（含修改前的旧票）", inside=clerk.page.locator(".meeting-facts"))


def the_box_is_opened_and_counted(clerk: Person, keys: list[str]) -> None:
    clerk.follows("开箱计票")
    clerk.fills("第1个信封的密钥", keys[0])
    clerk.fills("第2个信封的密钥", keys[2])
    clerk.fills("在场监票人", "韩某、杨某")
    clerk.presses("开箱计票")
    clerk.sees("发出 5，收回 4（手机 3、纸票 1），有效 4，无效 0，弃权 0")
    for caption, wanted in COUNTED.items():
        table = clerk.page.locator("table", has=clerk.page.locator("caption", has_text=caption))
        rows = table.locator("tbody tr").all()
        assert [" ".join(row.locator("td").all_inner_texts()) for row in rows] == wanted


def slips_and_ballots_balance(clerk: Person) -> None:
    """印制 = 发出 + 未发 + 作废, 收回 = 有效 + 无效 + 弃权."""
    the_round(clerk)
    cells = clerk.page.locator("#figures tbody td").all_inner_texts()
    voters, printed, issued, unissued, spoiled, returned, valid, invalid, abstained, out = map(int, cells)
    assert (voters, printed, issued, unissued, spoiled) == (5, 16, 5, 11, 0)
    assert (returned, valid, invalid, abstained, out) == (4, 4, 0, 0, 1)


def the_envelopes_are_shredded(clerk: Person) -> None:
    clerk.fills("在场监销人", "韩某、杨某")
    clerk.presses("登记信封已销毁")
    clerk.sees("本轮测评已经办结")


def finds_the_own_receipt(phone: Page, receipt: str) -> None:
    phone.reload()
    expect(phone.locator("#booth-check")).to_contain_text(f"公布的验票码中有您的{receipt}")
    fits(phone)
