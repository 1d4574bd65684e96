"""A county of seventeen holds its review from an empty server to the printed summary, as its people do it.

One story told in steps; a step that fails has the name of what people were doing. What follows the meeting, and the
year after it, is told of fewer in `test_two_years`.
"""

from pathlib import Path

import pytest

from common import clock
from tests.browser import WatchedBrowser
from tests.flows.after_the_meeting import there_is_a_list_for_everybody
from tests.flows.at_the_meeting import (
    MARKS_OF_LEADER,
    MARKS_OF_RATER,
    a_rater_marks_on_a_phone,
    closing_names_who_has_no_comment,
    four_comments_are_made,
    nobody_marks_the_own_organization,
    the_agenda_has_four_items,
    the_grade_is_decided_with_a_reason,
    the_guests_and_nine_categories_are_entered,
    the_host_sees_only_how_many_sheets_are_in,
    the_last_comment_is_made,
    the_meeting_is_closed,
    the_meeting_is_opened,
    the_meeting_is_set_up,
    the_other_parts_are_typed_and_results_computed,
    the_reporters_speak,
    the_result_can_be_worked_out_by_hand,
    two_raters_are_named,
)
from tests.flows.before_the_meeting import (
    an_incomplete_report_is_refused_by_name,
    the_clerk_accepts_it,
    the_clerk_gets_an_account,
    the_clerk_returns_it,
    the_first_organization_is_entered,
    the_report_is_completed_and_handed_in,
    the_reporters_are_listed,
    the_scheme_is_looked_at,
    the_secretary_hands_it_in_again,
    the_server_is_set_up,
    the_year_is_opened,
    the_year_moves_on,
    three_of_one_name_are_told_apart,
)
from tests.flows.cast import REPORTERS, Year
from tests.flows.county import County
from tests.flows.papers_of_the_meeting import (
    the_agenda_is_printed,
    the_packet_is_printed,
    the_script_is_printed,
    the_summary_is_printed,
)
from tests.stack import Stack

pytestmark = pytest.mark.browser


def test_a_county_holds_its_review(empty_stack: Stack, browser: WatchedBrowser, tmp_path: Path) -> None:
    browser.expect_error("status of 422")  # a mark of 101, a grade without its reason
    county = County(empty_stack, browser, tmp_path)
    year = Year(2026)
    administrator = the_server_is_set_up(county)
    clerk = the_clerk_gets_an_account(county, administrator)
    secretary = the_first_organization_is_entered(county, administrator)
    county.asks("enter_the_others")

    the_year_is_opened(clerk, year)
    the_scheme_is_looked_at(clerk)
    the_reporters_are_listed(clerk, year)
    three_of_one_name_are_told_apart(clerk)
    the_year_moves_on(clerk, year, "撰写与审核报告")

    an_incomplete_report_is_refused_by_name(secretary, year)
    the_report_is_completed_and_handed_in(secretary)
    the_clerk_returns_it(clerk, year)
    the_secretary_hands_it_in_again(secretary, year)
    the_clerk_accepts_it(clerk, year)
    county.asks("file_the_other_reports")

    the_meeting_is_set_up(clerk, year)
    the_guests_and_nine_categories_are_entered(clerk)
    the_agenda_has_four_items(clerk, year)
    two_raters_are_named(clerk, year)
    the_agenda_is_printed(county, clerk, year)
    the_script_is_printed(county, clerk, year)
    the_packet_is_printed(county, clerk, year)

    host = county.somebody()
    host.signs_in("shuji")
    leader = county.somebody_on_a_phone()
    leader.signs_in("changwei")
    rater = county.somebody_on_a_phone()
    rater.signs_in("pingyi")
    the_meeting_is_opened(clerk, year)
    the_reporters_speak(clerk, year)
    four_comments_are_made(host, leader, year)
    closing_names_who_has_no_comment(clerk, year)
    the_last_comment_is_made(host, year)
    a_rater_marks_on_a_phone(leader, year, MARKS_OF_LEADER)
    a_rater_marks_on_a_phone(rater, year, MARKS_OF_RATER)
    nobody_marks_the_own_organization(rater, year, REPORTERS[-1], 1)
    the_host_sees_only_how_many_sheets_are_in(host, year, "应评 33 份，已交 2 份")
    county.asks("mark_everybody_else")
    the_meeting_is_closed(clerk, year)
    there_is_a_list_for_everybody(clerk, year)

    the_other_parts_are_typed_and_results_computed(clerk, year)
    the_result_can_be_worked_out_by_hand(clerk)
    the_grade_is_decided_with_a_reason(clerk, clock.today().isoformat())
    the_summary_is_printed(county, clerk, year)
    the_year_moves_on(clerk, year, "列清单、作承诺")
