"""Two years of a county, one after the other, by its people in the browser; the second begins from what the first left.

The same chapters tell both years. Only the day is set from outside, and what the clock starts of itself.
"""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser import WatchedBrowser
from tests.flows.after_the_meeting import (
    Plan,
    a_photograph,
    closing_is_applied_for,
    problems_become_common,
    progress_is_reported,
    the_clerk_approves_the_list,
    the_clerk_verifies_and_closes_the_item,
    the_item,
    the_list,
    the_list_is_filled_in_and_handed_in,
    the_secretary_promises,
    there_is_a_list_for_everybody,
)
from tests.flows.at_the_meeting import (
    MARKS_OF_LEADER,
    MARKS_OF_RATER,
    POINTED_OUT,
    a_rater_marks_on_a_phone,
    closing_names_who_has_no_comment,
    makes_a_comment,
    marks_the_others,
    nobody_marks_the_own_organization,
    the_agenda_has_four_items,
    the_grade_is_decided_with_a_reason,
    the_guests_and_nine_categories_are_entered,
    the_host_sees_only_how_many_sheets_are_in,
    the_meeting_is_closed,
    the_meeting_is_opened,
    the_meeting_is_set_up,
    the_other_parts_are_typed_and_results_computed,
    the_reporters_speak,
    the_result_can_be_worked_out_by_hand,
    two_raters_are_named,
)
from tests.flows.before_the_meeting import (
    FIRST_PROBLEM,
    SECOND_PROBLEM,
    an_incomplete_report_is_refused_by_name,
    hands_the_report_in,
    the_clerk_accepts_it,
    the_clerk_returns_it,
    the_desk_is_cleared,
    the_report_is_completed_and_handed_in,
    the_report_page,
    the_reporters_are_listed,
    the_secretary_hands_it_in_again,
    the_server_is_set_up,
    the_year_is_opened,
    the_year_moves_on,
    writes_problems,
    writes_the_texts,
)
from tests.flows.cast import CLERK, HOST, LEADER, OFFICIALS, RATER, SUPERVISOR, THREE, ReportingSecretary, Year
from tests.flows.county import County
from tests.flows.moving_in import slips_open_the_accounts, the_register_comes_from_a_workbook
from tests.flows.next_year import (
    answers_for_last_year,
    kept_promises_count_in_the_result,
    kept_promises_will_count,
    the_briefing_tells_what_became_of_the_promises,
    the_list_begins_with_what_was_left,
    the_matter_is_followed_over_both_years,
    the_second_list_is_promised,
    the_secretary_has_a_sheet_of_both_years,
    the_year_is_compared_with_the_one_before,
    what_is_unfinished_is_carried,
)
from tests.flows.results_of_the_year import (
    letters_are_drawn_up_and_issued,
    the_letter_is_signed_for,
    the_remaining_grades_are_decided_as_proposed,
)
from tests.flows.work_of_the_year import (
    a_bulletin_is_published,
    a_promise_is_checked,
    another_deadline_is_agreed_on,
    promises_are_marked,
    the_bulletin_is_read,
    the_clerk_sends_it_back,
    the_clock_has_sent_a_sheet,
    the_county_is_asked_for_help,
)
from tests.stack import Stack

pytestmark = pytest.mark.browser

TOWN, OTHER_TOWN, OFFICE = THREE
ABROAD = "外出党员底数不清，教育管理跟不上。"
COMMON = "外出流动党员的联系、教育和管理跟不上。"


@dataclasses.dataclass(frozen=True)
class Told:
    """What is said in one year: problems of the reports, answers for the year before, problems of the comments."""

    problems: Mapping[ReportingSecretary, tuple[str, ...]]
    comments: Mapping[ReportingSecretary, str]
    answers: Mapping[ReportingSecretary, tuple[tuple[str, str], ...]] = dataclasses.field(default_factory=dict)


