import pytest

from reporting.rules.content import ProblemContent
from reporting.rules.imported_problems import split_problems


@pytest.mark.parametrize(
    "lines",
    [
        ["（一）抓得不细。", "有的支部软弱。", "原因：我认识不足。", "（二）带队伍不强。原因是：我抓得少。"],
        ["1.抓得不细。", "有的支部软弱。", "主要原因：我认识不足。", "2．带队伍不强。主要原因是：我抓得少。"],
        ["一是抓得不细。", "有的支部软弱。", "原因剖析：我认识不足。", "二是带队伍不强。", "原因：我抓得少。"],
        ["（一）存在问题", "1.抓得不细。", "有的支部软弱。", "2.带队伍不强。", "（二）原因剖析", "1.我认识不足。", "2.我抓得少。"],
    ],
)  # fmt: skip
def test_numbered_problems_come_apart_with_their_causes(lines: list[str]) -> None:
    found = split_problems(lines)
    assert found.rows == (
        ProblemContent("抓得不细。\n有的支部软弱。", "我认识不足。"),
        ProblemContent("带队伍不强。", "我抓得少。"),
    )
    assert not found.is_whole


@pytest.mark.parametrize(
    "label",
    [
        "主要原因是",
        "究其原因，",
        "究其原因，主要是",
        "究其根本原因在于",
        "原因主要是：",
        "深层次原因在于，",
        "原因是",
        "主观原因是",
        "直接原因在于",
    ],
)
def test_a_sentence_that_begins_with_the_cause_is_the_cause(label: str) -> None:
    found = split_problems([f"（一）抓得不细。{label}我认识不足。", "（二）带队伍不强。", f"{label}我抓得少。"])
    assert found.rows == (
        ProblemContent("抓得不细。", "我认识不足。"),
        ProblemContent("带队伍不强。", "我抓得少。"),
    )


def test_words_within_a_sentence_are_no_label() -> None:
    lines = ["（一）没有查明主要原因是什么。群众反映的原因在于何处也不清楚。"]
    assert split_problems(lines).rows == (ProblemContent(lines[0][3:]),)
    asked = "（一）抓得不细。原因是什么没有查。"
    assert split_problems([asked]).rows == (ProblemContent(asked[3:]),)


def test_without_numbers_everything_stays_together_and_says_so() -> None:
    found = split_problems(["抓得不细。", "带队伍不强。", "原因：我抓得少。"])
    assert (found.rows, found.is_whole) == ((ProblemContent("抓得不细。\n带队伍不强。", "我抓得少。"),), True)
    uneven = split_problems(["1.甲。", "2.乙。", "原因剖析", "1.丙。"])
    assert (uneven.rows, uneven.is_whole) == ((ProblemContent("1.甲。\n2.乙。", "1.丙。"),), True)
    assert split_problems([]).rows == ()


def test_figures_and_masked_values_are_no_numbers() -> None:
    lines = ["（一）村集体收入不高。", "2.5万元以下的**个。", "12个村偏弱。"]
    assert split_problems(lines).rows == (ProblemContent("村集体收入不高。\n2.5万元以下的**个。\n12个村偏弱。"),)
