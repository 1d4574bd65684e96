"""Every state × verb of the report and of the cycle, written out."""

import pytest

from common.flow import TransitionNotAllowed
from reporting.rules.cycles import CYCLE_FLOW, CyclePhase
from reporting.rules.reports import REPORT_FLOW, STANDING_STATES, ReportState

ALLOWED = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("accepted", "return"): "returned",
    ("submitted", "accept"): "accepted",
    ("accepted", "lock"): "locked",
    ("locked", "reopen"): "accepted",
}
PHASES = ["preparation", "reporting", "meeting", "rectification", "supervision", "assessment", "closed"]
VERBS = ["open_reporting", "open_meeting", "open_rectification", "open_supervision", "open_assessment", "close"]


@pytest.mark.parametrize("verb", REPORT_FLOW.verbs)
@pytest.mark.parametrize("state", ReportState.values)
def test_report(state: str, verb: str) -> None:
    if (state, verb) in ALLOWED:
        assert REPORT_FLOW.check(state, verb) == ALLOWED[state, verb]
    else:
        with pytest.raises(TransitionNotAllowed):
            REPORT_FLOW.check(state, verb)


@pytest.mark.parametrize("verb", CYCLE_FLOW.verbs)
@pytest.mark.parametrize("phase", CyclePhase.values)
def test_cycle(phase: str, verb: str) -> None:
    """Each verb leads from its phase to the next one and from nowhere else."""
    at = VERBS.index(verb)
    if phase == PHASES[at]:
        assert CYCLE_FLOW.check(phase, verb) == PHASES[at + 1]
    else:
        with pytest.raises(TransitionNotAllowed):
            CYCLE_FLOW.check(phase, verb)


def test_every_state_stands_in_one_column_of_the_board() -> None:
    assert sorted(state for states in STANDING_STATES.values() for state in states) == sorted(ReportState.values)
