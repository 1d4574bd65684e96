"""Every state × verb of lists and items."""

import itertools

import pytest

from common.flow import TransitionNotAllowed
from rectification.rules.items import ITEM_FLOW, LIST_FLOW, ItemState, ListState

LIST_MOVES = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("submitted", "approve"): "approved",
    ("approved", "commit"): "committed",
}
ITEM_MOVES = {
    ("open", "apply"): "applied",
    ("applied", "pass"): "closed",
    ("applied", "send_back"): "open",
    ("open", "carry"): "carried",
    ("applied", "carry"): "carried",
}


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(ListState.values, LIST_FLOW.verbs)))
def test_list_moves(state: str, verb: str) -> None:
    if (state, verb) in LIST_MOVES:
        assert LIST_FLOW.check(state, verb) == LIST_MOVES[state, verb]
    else:
        with pytest.raises(TransitionNotAllowed):
            LIST_FLOW.check(state, verb)


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(ItemState.values, ITEM_FLOW.verbs)))
def test_item_moves(state: str, verb: str) -> None:
    if (state, verb) in ITEM_MOVES:
        assert ITEM_FLOW.check(state, verb) == ITEM_MOVES[state, verb]
    else:
        with pytest.raises(TransitionNotAllowed):
            ITEM_FLOW.check(state, verb)
