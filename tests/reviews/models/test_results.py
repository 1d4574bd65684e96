import pytest

from reporting.rules.reports import ReportState
from reviews.models.results import result_rows
from tests.reviews.rows_of_scoring import make_report
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_who_was_judged_without_an_accepted_report_is_marked() -> None:
    world = build_world()
    make_report(world.reporter)
    make_report(world.other_reporter, state=ReportState.RETURNED)
    marked = {row.reporter.organization.name for row in result_rows(world.cycle) if not row.has_report}
    assert marked == {"乙镇党委"}
