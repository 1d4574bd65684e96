import pytest

from common.flow import TransitionNotAllowed
from documents.rules.documents import DOCUMENT_FLOW, DocumentState

ALLOWED = {
    ("queued", "start"): "rendering",
    ("rendering", "requeue"): "queued",
    ("rendering", "finish"): "ready",
    ("rendering", "fail"): "failed",
    ("failed", "retry"): "queued",
}


@pytest.mark.parametrize("state", DocumentState.values)
@pytest.mark.parametrize("verb", DOCUMENT_FLOW.verbs)
def test_every_state_and_verb(state: str, verb: str) -> None:
    if (state, verb) in ALLOWED:
        assert DOCUMENT_FLOW.check(state, verb) == ALLOWED[state, verb]
    else:
        with pytest.raises(TransitionNotAllowed):
            DOCUMENT_FLOW.check(state, verb)