FIRST_YEAR = Told(
    problems={OTHER_TOWN: (ABROAD,), OFFICE: ("对学校党建过问少。",)},  # the town's own are typed as the story goes
    comments={TOWN: POINTED_OUT, OTHER_TOWN: "村级活动场所使用率不高。"},
)
SECOND_YEAR = Told(
    problems={
        TOWN: ("村干部后继乏人，我谋划不早。",),
        OTHER_TOWN: ("两新组织我抓得少。",),
        OFFICE: ("民办学校是短板。",),
    },
    comments={TOWN: "流动党员的事还没有办成，要抓到底。", OTHER_TOWN: "台账拖了一年，要当第一件事来办。"},
    answers={
        TOWN: (("未完成", "联系上31名，其余春节返乡时补齐。"), ("长期坚持", "一村一品坚持了一年。")),
        OTHER_TOWN: (("未完成", "台账没有建起来。"), ("未完成", "只有2个村做到。")),
    },
)
PLANS = {
    TOWN: (
        Plan("每月到村2天，***负责跟踪。", "6月底前", "2027-06-30"),
        Plan("逐人建台账，每季度联系一次。", "9月底前", "2027-09-30", at_least="80"),
        Plan("一村一品，年年打磨。", standing=True),
    ),
    OTHER_TOWN: (
        Plan("建立外出党员台账。", "6月底前", "2027-06-30"),
        Plan("每村一个载体。", "12月底前", "2027-12-31"),
    ),
    OFFICE: (Plan("学校支部书记每月上一次党课。", "9月底前", "2027-09-30"),),
}
# By place in the town's second list; the second item goes on as it was promised.
SECOND_PLANS = {
    1: Plan("春节前后集中见面，台账逐人补齐。", "3月底前", "2028-03-31", at_least="90"),
    3: Plan("每村培养2名后备干部。", "10月底前", "2028-10-31"),
    4: Plan("书记每月听一次汇报。", "6月底前", "2028-06-30"),
}


def test_two_consecutive_years(moved_stack: Stack, browser: WatchedBrowser, tmp_path: Path) -> None:
    browser.expect_error("status of 422")  # a mark of 101, a grade without its reason
    county = County(moved_stack, browser, tmp_path)
    first, second = Year(2026, THREE), Year(2027, THREE)

    county.has_the_day("2026-12-01")
    the_county_moves_in(county)
    the_first_year_begins(county, first)
    reports_are_written(county, first, FIRST_YEAR)
    the_meeting_is_held(county, first, FIRST_YEAR, day="2027-01-15")
    results_are_decided(county, first, day="2027-01-20")
    lists_are_promised(county, first, day="2027-01-25")

    the_next_year_is_opened(county, second, day="2027-02-20")
    promises_are_worked_on(county, second)
    promises_are_judged(county, first, day="2027-12-06")

    the_second_year_begins_from_the_first(county, second)
    reports_are_written(county, second, SECOND_YEAR)
    the_meeting_is_held(county, second, SECOND_YEAR, day="2028-01-14")
    the_second_year_is_compared_with_the_first(county, second, day="2028-01-20")
    the_second_list_begins_with_the_old_problem_and_is_promised(county, second)


# --- the chapters of both years -------------------------------------------------------------------


def reports_are_written(county: County, year: Year, told: Told) -> None:
    for reporter, problems in told.problems.items():
        secretary = county[reporter.name]
        the_report_page(secretary, year, reporter)
        answers_for_last_year(secretary, year, *told.answers.get(reporter, ()))
        writes_the_texts(secretary)
        writes_problems(secretary, *problems)
        hands_the_report_in(secretary, *problems)
    the_desk_is_cleared(county[CLERK.name], *told.problems)


def the_meeting_is_held(county: County, year: Year, told: Told, *, day: str) -> None:
    clerk, host, leader, rater = (county[name] for name in (CLERK.name, HOST, LEADER, RATER))
    county.has_the_day(day)
    the_meeting_is_set_up(clerk, year)
    the_guests_and_nine_categories_are_entered(clerk)
    the_agenda_has_four_items(clerk, year)
    two_raters_are_named(clerk, year)
    the_meeting_is_opened(clerk, year)
    if told.answers:
        the_briefing_tells_what_became_of_the_promises(host, year)
    the_reporters_speak(clerk, year)
    makes_a_comment(host, year, HOST, TOWN.label, problem=told.comments[TOWN])
    closing_names_who_has_no_comment(clerk, year)
    makes_a_comment(leader, year, LEADER, OTHER_TOWN.label, problem=told.comments[OTHER_TOWN])
    a_rater_marks_on_a_phone(leader, year, MARKS_OF_LEADER)
    a_rater_marks_on_a_phone(rater, year, MARKS_OF_RATER)
    marks_the_others(leader, year, "80")
    marks_the_others(rater, year, "80", but=OFFICE)
    nobody_marks_the_own_organization(rater, year, OFFICE, 2)
    the_host_sees_only_how_many_sheets_are_in(host, year, "应评 5 份，已交 5 份")
    the_meeting_is_closed(clerk, year)
    the_other_parts_are_typed_and_results_computed(clerk, year)


