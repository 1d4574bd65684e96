"""Between two meetings: quarters of progress, checks, sheets from the clock, a bulletin, and the marks of December."""

from tests.flows.after_the_meeting import the_item
from tests.flows.before_the_meeting import the_page_of_the_year
from tests.flows.cast import ReportingSecretary, Year
from tests.flows.person import Person

REMARK = "1项逾期，请尽快整改。"


def a_promise_is_checked(supervisor: Person, place: int, note: str, *, outcome: str = "坚持较好") -> None:
    """Somebody else than who promised looks at what has no day to be done by; the quarter is that of today."""
    the_item(supervisor, place)
    supervisor.follows("季度检查")
    supervisor.ticks(outcome)
    supervisor.fills("检查情况", note)
    supervisor.presses("登记")
    supervisor.sees("季度检查已登记", outcome, note)


def a_bulletin_is_published(supervisor: Person, year: Year, name: str, late: ReportingSecretary) -> None:
    """Kept in the year of the work, about the lists of the review before it; whoever is late has a word written."""
    supervisor.chooses_from_menu("首页")
    supervisor.follows("去拟稿", exact=False, inside=supervisor.row(f"{year.number}年度督查通报"))
    supervisor.presses(f"拟稿 {name}")
    supervisor.fills("正文", "多数单位按进度推进，个别单位逾期。")
    supervisor.fills("评语", REMARK, inside=supervisor.page.get_by_role("group").filter(has_text=late.label))
    supervisor.presses("保存")
    supervisor.sees("滞后 1", REMARK, inside=supervisor.row(late.label))
    supervisor.follows("印发")
    supervisor.presses("印发")
    supervisor.sees("已印发")


def the_bulletin_is_read(secretary: Person, name: str) -> None:
    secretary.chooses_from_menu("首页")
    secretary.follows("阅读", exact=False, inside=secretary.row(name))
    secretary.sees(REMARK)


def the_clerk_sends_it_back(clerk: Person, place: int, opinion: str, *, due_text: str, due: str) -> None:
    """补课: not closed, another deadline."""
    the_item(clerk, place)
    clerk.follows("审核销号")
    clerk.page.get_by_label("补课").check()
    clerk.fills("意见", opinion)
    clerk.fills("新的时限（文字）", due_text)
    clerk.fills("新的时限（日期）", due)
    clerk.presses("登记审核结果")
    clerk.sees(opinion, due_text)


def the_clock_has_sent_a_sheet(secretary: Person, sheet: str, place: int, reporter: ReportingSecretary) -> None:
    the_item(secretary, place, reporter)
    secretary.sees("逾期", "督促记录", sheet)


def another_deadline_is_agreed_on(secretary: Person, clerk: Person, place: int) -> None:
    the_item(secretary, place)
    secretary.follows("申请调整")
    secretary.fills("整改时限（文字）", "春节前")
    secretary.fills("整改时限（日期）", "2028-01-31")
    secretary.fills("调整的理由", "春节集中返乡时才能见面核对。")
    secretary.presses("报批")
    clerk.chooses_from_menu("首页")
    clerk.follows("去审批", exact=False)
    clerk.follows("流动党员", exact=False)
    clerk.sees("11月底前", "春节前")
    clerk.ticks("同意调整")
    clerk.presses("登记审批结果")


def the_county_is_asked_for_help(secretary: Person, clerk: Person, place: int) -> None:
    the_item(secretary, place)
    secretary.follows("提请上级协调")
    secretary.fills("需要协调解决的问题", "流入地党组织不肯接转。")
    secretary.presses("提请协调")
    clerk.opens("/escalations/")
    clerk.follows("答复")
    clerk.fills("答复意见", "由县委组织部发函协调。")
    clerk.presses("答复")
    secretary.page.reload()
    secretary.sees("由县委组织部发函协调。")


def promises_are_marked(clerk: Person, year: Year, reporter: ReportingSecretary, *marks: str, rate: str) -> None:
    """Each with what it is based on, where the verification has not said so already."""
    the_page_of_the_year(clerk, year)
    clerk.follows("承诺兑现")
    clerk.follows("评定", inside=clerk.row(reporter.label), exact=False)
    for choice, evidence, mark in zip(clerk.field("评定").all(), clerk.field("依据").all(), marks, strict=True):
        choice.select_option(label=mark)
        if not evidence.input_value():
            evidence.fill("抽查台账，走访党员。")
    clerk.presses("保存评定")
    clerk.sees(rate, inside=clerk.row(reporter.label))
