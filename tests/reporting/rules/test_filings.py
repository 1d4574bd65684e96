import datetime as dt

import pytest

from common.flow import TransitionNotAllowed
from reporting.rules.filings import FILING_FLOW, FiledWords, FilingState, find_gaps

WHOLE = FiledWords("问题**", "措施", "***", due_text="X月底前")


def test_a_list_says_row_by_row_what_it_lacks() -> None:
    assert find_gaps([], "问题") == ["清单里还没有内容，请至少填写一项。"]
    assert find_gaps([WHOLE], "问题") == []
    rows = [WHOLE, FiledWords(" ", "措施", "某"), FiledWords("事项", due_date=dt.date(2026, 6, 30))]
    assert find_gaps(rows, "责任事项") == ["第2项缺责任事项、时限。", "第3项缺措施、责任人。"]


def test_a_blank_row_is_none() -> None:
    assert FiledWords("", "  ", "\n").is_blank
    assert not FiledWords("", due_date=dt.date(2026, 1, 1)).is_blank


@pytest.mark.parametrize("state", FilingState.values)
@pytest.mark.parametrize("verb", FILING_FLOW.verbs)
def test_every_state_and_verb(state: str, verb: str) -> None:
    allowed = {
        ("draft", "submit"): "submitted",
        ("returned", "submit"): "submitted",
        ("submitted", "return"): "returned",
        ("accepted", "return"): "returned",
        ("submitted", "accept"): "accepted",
    }
    if (state, verb) in allowed:
        assert FILING_FLOW.check(state, verb) == allowed[state, verb]
    else:
        with pytest.raises(TransitionNotAllowed):
            FILING_FLOW.check(state, verb)
