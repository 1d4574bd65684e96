import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectification.rules.bulletins import (
    BULLETIN_FLOW,
    PERIODS,
    BulletinKind,
    BulletinState,
    Standing,
    Tally,
    arrow,
    is_missing,
    percent,
    places,
    span,
    total_of,
)

TALLIES = st.builds(
    lambda done, rest, late: Tally(done + rest, done, min(late, rest)),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 30),
)


def test_a_year_asks_for_four_quarters_a_half_year_and_its_end() -> None:
    assert [kind.value for kind in PERIODS] == [
        "quarter_1",
        "quarter_2",
        "half_year",
        "quarter_3",
        "quarter_4",
        "year_end",
    ]


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("quarter_1", (1, 1), (3, 31)),
        ("quarter_2", (4, 1), (6, 30)),
        ("half_year", (1, 1), (6, 30)),
        ("quarter_3", (7, 1), (9, 30)),
        ("quarter_4", (10, 1), (12, 31)),
        ("year_end", (1, 1), (12, 31)),
    ],
)
def test_what_a_bulletin_tells_of(kind: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert span(kind, 2026) == (dt.date(2026, *first), dt.date(2026, *last))


def test_a_period_is_missing_from_the_day_after_its_end_until_it_is_published() -> None:
    ask = {"kind": BulletinKind.QUARTER_1, "year": 2026}
    assert not is_missing(**ask, published=False, today=dt.date(2026, 3, 31))
    assert is_missing(**ask, published=False, today=dt.date(2026, 4, 1))
    assert not is_missing(**ask, published=True, today=dt.date(2027, 4, 1))


def test_what_was_over_before_the_year_was_opened_is_not_owed() -> None:
    ask = {"kind": BulletinKind.QUARTER_1, "year": 2026, "published": False, "today": dt.date(2027, 4, 1)}
    assert is_missing(**ask, opened_on=dt.date(2026, 3, 31))
    assert not is_missing(**ask, opened_on=dt.date(2026, 4, 1))


@pytest.mark.parametrize(
    ("tally", "standing", "told"),
    [
        (Tally(), Standing.IDLE, ""),
        (Tally(4, 4), Standing.DONE, "100%"),
        (Tally(4, 3), Standing.ON_TRACK, "75%"),
        (Tally(4, 3, 1), Standing.BEHIND, "75%"),
        (Tally(8, 1), Standing.ON_TRACK, "13%"),  # 12.5 rounds half up
        (Tally(3, 0), Standing.ON_TRACK, "0%"),
    ],
)
def test_how_far_an_organization_is(tally: Tally, standing: Standing, told: str) -> None:
    assert (tally.standing, percent(tally)) == (standing, told)


def test_places_worked_out_by_hand() -> None:
    # 3/4 with nothing late, 3/4 with one late, nothing to do, 6/8 with nothing late, 1/1, 0/5
    tallies = [Tally(4, 3), Tally(4, 3, 1), Tally(), Tally(8, 6), Tally(1, 1), Tally(5, 0)]
    assert places(tallies) == [2, 4, None, 2, 1, 5]


@given(st.lists(TALLIES, max_size=12))
def test_who_has_done_more_never_stands_behind(tallies: list[Tally]) -> None:
    ranks = places(tallies)
    for one, place in zip(tallies, ranks, strict=True):
        for other, its_place in zip(tallies, ranks, strict=True):
            if place is None or its_place is None:
                assert not one.total or not other.total
                continue
            if one.rate > other.rate:
                assert place < its_place
            if (one.rate, one.late) == (other.rate, other.late):
                assert place == its_place


@given(st.lists(TALLIES, max_size=12))
def test_a_total_is_the_sum_of_its_parts(tallies: list[Tally]) -> None:
    whole = total_of(tallies)
    assert (whole.total, whole.done, whole.late) == (
        sum(each.total for each in tallies),
        sum(each.done for each in tallies),
        sum(each.late for each in tallies),
    )
    assert 0 <= whole.rate <= Fraction(1)


@pytest.mark.parametrize(
    ("place", "before", "told"),
    [(1, 3, "↑2"), (3, 1, "↓2"), (2, 2, "－"), (2, None, ""), (None, 2, "")],
)
def test_arrows_against_the_last_time(place: int | None, before: int | None, told: str) -> None:
    assert arrow(place, before) == told


def test_what_is_published_stays_published() -> None:
    assert BULLETIN_FLOW.verbs_from(BulletinState.DRAFT) == ["publish"]
    assert BULLETIN_FLOW.verbs_from(BulletinState.PUBLISHED) == []
