import time

from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.comparison import Change, Run, compare_characters, compare_paragraphs, compare_reports
from reporting.rules.content import ProblemContent, ReportContent, SectionContent

CHINESE = st.text(alphabet="党委抓我村***X一二。；\u3000", max_size=40)


def content(*problems: ProblemContent, text: str = "") -> ReportContent:
    sections = (SectionContent("a", "主要成绩", text=text), SectionContent("p", "存在问题", "problems"))
    return ReportContent(2026, "甲乡", "X1", "甲乡党委书记", "***", "oral", sections, problems)


def test_characters_are_marked_in_runs_that_can_be_read() -> None:
    assert compare_characters("走访***户，解决难题3个。", "走访XX户，解决难题12个。") == [
        Run(Change.SAME, "走访"),
        Run(Change.REMOVED, "***"),
        Run(Change.ADDED, "XX"),
        Run(Change.SAME, "户，解决难题"),
        Run(Change.REMOVED, "3"),
        Run(Change.ADDED, "12"),
        Run(Change.SAME, "个。"),
    ]


def test_a_word_between_two_changes_belongs_to_the_change() -> None:
    assert compare_characters("甲村的路很好走", "乙村的桥很好走") == [
        Run(Change.REMOVED, "甲村的路"),
        Run(Change.ADDED, "乙村的桥"),
        Run(Change.SAME, "很好走"),
    ]


def test_paragraphs_that_moved_down_did_not_change() -> None:
    changes = compare_paragraphs(["一、抓班子。", "二、带队伍。"], ["新写的一段。", "一、抓班子。", "二、带队伍。"])
    assert [change.change for change in changes] == [Change.ADDED, Change.SAME, Change.SAME]


def test_an_edited_paragraph_is_found_between_new_ones() -> None:
    before = ["全年走访党员群众206户，收到意见88条。"]
    after = ["另起一段讲联系点。", "全年走访党员群众212户，收到意见88条。", "再补一段。"]
    changes = compare_paragraphs(before, after)
    assert [change.change for change in changes] == [Change.ADDED, Change.EDITED, Change.ADDED]
    assert [run.text for run in changes[1].runs] == ["全年走访党员群众2", "06", "12", "户，收到意见88条。"]


def test_another_text_is_not_an_edit() -> None:
    changes = compare_paragraphs(["抓集体经济办厂分红。"], ["流动人员管理不实。"])
    assert [change.change for change in changes] == [Change.REMOVED, Change.ADDED]


def test_a_new_problem_in_front_leaves_the_others_alone() -> None:
    old = ProblemContent("支部活动次数不够。", "我督促得少。")
    found = compare_reports(content(old), content(ProblemContent("联系群众不够。", "我下村少。"), old))
    assert found.changed == 2
    assert [section.heading for section in found.changed_sections] == ["存在问题"]


def test_equal_reports_have_no_change() -> None:
    assert compare_reports(content(text="一\n\n二"), content(text="一\n二 ")).changed == 0


@given(st.lists(CHINESE, max_size=6), st.lists(CHINESE, max_size=6))
def test_both_texts_can_be_read_from_the_comparison(before: list[str], after: list[str]) -> None:
    changes = compare_paragraphs(before, after)
    runs = [(change.change, run) for change in changes for run in change.runs]
    assert "".join(run.text for _, run in runs if run.change != Change.REMOVED) == "".join(after)
    assert "".join(run.text for _, run in runs if run.change != Change.ADDED) == "".join(before)


def test_twenty_thousand_characters_take_no_time() -> None:
    before = "".join(f"第{n}项工作抓得实，走访***户。" for n in range(1500))
    after = before.replace("第700项工作抓得实", "第700项工作抓得不实")
    began = time.perf_counter()
    runs = compare_characters(before, after)
    assert time.perf_counter() - began < 5
    assert "".join(run.text for run in runs if run.change != Change.REMOVED) == after
