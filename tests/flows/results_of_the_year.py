"""What a meeting comes to: the remaining grades, and letters that are signed for."""

from tests.flows.at_the_meeting import the_meeting_page
from tests.flows.cast import FIRST, Year
from tests.flows.person import Person


def the_page_of_results(clerk: Person, year: Year) -> None:
    the_meeting_page(clerk, year)
    clerk.follows("评议结果")


def the_remaining_grades_are_decided_as_proposed(clerk: Person, year: Year, day: str, *, count: int) -> None:
    the_page_of_results(clerk, year)
    clerk.follows("按建议等次审定")
    clerk.sees(f"将录入以下 {count} 名述职人")
    clerk.fills("审定会议", "县委常委会第X次会议")
    clerk.fills("审定日期", day)
    clerk.presses("全部按建议等次录入")
    clerk.sees(f"已审定 {len(year.reporters)} 名")


def letters_are_drawn_up_and_issued(clerk: Person, year: Year) -> None:
    the_page_of_results(clerk, year)
    clerk.follows("反馈意见书")
    clerk.presses(f"起草（{len(year.reporters)}）")
    clerk.presses(f"发出（{len(year.reporters)}）")
    clerk.sees("未读", inside=clerk.row(FIRST.label))


def the_letter_is_signed_for(secretary: Person, year: Year, *words: str) -> None:
    secretary.chooses_from_menu("首页")
    secretary.follows("签收", inside=secretary.row(f"{year.number}年度"), exact=False)
    secretary.sees(*words)
    secretary.presses("已阅读，签收")
    secretary.sees("签收。")
