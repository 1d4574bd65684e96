"""A county holds its review from an empty server to the first closed item, as its people do it.

One story told in steps; a step that fails has the name of what people were doing.
"""

from pathlib import Path

import pytest

from tests.browser import WatchedBrowser
from tests.flows.after_the_meeting import (
    progress_is_reported_with_evidence,
    the_clerk_approves_the_list,
    the_clerk_verifies_and_closes_the_item,
    the_list_is_filled_in_and_handed_in,
    the_secretary_promises,
    there_are_seventeen_lists,
)
from tests.flows.at_the_meeting import (
    MARKS_OF_LEADER,
    MARKS_OF_RATER,
    a_rater_marks_on_a_phone,
    closing_names_who_has_no_comment,
    five_reporters_speak,
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
    the_result_can_be_worked_out_by_hand,
    two_raters_are_named,
)
from tests.flows.before_the_meeting import (
    an_incomplete_report_is_refused_by_name,
    seventeen_reporters_are_listed,
    the_clerk_accepts_it,
    the_clerk_gets_an_account,
    the_clerk_returns_it,
    the_first_organization_is_entered,
    the_report_is_completed_and_handed_in,
    the_scheme_is_looked_at,
    the_secretary_hands_it_in_again,
    the_server_is_set_up,
    the_year_is_opened,
    the_year_moves_on,
)
from tests.flows.county import County
from tests.flows.papers_of_the_meeting import (
    the_agenda_is_printed,
    the_packet_is_printed,
    the_script_is_printed,
    the_summary_is_printed,
)
from tests.stack import Stack

pytestmark = pytest.mark.browser


def test_a_county_holds_its_review(stack: Stack, browser: WatchedBrowser, tmp_path: Path) -> None:
    browser.expect_error("status of 422")  # a mark of 101, a grade without its reason
    county = County(stack, browser, tmp_path)
    administrator = the_server_is_set_up(county)
    clerk = the_clerk_gets_an_account(county, administrator)
    secretary = the_first_organization_is_entered(county, administrator)
    county.asks("enter_the_others")

    the_year_is_opened(clerk)
    the_scheme_is_looked_at(clerk)
    seventeen_reporters_are_listed(clerk)
    the_year_moves_on(clerk, "撰写与审核报告")

    an_incomplete_report_is_refused_by_name(secretary)
    the_report_is_completed_and_handed_in(secretary)
    the_clerk_returns_it(clerk)
    the_secretary_hands_it_in_again(secretary)
    the_clerk_accepts_it(clerk)
    county.asks("file_the_other_reports")

    the_meeting_is_set_up(clerk)
    the_guests_and_nine_categories_are_entered(clerk)
    the_agenda_has_four_items(clerk)
    two_raters_are_named(clerk)
    the_agenda_is_printed(county, clerk)
    the_script_is_printed(county, clerk)
    the_packet_is_printed(county, clerk)

    host = county.somebody()
    host.signs_in("shuji")
    leader = county.somebody_on_a_phone()
    leader.signs_in("changwei")
    rater = county.somebody_on_a_phone()
    rater.signs_in("pingyi")
    the_meeting_is_opened(clerk)
    five_reporters_speak(clerk)
    four_comments_are_made(host, leader)
    closing_names_who_has_no_comment(clerk)
    the_last_comment_is_made(host)
    a_rater_marks_on_a_phone(leader, MARKS_OF_LEADER)
    a_rater_marks_on_a_phone(rater, MARKS_OF_RATER)
    nobody_marks_the_own_organization(rater)
    the_host_sees_only_how_many_sheets_are_in(host)
    county.asks("mark_everybody_else")
    the_meeting_is_closed(clerk)

    there_are_seventeen_lists(clerk)
    the_list_is_filled_in_and_handed_in(secretary)
    the_clerk_approves_the_list(clerk)
    the_secretary_promises(secretary)
    progress_is_reported_with_evidence(secretary, tmp_path)
    the_clerk_verifies_and_closes_the_item(clerk)

    the_other_parts_are_typed_and_results_computed(clerk)
    the_result_can_be_worked_out_by_hand(clerk)
    the_grade_is_decided_with_a_reason(clerk)
    the_summary_is_printed(county, clerk)
    the_year_moves_on(clerk, "列清单、作承诺")
