import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rectification.rules.ladder import PRESET, LadderLevel, Rung, check_order, due_rung, sheet_title

DUE = dt.date(2026, 6, 30)


def at(days: int, *taken: int) -> int | None:
    rung = due_rung(PRESET, due_date=DUE, today=DUE + dt.timedelta(days=days), taken=taken)
    return rung.level if rung else None


def test_worked_through() -> None:
    assert [at(-8), at(-7), at(0), at(1), at(8), at(22), at(50)] == [None, 0, 0, 1, 2, 3, 3]
    assert [at(0, 0), at(1, 0), at(8, 0, 1), at(22, 4)] == [None, 1, 2, None]


@given(st.integers(-30, 400), st.sets(st.sampled_from([int(level) for level in LadderLevel])))
def test_never_down_never_twice(days: int, taken: set[int]) -> None:
    level = at(days, *taken)
    assert level is None or level > max(taken, default=-1)


def test_a_higher_rung_comes_no_sooner() -> None:
    assert check_order(PRESET) == []
    assert check_order([Rung(2, 1, None, "x"), Rung(1, 5, None, "x")]) == ["“催办”不能早于“提示”。"]


def test_names_of_the_sheets() -> None:
    assert [sheet_title(level) for level in LadderLevel] == ["提醒单", "提示单", "催办单", "通报单", "约谈单", "预警单"]
