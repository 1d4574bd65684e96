import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.paper_ballots import (
    CellError,
    Entry,
    PaperState,
    agree,
    cast_marks,
    cells_of,
    differences,
    paper_states,
    papers_fault,
    read_cell,
    show_cell,
)
from reviews.rules.sheets import Grade, Item, Person, Sheet

GRADES = (
    Grade("good", "好", Decimal(100), Decimal(90), Decimal(100)),
    Grade("poor", "差", Decimal(40), Decimal(0), Decimal(69)),
)
ITEM = Item("11", "履行责任", Decimal(20))
ONE = Person("1", 1, "甲乡党委", "赵某")
TICKS = Sheet("测评票", "grade", GRADES, (ITEM,), (ONE,), overall=True, remark=True)
POINTS, BANDS = dataclasses.replace(TICKS, mode="points"), dataclasses.replace(TICKS, mode="band")


def entry(mark: dict[str, str] | None = None, overall: dict[str, str] | None = None, **more: Any) -> Entry:
    row: dict[str, Any] = {"items": {"11": mark} if mark else {}}
    return Entry({"1": row | ({"overall": overall} if overall else {}) | more})


@pytest.mark.parametrize(
    ("sheet", "typed", "mark"),
    [
        (TICKS, "1", {"grade": "good"}),
        (TICKS, " ２ ", {"grade": "poor"}),
        (TICKS, "差", {"grade": "poor"}),
        (TICKS, "", {}),
        (TICKS, "0", {}),
        (TICKS, "弃权", {}),
        (TICKS, "X", {"grade": "void"}),
        (POINTS, "19.5", {"points": "19.5"}),
        (POINTS, "x", {"grade": "void"}),
        # Nobody's nought becomes an abstention, which would raise the mean: the phone takes it as points too.
        (POINTS, "0", {"points": "0"}),
        (POINTS, "", {}),
        (POINTS, "弃权", {}),
        (BANDS, "０", {"grade": "poor", "points": "0"}),
        (BANDS, "90", {"grade": "good", "points": "90"}),
        (BANDS, "69", {"grade": "poor", "points": "69"}),
    ],
)
def test_what_is_typed_for_a_cell(sheet: Sheet, typed: str, mark: dict[str, str]) -> None:
    assert read_cell(sheet, ITEM, typed) == mark


@pytest.mark.parametrize(
    ("sheet", "typed", "words"),
    [
        (TICKS, "3", "请填1到2、0（弃权）或x（无效）"),
        (POINTS, "20.5", "应当在0到20分之间"),
        (POINTS, "很好", "请填数字或x（无效）；弃权的空着"),
        (BANDS, "75", "不在任何一个等次的分档内"),
        (BANDS, "101", "应当在0到100分之间"),
    ],
)
def test_what_cannot_be_typed(sheet: Sheet, typed: str, words: str) -> None:
    with pytest.raises(CellError) as refused:
        read_cell(sheet, ITEM, typed)
    assert str(refused.value) == words


@pytest.mark.parametrize("sheet", [TICKS, POINTS, BANDS])
@given(typed=st.text(max_size=8))
def test_a_cell_is_shown_as_it_is_typed(sheet: Sheet, typed: str) -> None:
    try:
        mark = read_cell(sheet, ITEM, typed)
    except CellError:
        return
    assert read_cell(sheet, ITEM, show_cell(sheet, mark)) == mark


def test_a_paper_has_a_cell_for_each_line_and_the_whole() -> None:
    assert cells_of(TICKS) == [(ONE, "11", "履行责任"), (ONE, "", "总体评价")]


def test_two_typings_are_compared_cell_by_cell_and_remark_by_remark() -> None:
    first, second = (
        entry({"grade": "good"}, {"grade": "good"}, remark="要实"),
        entry({"grade": "void"}, {"grade": "good"}),
    )
    mark, remark = differences(TICKS, first, second)
    assert (mark.person, mark.name, mark.first, mark.second) == (ONE, "履行责任", "好", "无效")
    assert (remark.person, remark.name, remark.first, remark.second) == (ONE, "意见建议", "要实", "没有")
    assert not agree(TICKS, first, second)
    assert not agree(TICKS, first, entry({"grade": "good"}, {"grade": "good"}))
    assert not agree(TICKS, first, entry({"grade": "good"}, {"grade": "good"}, remark="要虚"))


def test_blanks_and_the_width_of_signs_make_no_difference_between_remarks() -> None:
    one, other = entry({"grade": "good"}, remark="多下村, 少开会"), entry({"grade": "good"}, remark="多下村，少开会 ")
    assert agree(TICKS, one, other)
    assert not agree(TICKS, one, entry({"grade": "good"}, remark="多下村。少开会"))


def test_void_papers_agree_whatever_was_typed_beside() -> None:
    void = Entry({}, "难以辨认")
    assert agree(TICKS, void, Entry({"1": {"items": {}}}, "规定以外的符号"))
    assert not agree(TICKS, void, entry({"grade": "good"}))


def test_a_paper_counts_when_both_agree_or_somebody_decided() -> None:
    good, poor = entry({"grade": "good"}), entry({"grade": "poor"})
    states = paper_states(TICKS, [(3, 1, good), (1, 1, good), (1, 2, good), (2, 2, poor), (2, 1, good), (4, 2, poor)])
    assert [(paper.number, paper.settled, paper.differs) for paper in states] == [
        (1, good, False),
        (2, None, True),
        (3, None, False),
        (4, None, False),
    ]
    (decided,) = paper_states(TICKS, [(2, 1, good), (2, 2, poor), (2, 3, poor)])
    assert decided.settled == poor


def test_what_goes_into_the_count() -> None:
    assert cast_marks(Entry({}, "难以辨认")) is None
    assert cast_marks(Entry({})) == {}
    assert cast_marks(entry({"grade": "void"})) is None
    assert cast_marks(entry({"grade": "void"}, {"grade": "void"})) is None
    # Void lines go into the count as such: 多选、涂改的该项无效，不划为弃权.
    assert cast_marks(entry({"grade": "void"}, {"grade": "good"}, remark="要实")) == {
        "1": {"items": {"11": {"grade": "void"}}, "overall": {"grade": "good"}, "remark": "要实"}
    }
    assert cast_marks(entry({"grade": "good"}, {"grade": "void"})) == {
        "1": {"items": {"11": {"grade": "good"}}, "overall": {"grade": "void"}}
    }


def test_papers_and_struck_off_slips_must_balance() -> None:
    settled = PaperState(1, settled=entry())
    assert papers_fault("A票", 1, [settled]) == ""
    assert papers_fault("A票", 2, [settled]) == "A票核销纸票测评码2个，录入纸票1张，两个数应当相等。"
    assert papers_fault("A票", 2, [settled, PaperState(7)]) == "A票第7号纸票还没有两遍录齐、核对一致。"
