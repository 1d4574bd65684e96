"""What must balance before anonymous voting begins and before it is counted."""

import pytest

from common.flow import TransitionNotAllowed
from reviews.rules.ballot_rounds import (
    ROUND_FLOW,
    RoundState,
    SlipCounts,
    issue_faults,
    present_fault,
    quorum_fault,
    returned_fault,
)

ALLOWED = {
    ("edit", RoundState.SETUP),
    ("make_keys", RoundState.SETUP),
    ("make_keys", RoundState.KEYED),
    ("print_slips", RoundState.KEYED),
    ("print_slips", RoundState.PRINTED),
    ("settle_issue", RoundState.PRINTED),
    ("settle_issue", RoundState.ISSUED),
    ("open", RoundState.ISSUED),
    ("close", RoundState.OPEN),
    ("resume", RoundState.CLOSING),
    ("seal", RoundState.CLOSING),
    ("count", RoundState.SEALED),
    ("destroy", RoundState.COUNTED),
    *(("void", state) for state in RoundState if state != RoundState.VOID),
}


@pytest.mark.parametrize("verb", ROUND_FLOW.verbs)
@pytest.mark.parametrize("state", list(RoundState))
def test_every_state_and_verb(state: str, verb: str) -> None:
    if (verb, state) in ALLOWED:
        assert ROUND_FLOW.check(state, verb) == ROUND_FLOW.table[verb][1]
    else:
        with pytest.raises(TransitionNotAllowed):
            ROUND_FLOW.check(state, verb)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (SlipCounts("A票", 45, 40, 4, 1, 4), ""),
        (SlipCounts("A票", 45, 40, 4, 0, 4), "相差1张"),
        (SlipCounts("A票", 45, 40, 4, 1, 3), "还要注销1张"),
        (SlipCounts("A票", 45, 40, 4, 1, 6), "多注销了2张"),
    ],
)
def test_printed_is_issued_and_unissued_and_spoiled(counts: SlipCounts, words: str) -> None:
    faults = issue_faults([counts])
    assert [words in fault for fault in faults] == ([True] if words else [])


@pytest.mark.parametrize(
    ("expected", "present", "holds"),
    [(100, 51, True), (100, 50, False), (99, 50, True), (3, 4, False), (None, 5, False), (5, None, False)],
)
def test_more_than_half_must_be_present(expected: int | None, present: int | None, holds: bool) -> None:
    assert (quorum_fault(expected, present) == "") is holds


def test_nobody_gets_two_slips() -> None:
    piles = [SlipCounts("A票", 45, 40, 4, 1, 4), SlipCounts("B票", 12, 10, 2, 0, 2)]
    assert present_fault(50, piles) == ""
    assert "发出50张，多于实到49人" in present_fault(49, piles)


def test_more_returned_than_issued_voids_the_vote() -> None:
    assert returned_fault("A票", 40, 40) == ""
    assert "应作废重投" in returned_fault("A票", 40, 41)
