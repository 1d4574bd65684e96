"""Role × URL of what comes of results: corrections, publishing, letters, papers, tables out of and into Excel."""

import datetime as dt
from typing import Any

from common import clock
from reviews.models import Correction, FeedbackLetter, Publication, Result
from tests.reviews.access_of_scoring import REPORTER, YEAR, YEAR_CLERK, row
from tests.reviews.access_of_use import KEEP_REPORTER, READ
from tests.world import World

READ_POSTS = row(403, clerk=302, leader=302, superior=302, **YEAR)
CLERK_POSTS = row(403, clerk=302, **YEAR)
# The letter of 甲乡 has been issued: its secretary reads it; the supervision office and superiors do not.
LETTER = row(404, clerk=200, leader=200, secretary=200)

TABLE: dict[str, dict[str, int]] = {
    "reviews:result_compare": READ,
    "reviews:result_formulas": READ,
    "reviews:result_verify": READ_POSTS,
    "reviews:result_paper_list": READ,
    "reviews:opinion_paper": READ_POSTS,
    "reviews:tally_table_paper": READ_POSTS,
    "reviews:ranking_paper": READ_POSTS,
    "reviews:component_score_import": YEAR_CLERK,
    "reviews:component_score_template": YEAR_CLERK,
    "reviews:correction_create": KEEP_REPORTER,
    # Proposed by the clerk, so that somebody else answers it.
    "reviews:correction_answer": row(403, leader=200, **REPORTER),
    "reviews:correction_withdraw": row(403, clerk=302, leader=403, superior=403, **REPORTER),
    "reviews:publication_create": YEAR_CLERK,
    # Published to those who report in the year.
    "reviews:publication_show": row(200, attendee=404, administrator=404, sibling_clerk=404),
    "reviews:letter_list": READ,
    "reviews:letter_draft": CLERK_POSTS,
    "reviews:letter_issue": CLERK_POSTS,
    "reviews:letter_remind": CLERK_POSTS,
    "reviews:letter_packet": CLERK_POSTS,
    "reviews:letter_show": LETTER,
    "reviews:letter_edit": LETTER | {"leader": 403, "secretary": 403},
    "reviews:letter_acknowledge": LETTER | {"clerk": 403, "leader": 403, "secretary": 302},
    "reviews:letter_paper": LETTER | {"clerk": 302, "leader": 302, "secretary": 302},
}


def objects(world: World) -> dict[str, dict[str, Any]]:
    clerk, reporter = world.user("clerk"), world.reporter
    result, _ = Result.objects.get_or_create(reporter=reporter)
    correction = Correction.objects.create(
        result=result,
        grade=world.cycle.scheme.grades.first(),
        deciding_meeting="县委常委会会议",
        decided_on=dt.date(2026, 6, 1),
        reason="算错",
        proposed_by=clerk,
        proposed_at=clock.now(),
    )
    Publication.objects.create(cycle=world.cycle, readers="reporters", at=clock.now(), by=clerk)
    letter = FeedbackLetter.objects.create(reporter=reporter, issued_at=clock.now(), issued_by=clerk)
    kinds = {
        "correction_create": {"pk": reporter.pk},
        "correction_answer correction_withdraw": {"pk": correction.pk},
        "letter_show letter_edit letter_acknowledge letter_paper": {"pk": letter.pk},
    }
    return {
        **{key: {"pk": world.cycle.pk} for key in TABLE},
        **{f"reviews:{name}": kwargs for names, kwargs in kinds.items() for name in names.split()},
    }
