import datetime as dt
import itertools

import pytest

from common.flow import TransitionNotAllowed
from reporting.rules.projects import PROJECT_FLOW, ProjectState, missing_facts, quarter_of

ALLOWED = {
    ("draft", "declare"): "declared",
    ("returned", "declare"): "declared",
    ("declared", "return"): "returned",
    ("declared", "accept"): "accepted",
    ("accepted", "close"): "closed",
}


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(ProjectState.values, PROJECT_FLOW.verbs)))
def test_every_state_and_verb(state: str, verb: str) -> None:
    if (state, verb) in ALLOWED:
        assert PROJECT_FLOW.check(state, verb) == ALLOWED[state, verb]
    else:
        with pytest.raises(TransitionNotAllowed):
            PROJECT_FLOW.check(state, verb)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (dt.date(2026, 1, 1), 1),
        (dt.date(2026, 3, 31), 1),
        (dt.date(2026, 4, 1), 2),
        (dt.date(2026, 9, 30), 3),
        (dt.date(2026, 12, 31), 4),
        (dt.date(2027, 1, 15), 4),
        (dt.date(2025, 12, 1), 1),
    ],
)
def test_the_quarter_of_a_day(day: dt.date, quarter: int) -> None:
    assert quarter_of(day, 2026) == quarter


def test_what_is_missing_is_named_in_the_order_of_the_form() -> None:
    facts = {"title": "联建***个村", "problem": "  ", "measures": "办好XX件实事", "expected": ""}
    assert missing_facts(facts, has_milestone=False, has_deadline=True) == [
        "拟解决的问题",
        "预期成效",
        "工作安排（至少一个阶段）",
    ]
    assert missing_facts(dict.fromkeys(facts, "X"), has_milestone=True, has_deadline=True) == []