# --- the first year -------------------------------------------------------------------------------


def the_county_moves_in(county: County) -> None:
    administrator = the_server_is_set_up(county)
    the_register_comes_from_a_workbook(county, administrator, THREE)
    slips_open_the_accounts(county, administrator, [each.name for each in (*THREE, CLERK, *OFFICIALS)])


def the_first_year_begins(county: County, year: Year) -> None:
    """One of the three hands in twice before the report is accepted."""
    clerk, secretary = county[CLERK.name], county[TOWN.name]
    the_year_is_opened(clerk, year)
    the_reporters_are_listed(clerk, year)
    the_year_moves_on(clerk, year, "撰写与审核报告")
    an_incomplete_report_is_refused_by_name(secretary, year)
    the_report_is_completed_and_handed_in(secretary)
    the_clerk_returns_it(clerk, year)
    the_secretary_hands_it_in_again(secretary, year)
    the_clerk_accepts_it(clerk, year)


def results_are_decided(county: County, year: Year, *, day: str) -> None:
    clerk = county[CLERK.name]
    county.has_the_day(day)
    the_result_can_be_worked_out_by_hand(clerk)
    the_grade_is_decided_with_a_reason(clerk, day)
    the_remaining_grades_are_decided_as_proposed(clerk, year, day, count=2)
    letters_are_drawn_up_and_issued(clerk, year)
    the_letter_is_signed_for(county[TOWN.name], year, "较好", POINTED_OUT)


def lists_are_promised(county: County, year: Year, *, day: str) -> None:
    clerk = county[CLERK.name]
    county.has_the_day(day)
    the_year_moves_on(clerk, year, "列清单、作承诺")
    there_is_a_list_for_everybody(clerk, year)
    problems_become_common(clerk, year, COMMON, SECOND_PROBLEM, ABROAD)
    for reporter, plans in PLANS.items():
        the_list_is_filled_in_and_handed_in(county[reporter.name], reporter, *plans)
        the_clerk_approves_the_list(clerk, reporter)
        the_secretary_promises(county[reporter.name], reporter)
    town = county[TOWN.name]
    the_list(town)
    town.sees(FIRST_PROBLEM, SECOND_PROBLEM, POINTED_OUT)
    town.follows("任务清单")
    town.sees("2.1", PLANS[TOWN][1].measure, "党建办主任***", "不少于80人")
    the_year_moves_on(clerk, year, "督查整改")


# --- the work between -----------------------------------------------------------------------------


def the_next_year_is_opened(county: County, year: Year, *, day: str) -> None:
    clerk = county[CLERK.name]
    county.has_the_day(day)
    the_year_is_opened(clerk, year, source=f"沿用青岚县委{year.number - 1}年度")
    clerk.sees(f"沿用{year.number - 1}年度名单列入述职人3名")
    kept_promises_will_count(clerk, year)


