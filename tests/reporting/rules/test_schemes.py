import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.presets import PRESETS, SchemePreset
from reporting.rules.schemes import (
    GradeValue,
    QuotaFigures,
    SchemeFigures,
    SectionLimits,
    category_letter,
    find_scheme_faults,
    paper_colour,
    reminder_days,
    weights_add_up,
)

SOUND = SchemeFigures(
    section_headings=["个人履职情况", "存在问题"],
    section_kinds=["text", "problems"],
    has_personal_section=True,
    dimension_weights=[Decimal("50"), Decimal("50")],
    category_weights=[Decimal("60"), Decimal("40")],
    component_weights=[Decimal("100")],
    component_inputs=["meeting"],
    grade_codes=["good", "poor"],
    grade_floors=[Decimal(90), Decimal(0)],
)
# Two grades worth the same, whose bands touch: wrong where they are used, and only there.
FLAT = [
    GradeValue("好", Decimal(80), Decimal(80), Decimal(100)),
    GradeValue("差", Decimal(80), Decimal(0), Decimal(80)),
]


def test_a_sound_scheme_has_no_fault() -> None:
    assert find_scheme_faults(SOUND) == []


def test_points_of_grades_may_be_anything_while_marks_are_points() -> None:
    assert find_scheme_faults(dataclasses.replace(SOUND, scoring_mode="points", grade_points=FLAT)) == []


def test_categories_are_lettered_by_their_place() -> None:
    assert [category_letter(position) for position in (1, 2, 3)] == ["A", "B", "C"]
    assert [paper_colour(position) for position in (1, 4, 5)] == ["粉红", "浅蓝", "粉红"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"dimension_weights": [Decimal("50"), Decimal("49.5")]}, "评分项目的权重合计为99.5%，应当正好是100%。"),
        ({"category_weights": []}, "评分人类别的权重合计为0%，应当正好是100%。"),
        ({"component_weights": [Decimal(120), Decimal(-20)]}, "综合评价组成的权重必须大于0。"),
        ({"component_inputs": ["meeting", "meeting"]}, "综合评价组成中“会上评分”只能有一项。"),
        (
            {"section_kinds": ["text", "text"]},
            "报告部分中必须有一个，且只能有一个“问题与原因”部分。",
        ),
        (
            {"section_kinds": ["problems", "carried", "carried"]},
            "报告部分中“上次承诺与问题的整改”只能有一个。",
        ),
        ({"has_personal_section": False}, "报告部分中必须有一个必填的“个人”履职部分，述自己而不只述党委。"),
        ({"section_headings": ["存在问题", "存在问题"]}, "报告部分的标题不能相同。"),
        (
            {"own_dimension_weights": {"学校": [Decimal(90)]}},
            "“学校”的评分项目的权重合计为90%，应当正好是100%。",
        ),
        ({"section_limits": [SectionLimits("成绩", 500, 400)]}, "“成绩”的最少字数大于最多字数。"),
        ({"section_limits": [SectionLimits("成绩", None, None, 40, 30)]}, "“成绩”的最低占比大于最高占比。"),
        (
            {"section_limits": [SectionLimits("成绩", min_share=60), SectionLimits("问题", min_share=50)]},
            "报告各部分的最低占比合计为110%，不能超过100%。",
        ),
        ({"quotas": [QuotaFigures("学校", 40), QuotaFigures("学校", 30)]}, "等次名额中“学校”只能有一行。"),
        ({"quotas": [QuotaFigures("学校")]}, "等次名额中“学校”请至少填写一个比例，不需要的请删除这一行。"),
        ({"grade_codes": [], "grade_floors": []}, "至少要有一个等次。"),
        ({"scoring_mode": "grade", "grade_points": FLAT}, "按等次评分时，等次的分值应当从高到低逐级降低。"),
        (
            {"scoring_mode": "band", "grade_points": [GradeValue("好", Decimal(9), Decimal(95), Decimal(90))]},
            "“好”分档的最低分高于最高分。",
        ),
        ({"scoring_mode": "band", "grade_points": FLAT}, "按分档评分时，各等次的分档不能重叠，应当从高到低排列。"),
        ({"grade_codes": ["good", "good"]}, "每个等次只能出现一次。"),
        ({"grade_floors": [Decimal(80), Decimal(80)]}, "等次应当从高到低排列，建议分数线逐级降低。"),
    ],
)
def test_each_fault_is_named(change: dict, fault: str) -> None:
    assert find_scheme_faults(dataclasses.replace(SOUND, **change)) == [fault]


@given(st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=1, max_size=6))
def test_a_last_weight_that_fills_up_makes_the_sum_right(weights: list[Decimal]) -> None:
    assert weights_add_up([*weights, Decimal(100) - sum(weights)])


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_a_preset_is_a_sound_scheme(preset: SchemePreset) -> None:
    for rows in (preset.dimensions, preset.categories):
        assert sum(row.weight for row in rows) == 100
    # None at all is 综合研判.
    assert sum(row.weight for row in preset.components) == (100 if preset.components else 0)
    assert [section.kind for section in preset.sections].count("problems") == 1
    assert [grade.min_score for grade in preset.grades] == [90, 80, 70, 0]
    assert [preset.component_input(row) for row in preset.components].count("meeting") == bool(preset.components)
    assert {section.heading for section in preset.sections} == {
        "履行主体责任情况",
        "个人履职情况",
        "主要成绩",
        "书记领办项目推进情况",
        "履职数据",
        "上次承诺兑现",
        "存在问题及原因剖析",
        "下一步措施与承诺",
        "承诺事项",
    }


@pytest.mark.parametrize(("text", "days"), [("7、3、1", [7, 3, 1]), ("1，3, 3 10", [10, 3, 1]), ("", []), (" 0 ", [0])])
def test_days_of_reminding(text: str, days: list[int]) -> None:
    assert reminder_days(text) == days


@pytest.mark.parametrize("text", ["三天", "91", "-1", "7;3"])
def test_what_is_no_number_of_days(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        reminder_days(text)
