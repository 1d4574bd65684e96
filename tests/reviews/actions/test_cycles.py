import pytest
from django.core.exceptions import PermissionDenied

from common.flow import TransitionNotAllowed
from reporting.rules.cycles import CYCLE_FLOW, CyclePhase
from reviews.actions.cycles import advance_cycle
from reviews.models import Result
from reviews.rules.cycles import CycleBlockedError
from reviews.rules.meetings import MeetingState
from tests.reviews.rows_of_scoring import make_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


def at(world: World, phase: str):
    world.cycle.phase = phase
    world.cycle.save()
    return world.cycle


def test_missing_reports_warn_but_do_not_forbid(world):
    cycle = advance_cycle(at(world, CyclePhase.REPORTING), "open_meeting", by=world.user("clerk"))

    assert cycle.phase == CyclePhase.MEETING


def test_rectification_waits_for_the_end_of_the_meeting(world):
    cycle = at(world, CyclePhase.MEETING)
    with pytest.raises(CycleBlockedError, match="还没有召开述职评议会"):
        advance_cycle(cycle, "open_rectification", by=world.user("clerk"))
    meeting = make_meeting(cycle)
    with pytest.raises(CycleBlockedError, match="述职评议会还没有结束：述职评议会。"):
        advance_cycle(cycle, "open_rectification", by=world.user("clerk"))
    meeting.state = MeetingState.CLOSED
    meeting.save()

    assert advance_cycle(cycle, "open_rectification", by=world.user("clerk")).phase == CyclePhase.RECTIFICATION


def test_year_closes_only_when_everybody_has_a_decided_grade(world):
    cycle = at(world, CyclePhase.ASSESSMENT)
    grade = cycle.scheme.grades.first()
    Result.objects.create(reporter=world.reporter, decided_grade=grade)

    with pytest.raises(CycleBlockedError, match="还有1名述职人没有审定等次：乙镇党委（X2）王某"):
        advance_cycle(cycle, "close", by=world.user("clerk"))
    Result.objects.create(reporter=world.other_reporter, decided_grade=grade)

    assert advance_cycle(cycle, "close", by=world.user("clerk")).phase == CyclePhase.CLOSED


@pytest.mark.parametrize("role", ["leader", "secretary", "superior", "administrator", "sibling_clerk"])
def test_only_the_clerk_moves_the_year(world, role):
    with pytest.raises(PermissionDenied):
        advance_cycle(at(world, CyclePhase.REPORTING), "open_meeting", by=world.user(role))


@pytest.mark.parametrize(
    ("phase", "verb"),
    [(p, v) for p in CyclePhase.values for v in CYCLE_FLOW.verbs if not CYCLE_FLOW.allows(p, v)],
)
def test_no_phase_is_skipped(world, phase, verb):
    with pytest.raises(TransitionNotAllowed):
        advance_cycle(at(world, phase), verb, by=world.user("clerk"))
