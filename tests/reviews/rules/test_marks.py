import contextlib
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.marks import (
    Mark,
    MarksInvalidError,
    PersonMarks,
    as_json,
    complete_people,
    mark_value,
    missing_lines,
    read_marks,
    shortcut_counts,
)
from reviews.rules.sheets import Sheet
from tests.reviews.rules.sheet_examples import BANDS, GRADES, PEOPLE, POINTS, TICKS


def test_the_three_modes_read_what_belongs_to_them() -> None:
    raw = {"1": {"items": {"12": {"grade": "good", "points": "9.5"}}, "remark": "  \n"}}
    assert read_marks(POINTS, raw) == {"1": PersonMarks({"12": Mark("", Decimal("9.5"))})}
    assert read_marks(TICKS, raw) == {"1": PersonMarks({"12": Mark("good")})}
    raw["1"]["items"]["12"]["points"] = "95"
    assert read_marks(BANDS, raw) == {"1": PersonMarks({"12": Mark("good", Decimal(95))})}


def test_what_is_left_out_or_abstained_from_counts_nothing() -> None:
    raw = {"1": {"items": {"11": {"grade": "abstain"}, "12": {}}, "overall": {"grade": "abstain"}}, "2": {"items": {}}}
    marks = read_marks(TICKS, raw)
    assert marks == {"1": PersonMarks({"11": Mark("abstain")}, "abstain")}
    assert [mark_value(TICKS, marks["1"].items.get(key)) for key in ("11", "12")] == [None, None]
    assert missing_lines(TICKS, PEOPLE[0], marks["1"]) == ["工作实效"]
    assert missing_lines(TICKS, PEOPLE[1], None) == ["学校党建", "总体评价"]


def test_a_reporter_is_done_when_every_line_is_answered() -> None:
    raw: dict[str, Any] = {
        "1": {"items": {"11": {"grade": "good"}, "12": {"grade": "abstain"}}, "overall": {"grade": "good"}},
        "2": {"items": {"21": {"grade": "good"}}},
    }
    assert complete_people(TICKS, read_marks(TICKS, raw)) == [PEOPLE[0]]
    raw["2"]["overall"] = {"grade": "fair"}
    assert complete_people(TICKS, read_marks(TICKS, raw)) == list(PEOPLE)


def test_what_a_mark_counts() -> None:
    assert mark_value(POINTS, Mark("", Decimal("9.5"))) == Decimal("9.5")
    assert mark_value(TICKS, Mark("fairly_good")) == 80
    assert mark_value(BANDS, Mark("fairly_good", Decimal("82.5"))) == Decimal("82.5")


@pytest.mark.parametrize(
    ("sheet", "row", "fault"),
    [
        (POINTS, {"items": {"11": {"points": "20.5"}}}, "甲乡党委赵某：“履行责任”应当在0到20分之间，最多两位小数。"),
        (POINTS, {"items": {"11": {"points": "1.005"}}}, "甲乡党委赵某：“履行责任”应当在0到20分之间，最多两位小数。"),
        (POINTS, {"items": {"11": {"points": "十"}}}, "甲乡党委赵某：“履行责任”应当在0到20分之间，最多两位小数。"),
        (POINTS, {"items": {"11": {"points": "1e9999"}}}, "甲乡党委赵某：“履行责任”应当在0到20分之间，最多两位小数。"),
        (TICKS, {"items": {"11": {"grade": "great"}}}, "甲乡党委赵某：“履行责任”没有这个等次。"),
        (TICKS, {"items": {"11": {"grade": ["good"]}}}, "甲乡党委赵某：“履行责任”没有这个等次。"),
        (BANDS, {"items": {"11": {"grade": "good"}}}, "甲乡党委赵某：“履行责任”选了“好”，还没有打分。"),
        (
            BANDS,
            {"items": {"11": {"grade": "good", "points": "89.5"}}},
            "甲乡党委赵某：“履行责任”应当在90到100分之间，最多两位小数。",
        ),
        (TICKS, {"items": {"21": {"grade": "good"}}}, "甲乡党委赵某：评分项目与本年度方案不一致，请重新打开本页。"),
        (TICKS, {"overall": {"grade": "great"}}, "甲乡党委赵某：总体评价没有这个等次。"),
        (TICKS, {"remark": "字" * 501}, "甲乡党委赵某：意见建议超过500字。"),
        (TICKS, "好", "评分表中没有这名述职人，请重新打开本页。"),
    ],
)
def test_what_is_wrong_is_said_in_words(sheet: Sheet, row: object, fault: str) -> None:
    with pytest.raises(MarksInvalidError) as refused:
        read_marks(sheet, {"1": row})
    assert refused.value.faults == [fault]


