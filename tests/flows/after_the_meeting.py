"""The list, the promise, the evidence, the answer."""

import struct
import zlib
from pathlib import Path

from playwright.sync_api import expect

from tests.flows.at_the_meeting import POINTED_OUT
from tests.flows.before_the_meeting import FIRST_PROBLEM, SECOND_PROBLEM
from tests.flows.cast import FIRST, REPORTERS, YEAR
from tests.flows.person import Person


def there_are_seventeen_lists(clerk: Person) -> None:
    clerk.chooses_from_menu("整改")
    clerk.sees("共 17 份清单")
    for reporter in REPORTERS:
        expect(clerk.page.get_by_role("link", name=reporter.label, exact=True)).to_have_count(1)


def the_own_list(person: Person) -> None:
    person.chooses_from_menu("整改")
    person.follows(FIRST.label)


def the_list_is_filled_in_and_handed_in(secretary: Person) -> None:
    """Two problems of the report and one of the comment, word for word."""
    the_own_list(secretary)
    secretary.sees(FIRST_PROBLEM, SECOND_PROBLEM, POINTED_OUT, "整改事项（3）", "还有 3 项没有填写完整")
    for place in (1, 2, 3):
        secretary.follows(f"填写 第 {place} 项", exact=False)
        secretary.fills("整改措施", f"措施{place}：每月到村2天，***负责跟踪。", inside=secretary.group("措施 1"))
        secretary.fills("责任人（文字）", "党建办主任***")
        secretary.fills("整改时限（文字）", "X月底前")
        secretary.presses("保存")
    secretary.follows("报审")
    secretary.presses("报审")
    secretary.sees("已报审")


def the_clerk_approves_the_list(clerk: Person) -> None:
    the_own_list(clerk)
    clerk.follows("审定")
    clerk.presses("审定")
    clerk.sees("清单已审定")


def the_secretary_promises(secretary: Person) -> None:
    the_own_list(secretary)
    secretary.follows("作出承诺")
    secretary.ticks("我已逐项看过整改清单，确认由本人作出以上承诺")
    secretary.presses("作出承诺")
    secretary.sees("承诺人：", FIRST.name)


def progress_is_reported_with_evidence(secretary: Person, folder: Path) -> None:
    secretary.follows("填报进展 第 1 项", exact=False)
    secretary.fills("日期", f"{YEAR}-11-20")
    secretary.fills("进展情况", "到两个村参加组织生活，整改了***个问题。")
    secretary.attaches("佐证材料", a_photograph(folder / "现场照片.png"))
    secretary.presses("填报")
    secretary.sees("现场照片.png")
    secretary.follows("申请销号")
    secretary.presses("申请销号")
    secretary.sees("已申请销号")


def the_clerk_verifies_and_closes_the_item(clerk: Person) -> None:
    the_own_list(clerk)
    clerk.follows("第 1 项")
    expect(clerk.page.get_by_role("link", name="现场照片.png")).to_be_visible()
    clerk.follows("审核销号")
    clerk.ticks("审核通过，准予销号")
    clerk.presses("登记审核结果")
    clerk.sees("已销号")


def a_photograph(path: Path) -> Path:
    """The smallest PNG: one white point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
    return path
