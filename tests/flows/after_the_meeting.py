"""The list, the promise, the evidence, the answer."""

import dataclasses
import struct
import zlib
from pathlib import Path

from playwright.sync_api import expect

from tests.flows.before_the_meeting import the_page_of_the_year
from tests.flows.cast import FIRST, ReportingSecretary, Year
from tests.flows.person import Person


@dataclasses.dataclass(frozen=True)
class Plan:
    """What is written for an item; `due` is a day, or empty for what has no day yet; a number makes a target."""

    measure: str
    due_text: str = "X月底前"
    due: str = ""
    standing: bool = False
    at_least: str = ""


def there_is_a_list_for_everybody(clerk: Person, year: Year) -> None:
    clerk.chooses_from_menu("整改")
    clerk.sees(f"共 {len(year.reporters)} 份清单")
    for reporter in year.reporters:
        expect(clerk.page.get_by_role("link", name=reporter.label, exact=True)).to_have_count(1)


def the_list(person: Person, reporter: ReportingSecretary = FIRST, year: Year | None = None) -> None:
    """The only one, unless a year is given."""
    person.chooses_from_menu("整改")
    if year:
        person.selects("年度", f"{year.number}年度", exact=False)
        person.presses("查询")
    person.follows(reporter.label)


def the_item(person: Person, place: int, reporter: ReportingSecretary = FIRST, year: Year | None = None) -> None:
    the_list(person, reporter, year)
    person.follows(f"第 {place} 项")


def problems_become_common(clerk: Person, year: Year, common: str, *problems: str) -> None:
    the_page_of_the_year(clerk, year)
    clerk.follows("问题清单")
    for words in problems:
        clerk.row(words).get_by_role("checkbox").check()
    clerk.presses("归并所选问题")
    clerk.fills("归并后的问题", common)
    clerk.presses("归并")
    clerk.follows(common)
    clerk.sees(f"{len(problems)} 个单位")


def the_list_is_filled_in_and_handed_in(secretary: Person, reporter: ReportingSecretary, *plans: Plan) -> None:
    the_list(secretary, reporter)
    secretary.sees(f"整改事项（{len(plans)}）", f"还有 {len(plans)} 项没有填写完整")
    for place, plan in enumerate(plans, start=1):
        secretary.follows(f"填写 第 {place} 项", exact=False)
        fills_in(secretary, plan)
    secretary.follows("报审")
    secretary.presses("报审")
    secretary.sees("已报审")


def fills_in(secretary: Person, plan: Plan) -> None:
    secretary.fills("整改措施", plan.measure, inside=secretary.group("措施 1"))
    secretary.fills("责任人（文字）", "党建办主任***")
    if plan.standing:
        secretary.ticks("长期坚持")
    else:
        secretary.fills("整改时限（文字）", plan.due_text)
        secretary.fills("整改时限（日期）", plan.due)
    if plan.at_least:
        secretary.selects("量化要求", "不少于")
        secretary.fills("目标数", plan.at_least)
        secretary.fills("单位", "人")
    secretary.presses("保存")


def the_clerk_approves_the_list(clerk: Person, reporter: ReportingSecretary = FIRST, year: Year | None = None) -> None:
    the_list(clerk, reporter, year)
    clerk.follows("审定")
    clerk.presses("审定")
    clerk.sees("清单已审定")


def the_secretary_promises(secretary: Person, reporter: ReportingSecretary = FIRST, year: Year | None = None) -> None:
    the_list(secretary, reporter, year)
    secretary.follows("作出承诺")
    secretary.ticks("我已逐项看过整改清单，确认由本人作出以上承诺")
    secretary.presses("作出承诺")
    secretary.sees("承诺人：", reporter.name)


def progress_is_reported(secretary: Person, day: str, text: str, *, evidence: Path | None = None) -> None:
    """From the page of an item."""
    secretary.follows("填报进展")
    secretary.fills("日期", day)
    secretary.fills("进展情况", text)
    if evidence:
        secretary.attaches("佐证材料", evidence)
    secretary.presses("填报")
    secretary.sees(text)


def closing_is_applied_for(secretary: Person) -> None:
    secretary.follows("申请销号")
    secretary.presses("申请销号")
    secretary.sees("已申请销号")


def the_clerk_verifies_and_closes_the_item(clerk: Person, place: int, reporter: ReportingSecretary = FIRST) -> None:
    the_item(clerk, place, reporter)
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
