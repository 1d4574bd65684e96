import itertools

import pytest

from common.flow import Flow, TransitionNotAllowed
from reviews.rules.meetings import COMMENT_FLOW, MEETING_FLOW, SLOT_FLOW

LEADS = {
    "meeting": {("preparing", "open"): "live", ("live", "close"): "closed"},
    "slot": {
        ("waiting", "start"): "reporting",
        ("reporting", "hear"): "heard",
        ("reporting", "comment"): "commenting",
        ("heard", "comment"): "commenting",
        ("reporting", "finish"): "done",
        ("heard", "finish"): "done",
        ("waiting", "postpone"): "waiting",
        ("reporting", "postpone"): "waiting",
        ("commenting", "finish"): "done",
        ("done", "reopen"): "commenting",
    },
    "comment": {("draft", "finalize"): "final", ("final", "reopen"): "draft"},
}


@pytest.mark.parametrize("flow", [MEETING_FLOW, SLOT_FLOW, COMMENT_FLOW], ids=lambda flow: flow.name)
def test_every_state_and_verb(flow: Flow) -> None:
    leads = LEADS[flow.name]
    for state, verb in itertools.product(flow.states, flow.verbs):
        if (state, verb) in leads:
            assert flow.check(state, verb) == leads[state, verb]
        else:
            with pytest.raises(TransitionNotAllowed):
                flow.check(state, verb)
