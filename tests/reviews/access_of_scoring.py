"""Role × URL of scoring: a live meeting whose rater is the attendee, and the results of the year."""

from typing import Any

from reviews.models import BallotRound, Result
from reviews.models.ballot_sheets import describe_ballot
from tests.files import upload
from tests.reporting.rows import hand_in
from tests.reviews.rows_of_scoring import make_meeting, make_rater
from tests.world import ROLES, World


def row(default: int, **other: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, default) | {"anonymous": 302} | other


# Who neither prepares, attends nor reports at the meeting does not see it at all.
OUTSIDE = {"administrator": 404, "sibling_clerk": 404}
CLERK = row(403, clerk=200, **OUTSIDE)
CLERK_POSTS = row(403, clerk=302, **OUTSIDE)
BESIDE = row(200, secretary=403, staff=403, other_secretary=403, **OUTSIDE)
RATER = row(403, attendee=200, **OUTSIDE)
DECIDERS = row(403, clerk=200, leader=200, **OUTSIDE)
DECIDERS_POST = row(403, clerk=302, leader=302, **OUTSIDE)
# A year is seen by administrators too; raters do not see it.
YEAR = {"attendee": 404, "sibling_clerk": 404}
YEAR_CLERK = row(403, clerk=200, **YEAR)
REPORTER = {"other_secretary": 404, "attendee": 404, "administrator": 404, "sibling_clerk": 404}

TABLE: dict[str, dict[str, int]] = {
    "reviews:rater_list": CLERK,
    "reviews:rater_add": CLERK,
    "reviews:rater_take": CLERK,
    "reviews:sheet_list": RATER,
    # Beside the report of 乙镇: for who scores it, and for the committee; no reporter sees another's.
    "reviews:attachment_show": BESIDE,
    "reviews:attachment_preview": BESIDE,
    "reviews:attachment_open": BESIDE,
    "reviews:attachment_download": BESIDE,
    "reviews:sheet_edit": RATER,
    # POST: an empty sheet is refused by name.
    "reviews:sheet_submit": row(403, attendee=422, **OUTSIDE),
    "reviews:sheet_fill": RATER,
    # POST: without a key nothing is taken.
    "reviews:sheet_send": row(403, attendee=422, **OUTSIDE),
    "reviews:sheet_call": CLERK_POSTS,
    "reviews:sheet_resume": CLERK_POSTS,
    "reviews:paper_ballot_list": CLERK,
    "reviews:paper_ballot_enter": CLERK,
    # GET: a paper that nobody typed leads back to the list.
    "reviews:paper_ballot_decide": CLERK_POSTS,
    "reviews:paper_ballot_drop": CLERK_POSTS,
    "reviews:paper_ballot_paper": CLERK_POSTS,
    "reviews:key_in_list": CLERK,
    "reviews:sheet_key_in": CLERK,
    "reviews:scoring_progress": DECIDERS,
    "reviews:meeting_close": CLERK,
    "reviews:paper_list": DECIDERS,
    "reviews:packet_paper": DECIDERS_POST,
    "reviews:booklet_paper": DECIDERS_POST,
    "reviews:summary_paper": DECIDERS_POST,
    "reviews:form_paper": CLERK_POSTS,
    "reviews:result_list": row(403, clerk=200, leader=200, superior=200, **YEAR),
    "reviews:result_export": row(403, clerk=200, leader=200, superior=200, **YEAR),
    "reviews:result_compute": row(403, clerk=302, **YEAR),
    "reviews:component_score_edit": YEAR_CLERK,
    "reviews:grade_decide_proposed": YEAR_CLERK,
    "reviews:cycle_advance": YEAR_CLERK,
    "reviews:subordinate_list": row(404, clerk=200, leader=200, supervision=200, superior=200, administrator=403),
    "reviews:result_show": row(403, clerk=200, leader=200, superior=200, secretary=200, **REPORTER),
    "reviews:grade_decide": row(403, clerk=200, **REPORTER),
    "reviews:rater_remove": CLERK_POSTS,
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    meeting = make_meeting(world.cycle)
    rater = make_rater(meeting, world.user("attendee"))
    Result.objects.create(reporter=world.reporter)
    of_meeting, of_cycle = {"pk": meeting.pk}, {"pk": world.cycle.pk}
    sheet = {**of_meeting, "reporter_pk": world.other_reporter.pk}
    keyed = {"pk": rater.pk, "reporter_pk": world.other_reporter.pk}
    report = hand_in(world.other_reporter, by=world.user("other_secretary"), files=[upload()])
    file = {**of_meeting, "attachment_pk": report.attachments.get().pk}
    round_ = BallotRound.objects.create(meeting=meeting, title="测评", description=describe_ballot(meeting))
    pile = round_.piles.create(category=world.cycle.scheme.categories.all()[0], issued=9)
    own = {
        "reviews:paper_ballot_list": {"pk": round_.pk},
        "reviews:paper_ballot_paper": {"pk": round_.pk},
        "reviews:paper_ballot_enter": {"pk": pile.pk, "number": 1, "turn": 1},
        "reviews:paper_ballot_decide": {"pk": pile.pk, "number": 1},
        "reviews:paper_ballot_drop": {"pk": pile.pk},
        **{f"reviews:attachment_{name}": file for name in ("show", "preview", "open", "download")},
        "reviews:sheet_edit": sheet,
        "reviews:sheet_submit": sheet,
        "reviews:key_in_list": {"pk": rater.pk},
        "reviews:sheet_key_in": keyed,
        "reviews:rater_remove": {"pk": rater.pk},
        "reviews:subordinate_list": {"pk": world.county.pk, "year": world.cycle.year},
        "reviews:result_show": {"pk": world.reporter.pk},
        "reviews:grade_decide": {"pk": world.reporter.pk},
    }
    years = (
        "result_list",
        "result_export",
        "result_compute",
        "component_score_edit",
        "grade_decide_proposed",
        "cycle_advance",
    )
    return {
        **dict.fromkeys(TABLE, of_meeting),
        **dict.fromkeys([f"reviews:{name}" for name in years], of_cycle),
        **own,
    }
