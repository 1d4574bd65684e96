import datetime as dt
import itertools

import pytest

from common.flow import TransitionNotAllowed
from rectification.rules.inquiries import INQUIRY_FLOW, InquiryState, is_overdue

ALLOWED = {
    ("issued", "answer"): "answered",
    ("issued", "hold"): "held",
    ("answered", "return"): "issued",
    ("answered", "close"): "closed",
    ("held", "close"): "closed",
}


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(InquiryState.values, INQUIRY_FLOW.verbs)))
def test_every_state_with_every_verb(state: str, verb: str) -> None:
    if (state, verb) in ALLOWED:
        assert INQUIRY_FLOW.check(state, verb) == ALLOWED[state, verb]
    else:
        with pytest.raises(TransitionNotAllowed):
            INQUIRY_FLOW.check(state, verb)


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [
        ("issued", dt.date(2026, 6, 30), True),
        ("issued", dt.date(2026, 7, 1), False),
        ("issued", None, False),
        ("answered", dt.date(2026, 6, 30), False),
    ],
)
def test_overdue_from_the_next_day_while_nothing_has_come(state: str, due: dt.date | None, late: bool) -> None:
    assert is_overdue(state, due, dt.date(2026, 7, 1)) is late
