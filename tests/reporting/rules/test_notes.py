from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.notes import Anchor, Found, MarkedRun, locate, mark


def test_the_passage_nearest_to_where_it_was_is_meant() -> None:
    texts = {"a": "办了3件。又办了3件。再办了3件。"}
    assert locate(Anchor("a", "办了3件", 7), texts) == Found("a", 6, 10)


def test_a_passage_that_moved_is_found_again() -> None:
    assert locate(Anchor("a", "走访***户", 0), {"a": "改过。", "b": "我走访***户。"}) == Found("b", 1, 7)


def test_a_passage_that_was_changed_is_nowhere() -> None:
    assert locate(Anchor("a", "走访***户", 0), {"a": "走访XX户"}) is None
    assert locate(Anchor("a", "", 0), {"a": "走访"}) is None


def test_text_is_shown_with_its_notes() -> None:
    assert mark("抓得不细不实", [(2, 4, 1), (3, 6, 2)]) == [
        MarkedRun("抓得"),
        MarkedRun("不", (1,)),
        MarkedRun("细", (1, 2), (1,)),
        MarkedRun("不实", (2,), (2,)),
    ]
    assert mark("无", []) == [MarkedRun("无")]
    assert mark("", []) == []


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 29), st.integers(1, 9), st.integers(1, 5)), max_size=5))
def test_marking_changes_no_character(text: str, spans: list[tuple[int, int, int]]) -> None:
    inside = [(start, min(start + length, len(text)), n) for start, length, n in spans if start < len(text)]
    runs = mark(text, inside)
    assert "".join(run.text for run in runs) == text
    assert sorted(n for run in runs for n in run.ending) == sorted(n for _, _, n in inside)
