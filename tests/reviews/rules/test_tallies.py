"""Which categories are counted together, and that no number of a small one is left anywhere."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.tallies import Cast, PileCounts, Tally, TooFewBallotsError, count_ballots

LINES = [("1", "overall")]
GOOD = {"1": {"items": {"overall": {"grade": "good"}}}}
KINDS = {"valid": GOOD, "blank": {}, "spoiled": None}


def tally(smallest: int, **given_: str) -> Tally:
    """`a="vvb"`: category 1 handed in two valid ballots and a blank one."""
    kinds = {kind[0]: marks for kind, marks in KINDS.items()}
    numbers = range(1, len(given_) + 1)
    casts = [
        Cast(number, kinds[letter])
        for number, letters in zip(numbers, given_.values(), strict=True)
        for letter in letters
    ]
    return count_ballots(LINES, list(numbers), casts, smallest=smallest)


def test_blank_ballots_of_a_few_stand_with_a_category_that_is_counted() -> None:
    # The two small ones go together first (4), then the largest one goes to them (7); the fourth has only blank ones.
    found = tally(5, a="vvv", b="vv", c="vv", d="b")
    assert found.merged == {2: 3, 1: 3, 4: 3}
    assert [found.piles[number].valid for number in (1, 2, 3, 4)] == [None, None, 7, None]
    assert found.piles[3].abstained == 1


def test_a_category_that_handed_in_nothing_hides_nothing() -> None:
    found = tally(5, a="vvvvvv", b="")
    assert (found.merged, found.piles[2]) == ({}, PileCounts())


@given(
    st.lists(st.text("vbs", max_size=12), min_size=1, max_size=6),
    st.integers(min_value=1, max_value=6),
)
def test_every_ballot_is_counted_once_and_never_in_a_group_that_is_too_small(given_: list[str], smallest: int) -> None:
    letters = Counter("".join(given_))
    try:
        found = tally(smallest, **{f"c{number}": each for number, each in enumerate(given_)})
    except TooFewBallotsError:
        assert letters["v"] < smallest
        return
    shown = [pile for pile in found.piles.values() if pile.valid is not None]
    totals = [sum(getattr(pile, name) for pile in shown) for name in ("valid", "abstained", "invalid")]
    assert totals == [letters["v"], letters["b"], letters["s"]]
    assert not found.merged.keys() & set(found.merged.values())
    for number, each in enumerate(given_, start=1):
        if each and number not in found.merged:
            # what is shown of a group is never fewer people than that
            assert found.piles[number].valid >= smallest or len(each) >= smallest