def test_a_remark_is_kept_exactly_but_for_what_no_database_stores() -> None:
    raw = {"1": {"remark": "　一、***，\r\n“X月X日”\x00\ud800 "}}
    assert read_marks(TICKS, raw)["1"].remark == "　一、***，\r\n“X月X日” "


def test_who_is_not_on_the_sheet_is_refused_once() -> None:
    with pytest.raises(MarksInvalidError, match="没有这名述职人") as refused:
        read_marks(TICKS, {"8": {}, "9": {}})
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize("raw", [None, [], "好", 3])
def test_what_is_no_sheet_is_refused(raw: object) -> None:
    with pytest.raises(MarksInvalidError):
        read_marks(TICKS, raw)


def test_shortcuts_are_counted() -> None:
    row = {"items": {"11": {"grade": "good"}}}
    raw = {"1": {**row, "shortcut": "same"}, "2": {"items": {}, "overall": {"grade": "good"}, "shortcut": "all"}}
    assert shortcut_counts(read_marks(TICKS, raw)) == {"same": 1, "all": 1}
    assert shortcut_counts(read_marks(TICKS, {"1": {**row, "shortcut": "other"}})) == {"same": 0, "all": 0}


ticks = st.sampled_from([grade.code for grade in GRADES])


@st.composite
def band_marks(draw: st.DrawFn) -> dict[str, str]:
    grade = draw(st.sampled_from(GRADES))
    points = draw(st.decimals(min_value=grade.lowest, max_value=grade.highest, places=2))
    return {"grade": grade.code, "points": str(points)}


def rows(marks: st.SearchStrategy[dict[str, str]]) -> st.SearchStrategy[dict[str, Any]]:
    items = {"1": ["11", "12"], "2": ["21"]}
    return st.fixed_dictionaries(
        {},
        optional={
            key: st.fixed_dictionaries(
                {"items": st.fixed_dictionaries({}, optional=dict.fromkeys(lines, marks))},
                optional={"overall": st.fixed_dictionaries({"grade": ticks}), "remark": st.text(max_size=500)},
            )
            for key, lines in items.items()
        },
    )


@given(rows(ticks.map(lambda code: {"grade": code})))
def test_ticks_that_were_read_are_read_again_the_same(raw: dict[str, Any]) -> None:
    marks = read_marks(TICKS, raw)
    assert read_marks(TICKS, json.loads(json.dumps(as_json(marks)))) == marks


@given(rows(band_marks()))
def test_points_in_their_band_are_always_accepted_and_kept_exactly(raw: dict[str, Any]) -> None:
    marks = read_marks(BANDS, raw)
    for key, row in raw.items():
        for item, mark in row["items"].items():
            assert mark_value(BANDS, marks[key].items[item]) == Decimal(mark["points"])


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda c: st.dictionaries(st.text(), c)))
def test_anything_sent_is_read_or_refused_in_words(raw: object) -> None:
    for value in (raw, {"1": raw}, {"1": {"items": raw}}, {"1": {"items": {"11": raw}, "overall": raw}}):
        for sheet in (POINTS, TICKS, BANDS):
            with contextlib.suppress(MarksInvalidError):
                json.dumps(as_json(read_marks(sheet, value))).encode()
