from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.content import (
    CarriedContent,
    DomainContent,
    FigureContent,
    ProblemContent,
    ProjectContent,
    PromiseContent,
    ReportContent,
    SectionContent,
)

texts = st.text(max_size=40)
contents = st.builds(
    ReportContent,
    st.integers(2000, 2100),
    texts,
    texts,
    texts,
    texts,
    texts,
    st.lists(st.builds(SectionContent, texts, texts, text=texts), max_size=3).map(tuple),
    st.lists(st.builds(ProblemContent, texts, texts, texts), max_size=3).map(tuple),
    st.lists(st.builds(CarriedContent, texts, texts, texts, st.none() | st.integers(), texts, texts), max_size=3).map(
        tuple
    ),
    st.lists(st.builds(FigureContent, texts, texts, texts), max_size=2).map(tuple),
    st.lists(
        st.builds(ProjectContent, texts, texts, st.booleans(), st.tuples(st.tuples(texts, texts)), texts), max_size=2
    ).map(tuple),
    st.lists(st.builds(DomainContent, texts, texts), max_size=2).map(tuple),
    st.lists(st.builds(PromiseContent, texts, texts), max_size=2).map(tuple),
)


@given(contents)
def test_a_version_gives_back_every_character(content: ReportContent) -> None:
    assert ReportContent.from_json(content.to_json()) == content


def test_the_hash_is_that_of_the_words() -> None:
    first = ReportContent(2026, "甲乡", "X1", "书记", "***", "oral", problems=(ProblemContent("一"),))
    same = ReportContent.from_json(first.to_json())
    other = ReportContent(2026, "甲乡", "X1", "书记", "***", "oral", problems=(ProblemContent("一 "),))
    assert first.sha256 == same.sha256
    assert first.sha256 != other.sha256
    assert len(first.sha256) == 64


def test_a_version_from_before_the_later_parts_keeps_its_hash() -> None:
    plain = ReportContent(2026, "甲乡", "X1", "书记", "***", "oral").to_json()
    assert not {"figures", "projects", "domains", "promises"} & set(plain)
    assert ReportContent.from_json(plain).figures == ()
