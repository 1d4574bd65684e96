from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.reporters import moved


def test_a_row_moves_and_stops_at_the_ends() -> None:
    assert moved("abc", "b", -1) == ["b", "a", "c"]
    assert moved("abc", "b", 1) == ["a", "c", "b"]
    assert moved("abc", "a", -1) == ["a", "b", "c"]
    assert moved("abc", "c", 1) == ["a", "b", "c"]


@given(st.lists(st.integers(), unique=True, min_size=1), st.data(), st.integers(-3, 3))
def test_moving_loses_nobody(rows: list[int], data: st.DataObject, step: int) -> None:
    row = data.draw(st.sampled_from(rows))
    assert sorted(moved(rows, row, step)) == sorted(rows)
