import dataclasses

from reporting.rules.content import (
    DomainContent,
    FigureContent,
    ProjectContent,
    PromiseContent,
    ReportContent,
    SectionContent,
)
from reporting.rules.counts import count_report
from reporting.rules.scheme_lists import section_speaks_by_domain
from reporting.rules.validity import ReportLimits, find_gaps, find_hints

EMPTY = ReportContent(2026, "甲乡", "X1", "书记", "***", "oral")


def content(kind: str, *, required: bool = False, **parts: object) -> ReportContent:
    section = SectionContent("part", "本部分", kind, required)
    return dataclasses.replace(EMPTY, sections=(section,), **parts)


def gaps(kind: str, *, required: bool = False, **parts: object) -> list[tuple[str, str]]:
    found = find_gaps(content(kind, required=required, **parts), ReportLimits())
    return [(gap.anchor, gap.sentence) for gap in found]


def test_each_project_is_asked_for_by_its_name_whatever_the_scheme_says() -> None:
    projects = (ProjectContent("甲项目", text="建成。"), ProjectContent("乙***项目", text=" \n"))
    assert gaps("projects", projects=projects) == [("project-2", "领办项目“乙***项目”还没有写推进情况。")]
    assert gaps("projects", required=True) == []


def test_figures_and_domains_are_asked_for_where_the_scheme_does() -> None:
    figures = (FigureContent("调研", "次", "***"), FigureContent("投入", "万元", ""))
    assert gaps("figures", figures=figures) == []
    assert gaps("figures", required=True, figures=figures) == [("figure-2", "“本部分”中“投入”还没有填写。")]
    domains = (DomainContent("农村"), DomainContent("国企", "好"))
    assert gaps("domains", domains=domains) == []
    assert gaps("domains", required=True, domains=domains) == [("domain-1", "“本部分”中“农村”还没有填写。")]


def test_a_promise_without_words_is_named() -> None:
    promises = (PromiseContent("建成XX个"), PromiseContent("", "6月底前"))
    assert gaps("promises", promises=promises) == [("id_promises-1-text", "第2项承诺写了时限，但没有写承诺什么。")]
    assert gaps("promises") == []
    assert gaps("promises", required=True) == [("id_promises-0-text", "“本部分”至少要写一项承诺。")]


def test_what_the_author_wrote_is_counted_figures_are_not() -> None:
    projects = (ProjectContent("题目不计", progress=(("一季度", "也不计"),), text="四个汉字"),)
    assert count_report(content("projects", projects=projects)).total == 4
    assert count_report(content("promises", promises=(PromiseContent("承诺", "不计"),))).total == 2
    assert count_report(content("figures", figures=(FigureContent("调研", "次", "12"),))).total == 0


def test_words_left_to_be_written_are_found_here_too() -> None:
    shown = content("promises", promises=(PromiseContent("建成此处待补个"),))
    assert [hint.anchor for hint in find_hints(shown, ReportLimits())] == ["id_promises-0-text"]


def test_counties_and_streets_speak_by_domain() -> None:
    assert section_speaks_by_domain("county", "committee")
    assert section_speaks_by_domain("township", "working_committee")
    assert not section_speaks_by_domain("township", "committee")
