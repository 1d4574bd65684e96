import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.rules.imported_problems import split_problems
from reporting.rules.imports import (
    DROPPED,
    ELSEWHERE,
    MOST_PIECES,
    NOWHERE,
    PROBLEMS,
    Choice,
    Line,
    Outline,
    Piece,
    cut,
    joined,
)
from tests.factories import SECTIONS

PLACES = {"carried": "carried", "problems": PROBLEMS}
OUTLINE = Outline(
    sections=tuple((PLACES.get(str(kind), f"section-{key}"), heading, kind) for key, heading, kind, _ in SECTIONS),
    items=(("carried-1", "学习不够经常。"), ("carried-2", "活动阵地面积不足")),
    printed=frozenset({"填写提示：有据可查。"}),
    author=("甲乡党委书记",),
)


def placed(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(piece.place, piece.lines) for piece in cut([Line(text) for text in texts], OUTLINE).pieces]


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("一、履行主体责任情况", "section-main_responsibility"),
        ("四、 主要成绩。", "section-achievements"),
        ("第三部分 主要成绩", "section-achievements"),
        ("主要成绩", "section-achievements"),
        ("二、取得的成绩", "section-achievements"),
        ("一、个人履行职责情况", "section-personal_duty"),
        ("三、存在的问题和不足", PROBLEMS),
        ("四、下一步工作打算", "section-next_measures"),
        ("一、特色和亮点", NOWHERE),
        ("一、党建引领乡村振兴", NOWHERE),
    ],
)
def test_a_heading_names_its_section_exactly_or_nearly(heading: str, place: str) -> None:
    assert placed(heading, "正文")[0][0] == place


def test_what_stands_over_the_report_is_set_apart_and_an_opening_asks() -> None:
    assert placed("甲乡党委2026年度抓基层党建述职报告", "甲乡党委书记　***", "（2026年12月X日）", "现述职如下。") == [
        (DROPPED, ("甲乡党委2026年度抓基层党建述职报告",)),
        (DROPPED, ("甲乡党委书记　***",)),
        (DROPPED, ("（2026年12月X日）",)),
        (NOWHERE, ("现述职如下。",)),
    ]


def test_a_heading_that_says_the_same_is_not_repeated_unless_its_piece_is_moved() -> None:
    piece = cut([Line("三、主要成绩。建成**个。")], OUTLINE).pieces[0]
    assert (piece.omits_heading, piece.lines_at("section-achievements")) == (True, ("建成**个。",))
    assert piece.lines_at("section-next_measures") == ("三、主要成绩。", "建成**个。")


def test_second_levels_go_along_unless_they_name_a_section_themselves() -> None:
    rows = placed(
        "一、工作开展情况",
        "（一）履行主体责任",
        "甲",
        "（二）特色",
        "二、主要成绩",
        "（一）个人履职情况",
        "乙",
        "（二）其他",
    )
    assert [place for place, _ in rows] == [
        NOWHERE, "section-main_responsibility", NOWHERE, "section-achievements", "section-personal_duty", "section-achievements",
    ]  # fmt: skip


def test_styles_are_headings_too() -> None:
    found = cut([Line("主要成绩和亮点", 1), Line("甲"), Line("其他", 2)], OUTLINE).pieces
    assert [(piece.place, piece.lines) for piece in found] == [
        ("section-achievements", ("甲",)),
        ("section-achievements", ("其他",)),
    ]


def test_answers_go_to_the_items_of_last_year_by_words_or_by_number() -> None:
    by_words = cut(
        [
            Line(text)
            for text in (
                "四、上次承诺兑现",
                "1.学习不够经常。",
                "整改情况：已完成",
                "情况说明：每月一次。",
                "2.活动阵地面积不足（未完成）",
            )
        ],
        OUTLINE,
    )
    assert [(piece.place, piece.lines, piece.status) for piece in by_words.pieces] == [
        (DROPPED, (), ""),
        ("carried-1", ("每月一次。",), "done"),
        ("carried-2", (), "unfinished"),
    ]
    assert placed("四、去年问题整改", "引言", "1.已经改好。", "再说一句。", "2.正在改。")[1:] == [
        (NOWHERE, ("引言",)),
        ("carried-1", ("已经改好。", "再说一句。")),
        ("carried-2", ("正在改。",)),
    ]
    assert placed("四、上次承诺兑现", "1.只有一条。")[1:] == [(NOWHERE, ("1.只有一条。",))]


def test_advice_of_the_outline_is_known_and_counted() -> None:
    found = cut([Line("三、主要成绩"), Line("填写提示：有据可查。"), Line("甲")], OUTLINE)
    assert (found.printed, found.pieces[0].lines) == (1, ("甲",))


def test_a_heading_in_other_words_is_left_out_unless_somebody_wants_it() -> None:
    piece = cut([Line("二、取得的成绩"), Line("建成**个。")], OUTLINE).pieces[0]
    assert (piece.place, piece.lines_at(piece.place), piece.asks_for_heading) == (
        "section-achievements",
        ("建成**个。",),
        True,
    )
    wanted = dataclasses.replace(piece, keeps_heading=True)
    assert wanted.lines_at(piece.place) == ("二、取得的成绩", "建成**个。")
    assert piece.lines_at("section-personal_duty") == ("二、取得的成绩", "建成**个。")


