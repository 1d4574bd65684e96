"""What one year leaves to the next: items in the form, answers, the briefing, the comparison, the chain."""

from collections.abc import Mapping
from decimal import Decimal

from tests.flows.after_the_meeting import (
    Plan,
    fills_in,
    the_clerk_approves_the_list,
    the_item,
    the_list,
    the_secretary_promises,
)
from tests.flows.at_the_meeting import POINTED_OUT, the_meeting_page
from tests.flows.before_the_meeting import SECOND_PROBLEM, the_page_of_the_year
from tests.flows.cast import FIRST, ReportingSecretary, Year
from tests.flows.person import Person


def kept_promises_will_count(clerk: Person, year: Year) -> None:
    """The scheme of last year with one change: ten of the hundred for promises kept."""
    the_page_of_the_year(clerk, year)
    clerk.follows("考核方案")
    clerk.follows("修改方案")
    clerk.fills("权重（%）", "30", inside=clerk.group("组成 1"))
    clerk.clicks("添加一个组成部分")
    kept = clerk.group("组成 5")
    clerk.fills("组成部分", "承诺兑现", inside=kept)
    clerk.fills("权重（%）", "10", inside=kept)
    clerk.selects("来源", "承诺兑现率（系统计算）", inside=kept)
    clerk.presses("保存方案")
    clerk.sees("方案已保存。", "承诺兑现")


def what_is_unfinished_is_carried(clerk: Person, year: Year, *words: str) -> None:
    clerk.chooses_from_menu("首页")
    clerk.follows("去结转", exact=False, inside=clerk.row(f"{year.number}年度结转上年度事项"))
    clerk.sees(*words)
    clerk.presses("结转")
    clerk.sees("上年度事项已结转，并通知了有关单位。")


def answers_for_last_year(secretary: Person, year: Year, *answers: tuple[str, str]) -> None:
    """In the form, one after another: what became of it, and how."""
    for place, (status, explanation) in enumerate(answers, start=1):
        item = secretary.group(f"第 {place} 项 {year.number - 1}年度")
        secretary.ticks(status, inside=item)
        secretary.fills("情况说明", explanation, inside=item)


def the_briefing_tells_what_became_of_the_promises(host: Person, year: Year) -> None:
    the_meeting_page(host, year)
    host.follows("点评参考材料")
    host.follows(f"{FIRST.organization}书记 {FIRST.name}")
    host.sees("2026年度整改清单共 3 项：已销号 1 项，未完成 2 项", "兑现率83.3%")
    host.sees("去年就已承诺，为什么到现在没有完成？", "第二季度通报，第 1 名")


def kept_promises_count_in_the_result(clerk: Person) -> None:
    """(2 + 1×50%) ÷ 3 = 83.33; 91×30% + 88.5×20% + 89.59×30% + 93×10% + 83.33×10% = 89.51."""
    kept, composite = Decimal("83.33"), Decimal("89.51")
    parts = (("91", "0.3"), ("88.5", "0.2"), ("89.59", "0.3"), ("93", "0.1"), (str(kept), "0.1"))
    assert sum(Decimal(part) * Decimal(weight) for part, weight in parts).quantize(Decimal("0.01")) == composite
    clerk.follows(f"{composite} 计算过程 {FIRST.label}")
    clerk.sees("已完成2＋基本完成1×50%", str(kept), inside=clerk.row("承诺兑现"))
    clerk.sees(str(composite), inside=clerk.row("综合得分", "93.00×10"))


def the_year_is_compared_with_the_one_before(clerk: Person, year: Year) -> None:
    the_meeting_page(clerk, year)
    clerk.follows("评议结果")
    clerk.follows("对比分析")
    clerk.sees("89.51", "90.28", "-0.77", "较好（较好）", inside=clerk.row(FIRST.label))
    clerk.sees("72.00", "80.00", "-8.00", "一般（较好）", inside=clerk.row("乙镇党委"))


def the_secretary_has_a_sheet_of_both_years(clerk: Person, reporter: ReportingSecretary) -> None:
    clerk.follows("综合评价")
    clerk.follows("结果运用")
    clerk.follows("干部抓党建情况")
    clerk.follows(reporter.name)
    clerk.sees("较好", "89.51", inside=clerk.row("2027"))
    clerk.sees("较好", "90.28", "兑现率83.3%，3 项中销号 1 项", inside=clerk.row("2026", reporter.organization))


def the_list_begins_with_what_was_left(secretary: Person, year: Year, reporter: ReportingSecretary) -> None:
    """The old problem, to be planned anew; then what is kept up, as it was promised."""
    the_list(secretary, reporter, year)
    secretary.sees("整改事项（4）", "还有 3 项没有填写完整")
    rows = secretary.page.locator("main tbody tr")
    secretary.sees(SECOND_PROBLEM, "上年度结转", "流动党员多在***务工", "未填写", inside=rows.nth(0))
    secretary.sees(POINTED_OUT, "上年度结转", "一村一品", "长期坚持", inside=rows.nth(1))
    secretary.sees("述职自查", inside=rows.nth(2))
    secretary.sees("领导点评", inside=rows.nth(3))


def the_second_list_is_promised(
    secretary: Person, clerk: Person, year: Year, reporter: ReportingSecretary, old: Plan, plans: Mapping[int, Plan]
) -> None:
    """What was left is offered as it was planned last year, and planned anew; what is kept up stands already."""
    the_list(secretary, reporter, year)
    secretary.follows("填写 第 1 项", exact=False)
    secretary.sees("已经填入2026年度第2项的措施、责任人和目标")
    secretary.finds_written("整改措施", old.measure, inside=secretary.group("措施 1"))
    secretary.finds_written("责任人（文字）", "党建办主任***")
    secretary.finds_written("目标数", old.at_least)
    secretary.finds_written("整改时限（日期）", "")
    the_list(secretary, reporter, year)
    secretary.sees(f"还有 {len(plans)} 项没有填写完整")  # what was only looked at has not been written
    for place, plan in plans.items():
        secretary.follows(f"填写 第 {place} 项", exact=False)
        fills_in(secretary, plan)
    secretary.follows("报审")
    secretary.presses("报审")
    secretary.sees("已报审")
    the_clerk_approves_the_list(clerk, reporter, year)
    the_secretary_promises(secretary, reporter, year)
    secretary.sees(plans[1].measure, plans[1].due_text, "一村一品")


def the_matter_is_followed_over_both_years(secretary: Person, year: Year, reporter: ReportingSecretary) -> None:
    """From the first item of the new list to the old one with its promise, and back."""
    the_item(secretary, 1, reporter, year)
    secretary.sees(SECOND_PROBLEM, "上年度结转")
    chain = secretary.part("历年延续")
    secretary.sees("2026年度第 2 项", "已结转下年", "2027年度第 1 项", inside=chain)
    secretary.follows("2026年度第 2 项", inside=chain)
    secretary.sees("未完成，已转入下一年度整改清单继续整改。", "基本完成")
    secretary.sees("只联系上31名，补齐台账。", "新的时限：11月底前", inside=secretary.part("销号审核"))
    secretary.follows("2027年度第 1 项")
    secretary.sees("2027年度整改清单")
