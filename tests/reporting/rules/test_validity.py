import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.content import CarriedContent, FigureContent, ProblemContent, ReportContent, SectionContent
from reporting.rules.validity import Finding, FindingKind, ReportLimits, ShareLimit, find_gaps, find_hints

NO_LIMITS = ReportLimits()


WHOLE = (ProblemContent("问题", "原因"),)


def report(*sections: SectionContent, problems=WHOLE, carried=()) -> ReportContent:
    return ReportContent(2026, "甲乡", "X1", "甲乡党委书记", "***", "oral", sections, tuple(problems), tuple(carried))


DUTY = SectionContent("personal_duty", "个人履职情况", text="我去村里调研12次。")
PROBLEMS = SectionContent("problems", "存在问题及原因剖析", "problems")
CARRIED = SectionContent("carried", "上次承诺兑现", "carried")


def test_a_complete_report_has_no_gap() -> None:
    answered = CarriedContent("旧问题", status="done", explanation="已建成。")
    assert find_gaps(report(DUTY, PROBLEMS, CARRIED, carried=[answered]), NO_LIMITS) == []


def test_every_missing_part_is_named_in_the_order_of_the_page() -> None:
    content = report(
        SectionContent("a", "主要成绩", text=" \n"),
        SectionContent("b", "附带说明", required=False),
        CARRIED,
        PROBLEMS,
        problems=[ProblemContent("问题一", " "), ProblemContent("", "原因二"), ProblemContent("问题三", "原因三")],
        carried=[CarriedContent("旧一", status="done"), CarriedContent("旧二")],
    )
    assert find_gaps(content, NO_LIMITS) == [
        Finding("id_section_a", "“主要成绩”还没有填写。"),
        Finding("carried-1", "上年度事项第1项还没有填写情况说明。"),
        Finding("carried-2", "上年度事项第2项还没有选择整改情况、填写情况说明。"),
        Finding("id_problems-0-cause", "第1个问题没有写原因。"),
        Finding("id_problems-1-text", "第2个问题写了原因，但没有写问题。"),
    ]


def test_a_report_without_a_problem_is_never_complete() -> None:
    optional = SectionContent("problems", "存在问题", "problems", required=False)
    gaps = find_gaps(report(DUTY, optional, problems=[]), NO_LIMITS)
    assert [gap.sentence for gap in gaps] == ["“存在问题”至少要写一个问题。"]


def test_without_items_of_last_year_nothing_is_asked() -> None:
    assert find_gaps(report(DUTY, PROBLEMS, CARRIED), NO_LIMITS) == []


def test_the_upper_limit_is_hard_and_reached_it_is_kept() -> None:
    content = report(SectionContent("a", "成绩", text="一" * 6), PROBLEMS)  # 6 + 2 + 2
    assert find_gaps(content, ReportLimits(max_characters=10)) == []
    gaps = find_gaps(content, ReportLimits(max_characters=9))
    assert gaps == [Finding("report-total", "全文10字，超过9字的上限，请压缩1字。", FindingKind.LENGTH)]


def test_a_section_has_an_upper_limit_of_its_own() -> None:
    section = SectionContent("a", "成绩", max_characters=5, text="一" * 6)
    assert [gap.anchor for gap in find_gaps(report(section, PROBLEMS), NO_LIMITS)] == ["id_section_a"]


def test_hints_do_not_block() -> None:
    content = report(
        SectionContent(
            "personal_duty", "个人履职情况", min_characters=50, text="镇党委研究部署，我们抓落实，班子带头。"
        ),
        PROBLEMS,
    )
    assert find_gaps(content, ReportLimits(problem_share_min=33)) == []
    assert [hint.anchor for hint in find_hints(content, ReportLimits(problem_share_min=33))] == [
        "section-problems",
        "id_section_personal_duty",
        "id_section_personal_duty",
    ]


def test_without_a_threshold_the_share_is_not_spoken_of() -> None:
    assert find_hints(report(DUTY, PROBLEMS), NO_LIMITS) == []


@given(st.lists(st.builds(ProblemContent, st.text(max_size=5), st.text(max_size=5)), max_size=4))
def test_no_gap_about_problems_exactly_if_each_has_text_and_cause(problems: list[ProblemContent]) -> None:
    whole = bool(problems) and all(p.text.strip() and p.cause.strip() for p in problems)
    assert (find_gaps(report(PROBLEMS, problems=problems), NO_LIMITS) == []) is whole


def test_placeholders_are_hints_at_their_place_and_do_not_block() -> None:
    content = report(
        SectionContent("a", "主要成绩", text="建成X个（待补充），投入（待补）。"),
        PROBLEMS,
        CARRIED,
        problems=[ProblemContent("问题", "（此处待补）")],
        carried=[CarriedContent("旧问题", status="done", explanation="待完善")],
    )
    assert find_gaps(content, NO_LIMITS) == []
    assert find_hints(content, NO_LIMITS) == [
        Finding("id_section_a", "“主要成绩”中还有“待补充”等2处，请核对是否已经写完。", FindingKind.PLACEHOLDER),
        Finding(
            "id_problems-0-cause", "第1个问题的原因中还有“此处待补”，请核对是否已经写完。", FindingKind.PLACEHOLDER
        ),
        Finding("carried-1", "上年度事项第1项中还有“待完善”，请核对是否已经写完。", FindingKind.PLACEHOLDER),
    ]


