from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.content import CarriedContent, ProblemContent, ReportContent, SectionContent
from reporting.rules.counts import count_report


def content(sections=(), problems=(), carried=()) -> ReportContent:
    return ReportContent(2026, "甲乡党委", "X1", "甲乡党委书记", "***", "oral", sections, problems, carried)


def test_only_what_the_author_wrote_is_counted() -> None:
    counts = count_report(
        content(
            sections=(
                SectionContent("a", "主要成绩", text="建成3个站，***。"),
                SectionContent("p", "问题", "problems"),
            ),
            problems=(ProblemContent("抓得不细", "认识不足"),),
            carried=(CarriedContent("去年的问题，很长很长", "措施", explanation="已建成"),),
        )
    )
    # 建 成 3 个 站 ， * * * 。 are ten; four and four; three.
    assert counts.sections == {"a": 10}
    assert (counts.problems, counts.carried, counts.total) == (8, 3, 21)
    assert counts.problem_share == Decimal("38.1")  # 800 / 21 = 38.09…


def test_an_empty_report_has_no_share_and_is_not_below_one() -> None:
    counts = count_report(content())
    assert counts.problem_share is None
    assert not counts.is_share_below(33)


def test_the_threshold_itself_is_not_below() -> None:
    third = count_report(content((SectionContent("a", "成绩", text="一二"),), (ProblemContent("三"),)))
    assert third.is_share_below(34)
    assert not third.is_share_below(33)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_the_share_lies_between_nothing_and_all(text: str, problem: str, cause: str) -> None:
    counts = count_report(content((SectionContent("a", "成绩", text=text),), (ProblemContent(problem, cause),)))
    if counts.total == 0:
        assert counts.problem_share is None
    else:
        assert 0 <= counts.problem_share <= 100
    assert counts.total == counts.sections["a"] + counts.problems