def promises_are_worked_on(county: County, year: Year) -> None:
    """Four quarters: one closed, one sent back and put off, one kept up and checked, one late."""
    clerk, supervisor = county[CLERK.name], county[SUPERVISOR]
    town, other_town, office = (county[reporter.name] for reporter in THREE)

    county.has_the_day("2027-03-28")
    the_item(town, 1)
    photograph = a_photograph(county.folder / "现场照片.png")
    progress_is_reported(town, "2027-03-26", "到两个村参加组织生活，整改了***个问题。", evidence=photograph)
    town.sees("现场照片.png")
    a_promise_is_checked(supervisor, 3, "查看了三个村，载体各有特色。")

    county.has_the_day("2027-06-28")
    the_item(town, 1)
    closing_is_applied_for(town)
    the_clerk_verifies_and_closes_the_item(clerk, 1)
    a_promise_is_checked(supervisor, 3, "又看了两个村，坚持得住。")

    county.has_the_day("2027-07-09", works=True)
    the_clock_has_sent_a_sheet(other_town, "催办单", 1, OTHER_TOWN)
    a_bulletin_is_published(supervisor, year, "第二季度通报", OTHER_TOWN)
    the_bulletin_is_read(other_town, "第二季度通报")

    county.has_the_day("2027-09-25")
    the_item(office, 1, OFFICE)
    progress_is_reported(office, "2027-09-20", "10所学校支部书记都上了党课。")
    closing_is_applied_for(office)
    the_clerk_verifies_and_closes_the_item(clerk, 1, OFFICE)
    the_item(town, 2)
    progress_is_reported(town, "2027-09-24", "联系上31名。")
    closing_is_applied_for(town)
    the_clerk_sends_it_back(clerk, 2, "只联系上31名，补齐台账。", due_text="11月底前", due="2027-11-30")
    another_deadline_is_agreed_on(town, clerk, 2)
    the_county_is_asked_for_help(town, clerk, 2)
    town.sees("春节前", "补课", "由县委组织部发函协调。")
    a_promise_is_checked(supervisor, 3, "第三季度照旧。")

    county.has_the_day("2027-12-05")
    a_promise_is_checked(supervisor, 3, "第四季度照旧。")


def promises_are_judged(county: County, year: Year, *, day: str) -> None:
    clerk = county[CLERK.name]
    county.has_the_day(day)
    the_year_moves_on(clerk, year, "年终考核")
    promises_are_marked(clerk, year, TOWN, "已完成", "基本完成", "已完成", rate="83.3%")
    promises_are_marked(clerk, year, OTHER_TOWN, "未完成", "未完成", rate="0.0%")
    promises_are_marked(clerk, year, OFFICE, "已完成", rate="100.0%")
    the_year_moves_on(clerk, year, "已办结")


# --- the second year ------------------------------------------------------------------------------


def the_second_year_begins_from_the_first(county: County, year: Year) -> None:
    """What was named in the hall in January stands in the form of December, with what was unfinished besides."""
    clerk, secretary = county[CLERK.name], county[TOWN.name]
    the_year_moves_on(clerk, year, "撰写与审核报告")
    clerk.follows("进入下一阶段")
    clerk.sees("上年度的事项还没有结转", "甲乡党委（X01）2项", "乙镇党委（X02）2项")
    what_is_unfinished_is_carried(clerk, year, "将 4 项列入2027年度述职报告", SECOND_PROBLEM, POINTED_OUT, ABROAD)
    the_report_page(secretary, year)
    secretary.sees("2026年度整改承诺共3项", "兑现率83.3%")
    late = secretary.group("第 1 项 2026年度")
    secretary.sees(SECOND_PROBLEM, PLANS[TOWN][1].measure, "整改中", "年终评定：基本完成", inside=late)
    secretary.sees(POINTED_OUT, PLANS[TOWN][2].measure, inside=secretary.group("第 2 项 2026年度"))
    secretary.does_not_see(FIRST_PROBLEM)


def the_second_year_is_compared_with_the_first(county: County, year: Year, *, day: str) -> None:
    clerk = county[CLERK.name]
    county.has_the_day(day)
    kept_promises_count_in_the_result(clerk)
    the_remaining_grades_are_decided_as_proposed(clerk, year, day, count=3)
    the_year_is_compared_with_the_one_before(clerk, year)
    the_secretary_has_a_sheet_of_both_years(clerk, TOWN)


def the_second_list_begins_with_the_old_problem_and_is_promised(county: County, year: Year) -> None:
    clerk, secretary = county[CLERK.name], county[TOWN.name]
    the_year_moves_on(clerk, year, "列清单、作承诺")
    the_list_begins_with_what_was_left(secretary, year, TOWN)
    the_second_list_is_promised(secretary, clerk, year, TOWN, PLANS[TOWN][1], SECOND_PLANS)
    the_matter_is_followed_over_both_years(secretary, year, TOWN)
