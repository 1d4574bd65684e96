import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectification.rules.items import ItemKind
from rectification.rules.lists import (
    ListIncomplete,
    MissingParts,
    missing_parts,
    promise_text,
    year_end_date,
)

COMPLETE = {
    "measures": ["每月研究一次"],
    "has_owner": True,
    "kind": ItemKind.DATED,
    "due_text": "X月底前",
    "due_date": None,
}


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, ()),
        ({"measures": []}, ("整改措施",)),
        ({"measures": ["  ", ""]}, ("整改措施",)),
        ({"has_owner": False}, ("责任人",)),
        ({"due_text": " "}, ("整改时限",)),
        ({"due_text": "", "due_date": dt.date(2027, 6, 30)}, ()),
        ({"due_text": "", "kind": ItemKind.STANDING}, ()),
        ({"due_text": "***"}, ()),
        ({"measures": [], "has_owner": False, "due_text": ""}, ("整改措施", "责任人", "整改时限")),
    ],
)
def test_what_an_item_lacks_is_named(changed: dict, missing: tuple[str, ...]) -> None:
    assert missing_parts(**(COMPLETE | changed)) == missing


@given(st.lists(st.text()), st.booleans(), st.sampled_from(ItemKind.values), st.text(), st.none() | st.dates())
def test_an_item_is_complete_exactly_with_measure_owner_and_deadline(
    measures: list[str], has_owner: bool, kind: str, due_text: str, due_date: dt.date | None
) -> None:
    missing = missing_parts(measures=measures, has_owner=has_owner, kind=kind, due_text=due_text, due_date=due_date)
    has_due = kind == "standing" or due_text.strip() != "" or due_date is not None
    assert (not missing) == (any(m.strip() for m in measures) and has_owner and has_due)


def test_the_refusal_names_item_by_item() -> None:
    missing = [MissingParts(1, "甲", ("责任人",)), MissingParts(3, "***", ("整改措施", "整改时限"))]
    assert str(ListIncomplete(missing)) == "第1项“甲”缺责任人；第3项“***”缺整改措施、整改时限"


def test_an_empty_list_says_so() -> None:
    assert str(ListIncomplete([])) == "清单里还没有整改事项。"


@pytest.mark.parametrize(
    ("dated", "standing", "count"),
    [(3, 1, "4项（限期整改3项，长期坚持1项）。"), (2, 0, "2项。"), (0, 1, "1项。")],
)
def test_the_promise_counts_what_is_promised(dated: int, standing: int, count: str) -> None:
    text = promise_text(organization="甲乡党委", committee="某县委", year=2026, dated=dated, standing=standing)
    assert f"形成整改清单{count}" in text
    assert "我代表甲乡党委向某县委郑重承诺" in text


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("年底前", dt.date(2027, 12, 31)),
        ("今年年底前", dt.date(2027, 12, 31)),
        ("2028年年底前", dt.date(2028, 12, 31)),
        ("2028年底前", dt.date(2028, 12, 31)),
        ("力争今年底前", dt.date(2027, 12, 31)),
        ("明年年底前", dt.date(2028, 12, 31)),
        ("20XX年年底前", None),
        ("XX年底前", None),
        ("0000年底前", None),
        ("每年年底前", None),
        ("X月底前", None),
        ("6月底前", None),
        ("XX前", None),
        ("", None),
        ("0000年年底前", None),
    ],
)
def test_only_a_years_end_becomes_a_date(text: str, date: dt.date | None) -> None:
    assert year_end_date(text, 2027) == date