def test_business_without_the_party_is_a_hint() -> None:
    text = "招商引资***亿元。产值增长XX%。3个项目竣工。税收增长。党支部带头。"
    assert find_gaps(report(SectionContent("a", "主要成绩", text=text), PROBLEMS), NO_LIMITS) == []
    assert find_hints(report(SectionContent("a", "主要成绩", text=text), PROBLEMS), NO_LIMITS) == [
        Finding(
            "id_section_a",
            "“主要成绩”5句中有4句只讲业务（“招商”“引资”“产值”），没有提到党组织和党员，请写清党建在其中做了什么。",
            FindingKind.BUSINESS,
        )
    ]


def test_a_paragraph_pasted_twice_is_a_hint_where_it_stands_again() -> None:
    pasted = "全年召开党委会研究党建工作XX次，走访党员***户，逐户解决难题，逐项销号见底。"
    content = report(
        SectionContent("a", "主要成绩", text=f"{pasted}\n另一段。"),
        PROBLEMS,
        problems=[ProblemContent("问题", f"  {pasted}")],
    )
    assert find_hints(content, NO_LIMITS) == [
        Finding(
            "id_problems-0-cause",
            "“主要成绩”和第1个问题的原因文字相同（“全年召开党委会研究党建工……”），请核对是否重复粘贴。",
            FindingKind.REPEATED,
        )
    ]


SHARED = report(
    SectionContent("a", "主要成绩", text="成" * 60),
    PROBLEMS,
    SectionContent("n", "下一步", text="打" * 20),
    problems=[ProblemContent("问" * 10, "因" * 10)],
)
SHARES = ReportLimits(
    problem_share_min=21, shares=(ShareLimit("a", None, 59), ShareLimit("n", 20), ShareLimit("n", 21))
)
SHARE_FAULTS = [
    Finding("section-problems", "问题及原因占全文20.0%，低于方案要求的21%，请把问题讲透。", FindingKind.SHARE),
    Finding("id_section_a", "“主要成绩”占全文60.0%，高于方案允许的59%，请压缩。", FindingKind.SHARE),
    Finding("id_section_n", "“下一步”占全文20.0%，低于方案要求的21%。", FindingKind.SHARE),
]


def test_shares_of_sections_are_hints_or_block_as_the_scheme_says() -> None:
    """60, 20 and 20 of 100 characters: exactly 20% is enough (S-77)."""
    assert (find_gaps(SHARED, SHARES), find_hints(SHARED, SHARES)) == ([], SHARE_FAULTS)
    hard = dataclasses.replace(SHARES, shares_block=True)
    assert (find_gaps(SHARED, hard), find_hints(SHARED, hard)) == (SHARE_FAULTS, [])


def test_a_share_of_the_problem_section_counts_problems_and_causes() -> None:
    limits = ReportLimits(shares=(ShareLimit(PROBLEMS.key, 30),))
    expected = Finding(
        f"section-{PROBLEMS.key}", f"“{PROBLEMS.heading}”占全文20.0%，低于方案要求的30%。", FindingKind.SHARE
    )
    assert find_hints(SHARED, limits) == [expected]


def test_an_empty_report_has_no_shares() -> None:
    assert [f for f in find_hints(report(SectionContent("a", "主要成绩")), SHARES) if f.kind == FindingKind.SHARE] == []


def test_a_figure_without_a_number_is_asked_about_and_masked_ones_are_not() -> None:
    figures = [
        FigureContent("走访党员", "名", "XX"),
        FigureContent("调研次数", "次", "按要求完成"),
        FigureContent("其他", "", ""),
    ]
    content = dataclasses.replace(report(DUTY, PROBLEMS), figures=tuple(figures))
    assert [hint for hint in find_hints(content, NO_LIMITS) if hint.kind == FindingKind.FIGURE] == [
        Finding("figure-2", "“调研次数”填的是“按要求完成”，没有数字，请核对。", FindingKind.FIGURE)
    ]
    assert find_gaps(content, NO_LIMITS) == []


def test_a_mark_of_a_website_is_named_with_its_line() -> None:
    section = SectionContent("a", "主要成绩", text="建成3个。\n仅供学习 禁止外传\n又一段。\n- 2 -")
    hints = find_hints(dataclasses.replace(report(section, PROBLEMS)), NO_LIMITS)
    assert [hint for hint in hints if hint.kind == FindingKind.NOISE] == [
        Finding(
            "id_section_a",
            "发现疑似网站水印文字：“主要成绩”第2行“仅供学习 禁止外传”等2行，请核对是否要删去。",
            FindingKind.NOISE,
        )
    ]


@pytest.mark.parametrize(
    ("value", "unit", "doubt"),
    [
        ("130余", "次", ""),
        ("XX", "万元", ""),
        ("1300元", "万元", ""),
        ("12次，其中视频会3次", "次", "读不出是多少，汇总时按“无法计算”；只写数和单位，别的话请写到正文里。"),
        ("5场", "次", "与单位“次”不一致，汇总时不能相加，请核对。"),
        ("3.2万", "万元", "后面还会印上单位“万元”，请写成带单位的数。"),
    ],
)
def test_a_figure_that_cannot_be_added_is_said_gently(value: str, unit: str, doubt: str) -> None:
    content = dataclasses.replace(report(DUTY, PROBLEMS), figures=(FigureContent("调研", unit, value),))
    found = [hint.sentence for hint in find_hints(content, NO_LIMITS) if hint.kind == FindingKind.FIGURE]
    assert found == ([f"“调研”填的是“{value[:12]}”，{doubt}"] if doubt else [])
