import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.rules.lines import NO_END, NO_START, balance_title, break_lines, cells

HAN = "党组织书记抓基层建述职评议考核"
PUNCTUATION = "，。、；：？！（）《》“”…—"
LATIN = "XX***12 9.%<&>ab"
texts = st.text(st.sampled_from(HAN * 4 + PUNCTUATION + LATIN), max_size=300)


@given(texts)
def test_the_lines_joined_are_the_text(text: str) -> None:
    assert "".join(line.text for line in break_lines(text)) == text


@given(st.text(max_size=200))
def test_any_character_at_all_is_kept(text: str) -> None:
    assert "".join(line.text for line in break_lines(text)) == text


def _has_good_break(line: str) -> bool:
    return any(a not in NO_END and b not in NO_START and not (a + b).isascii() for a, b in itertools.pairwise(line))


@given(texts)
def test_no_line_begins_or_ends_where_it_may_not(text: str) -> None:
    lines = [line.text for line in break_lines(text)]
    for line, following in itertools.pairwise(lines):
        # Where nothing in the whole line may end it, it has to end somewhere.
        if _has_good_break(line):
            assert following[0] not in NO_START
            assert line.rstrip(" ")[-1:] not in NO_END or line.isspace()


@given(texts)
def test_a_line_takes_its_cells_give_or_take_what_spacing_can_do(text: str) -> None:
    for number, line in enumerate(break_lines(text)):
        width = sum(map(cells, line.text.rstrip(" ")))
        assert width <= (28 if number else 26) + 1.0 + 1.2


@given(st.integers(1, 400))
def test_plain_text_fills_lines_of_26_and_28(length: int) -> None:
    lines = [len(line.text) for line in break_lines("党" * length)]
    assert lines[0] == min(26, length)
    assert all(count == 28 for count in lines[1:-1])


@pytest.mark.parametrize(
    "kept",
    ["***", "<b>", "&amp;", "，，", "       ", "“三驾马车”", "——", "……", "2022年12月31日", "市XX局", "95.6%"],
)
def test_what_people_type_stays_as_it_is(kept: str) -> None:
    text = f"{'党' * 20}{kept}{'建' * 30}"
    assert "".join(line.text for line in break_lines(text)) == text


@pytest.mark.parametrize("together", ["2022", "123.5", "95.6%", "——", "……"])
def test_numbers_and_long_dashes_are_not_broken(together: str) -> None:
    for before in range(20, 30):
        text = f"{'党' * before}{together}{'建' * 30}"
        assert any(together in line.text for line in break_lines(text))


def test_one_character_too_many_is_pushed_in() -> None:
    lines = break_lines("党" * 26 + "。" + "建")
    assert [(line.text[-1], line.spare) for line in lines] == [("。", -1.0), ("建", 0.0)]


def test_a_line_that_had_to_give_is_stretched() -> None:
    first = break_lines("党" * 25 + "《建》")[0]
    assert (first.text, first.spare) == ("党" * 25, 1.0)


def test_blanks_at_a_line_end_do_not_begin_the_next_line() -> None:
    first, second = break_lines("党" * 26 + "   建")
    assert (first.text, second.text) == ("党" * 26 + "   ", "建")


def test_a_long_address_may_be_broken() -> None:
    lines = break_lines("见https://example.cn/" + "a" * 200)
    assert all(sum(map(cells, line.text)) <= 29 for line in lines)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("会议议程", ["会议议程"]),
        (
            "在2022年度县（区）委书记抓基层党建工作述职评议会议上的总结讲话",
            ["在2022年度县（区）委书记抓基层", "党建工作述职评议会议上的总结讲话"],
        ),
        (
            "2026年度全县党（工）委（党组）书记抓基层党建工作述职评议会",
            ["2026年度全县党（工）委（党组）", "书记抓基层党建工作述职评议会"],
        ),
    ],
)
def test_a_title_breaks_between_words(title: str, lines: list[str]) -> None:
    assert balance_title(title, columns=20) == lines


@given(st.text(st.sampled_from(HAN + "2022年《》"), min_size=1, max_size=120))
def test_a_title_keeps_its_text_and_fits(title: str) -> None:
    lines = balance_title(title, columns=20)
    assert "".join(lines) == title
    assert all(sum(map(cells, line)) <= 20 for line in lines)