def test_a_table_at_the_end_stands_apart_where_figures_are_asked_for() -> None:
    lines = [Line("三、主要成绩"), Line("甲"), Line("讲党课　3次", is_row=True), Line("调研　12次", is_row=True)]
    outline = Outline(sections=(*OUTLINE.sections, (ELSEWHERE, "履职数据", "figures")))
    found = cut(lines, outline)
    assert (found.rows, [(piece.place, piece.lines) for piece in found.pieces]) == (
        2,
        [("section-achievements", ("甲",)), (NOWHERE, ("讲党课　3次", "调研　12次"))],
    )
    assert cut(lines, OUTLINE).pieces[0].lines == ("甲", "讲党课　3次", "调研　12次")


WORDS = st.sampled_from(
    [
        "一、主要成绩",
        "（一）抓学习。甲",
        "（二）",
        "三、存在问题",
        "四、打算",
        "1.甲",
        "原因：乙",
        "***",
        "述职报告",
        "个人履职情况",
        "五、主要成绩。丙",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.builds(Line, WORDS, st.integers(0, 3)), max_size=30))
def test_nothing_is_dropped(lines: list[Line]) -> None:
    outline = Outline(sections=tuple(row for row in OUTLINE.sections if row[0] != "carried"))
    found = cut(lines, outline).pieces
    kept = "".join(line for piece in found for line in (piece.heading, *piece.lines))
    assert kept == "".join(line.text for line in lines)


def test_a_page_has_room_for_so_many_pieces() -> None:
    lines = [Line(f"第{number}段") for number in range(MOST_PIECES + 50)]
    found = cut(lines, OUTLINE).pieces
    assert len(found) == MOST_PIECES
    assert [line for piece in found for line in piece.lines] == [line.text for line in lines]


def test_two_texts_are_joined_as_chosen() -> None:
    made = [joined("旧", "新", choice) for choice in (Choice.REPLACE, Choice.APPEND, Choice.LEAVE)]
    assert made == ["新", "旧\n新", "旧"]
    assert joined("", "新", Choice.APPEND) == "新"


def test_sections_filled_in_on_the_page_take_no_text_and_lose_none() -> None:
    outline = Outline(sections=(*OUTLINE.sections, (ELSEWHERE, "承诺事项", "promises")))
    empty, full = (
        cut([Line("七、承诺事项")], outline).pieces,
        cut([Line("七、承诺事项"), Line("建成**个。")], outline).pieces,
    )
    assert [(piece.place, piece.omits_heading) for piece in (*empty, *full)] == [(DROPPED, True), (NOWHERE, False)]
    assert full[0].lines_at("section-next_measures") == ("七、承诺事项", "建成**个。")


MARK = "仅供学习 禁止外传"


def test_a_line_of_a_website_is_left_out_until_somebody_keeps_it_and_then_stands_where_it_stood() -> None:
    (piece,) = cut(
        [Line("四、主要成绩"), Line("建成***个。"), Line(MARK), Line("- 2 -"), Line("又一段。")], OUTLINE
    ).pieces
    assert piece.noise == ((1, "网站水印"), (2, "页码"))
    assert piece.lines_at(piece.place) == ("建成***个。", "又一段。")
    kept = dataclasses.replace(piece, keeps=(1,))
    assert kept.lines_at(piece.place) == ("建成***个。", MARK, "又一段。")
    assert Piece.from_json(json.loads(json.dumps(kept.to_json()))) == kept


def test_what_stands_over_the_text_and_is_noise_asks_for_no_place() -> None:
    first, second = cut([Line(MARK, level=1), Line("四、主要成绩"), Line("正文")], OUTLINE).pieces
    assert (first.is_noise, first.left_out, first.place) == (True, (MARK,), NOWHERE)
    assert not dataclasses.replace(first, keeps=(0,)).is_noise
    assert (second.noise, second.lines) == ((), ("正文",))


def test_an_import_from_before_reads_as_it_was() -> None:
    assert Piece.from_json({"lines": ["正文"], "place": "section-a"}) == Piece(("正文",), "section-a")


def test_a_mark_between_problems_makes_no_problem() -> None:
    pieces = cut([Line("五、存在问题"), Line("（一）学得少。"), Line(MARK), Line("（二）抓得松。")], OUTLINE).pieces
    lines = [line for piece in pieces for line in piece.lines_at(PROBLEMS)]
    assert [row.text for row in split_problems(lines).rows] == ["学得少。", "抓得松。"]


def test_the_heading_of_two_sections_in_one_goes_along_until_somebody_leaves_it_out() -> None:
    merged = "一、履行主体责任和个人履职情况"
    (piece,) = cut([Line(merged), Line("全年研究党建12次。")], OUTLINE).pieces
    assert (piece.place, piece.heading, piece.lines) == (NOWHERE, merged, ("全年研究党建12次。",))
    assert (piece.asks_for_heading, piece.omits_heading) == (True, False)
    assert piece.lines_at("section-personal_duty") == (merged, "全年研究党建12次。")
    left_out = dataclasses.replace(piece, place="section-personal_duty", keeps_heading=False)
    assert left_out.omits_heading
    assert left_out.lines_at("section-personal_duty") == ("全年研究党建12次。",)
