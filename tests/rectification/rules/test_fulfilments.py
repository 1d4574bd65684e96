from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectification.rules.fulfilments import FulfilmentCount, FulfilmentRefused, check_mark, definition

numbers = st.integers(0, 500)


@pytest.mark.parametrize(
    ("count", "percent"),
    [
        (FulfilmentCount(8, 0, 0, 0), "100.0%"),
        (FulfilmentCount(6, 2, 0, 0), "87.5%"),  # (6 + 2 × 50 %) ÷ 8
        (FulfilmentCount(6, 2, 0, 0, basic_percent=80), "95.0%"),  # (6 + 2 × 80 %) ÷ 8
        (FulfilmentCount(1, 0, 1, 1), "33.3%"),  # what nobody marked counts as not done
        (FulfilmentCount(2, 0, 1, 0), "66.7%"),
        (FulfilmentCount(), "—"),
    ],
)
def test_worked_examples(count: FulfilmentCount, percent: str) -> None:
    assert count.percent == percent


@given(numbers, numbers, numbers, numbers, st.integers(0, 100))
def test_between_nothing_and_everything(done: int, basic: int, undone: int, unmarked: int, percent: int) -> None:
    rate = FulfilmentCount(done, basic, undone, unmarked, percent).rate
    assert rate is None or 0 <= rate <= 1


@given(st.lists(st.builds(FulfilmentCount, numbers, numbers, numbers, numbers)))
def test_the_order_of_organizations_does_not_matter(counts: list[FulfilmentCount]) -> None:
    assert FulfilmentCount.sum(counts) == FulfilmentCount.sum(reversed(counts))


def test_the_definition_names_the_share() -> None:
    assert "基本完成项数×60%" in definition(60)
    assert FulfilmentCount(0, 1, 0, 0, 60).rate == Fraction(3, 5)


def test_done_means_verified_or_standing() -> None:
    check_mark(mark="done", evidence="台账", is_closed=True, is_standing=False)
    check_mark(mark="done", evidence="台账", is_closed=False, is_standing=True)
    check_mark(mark="basic", evidence="台账", is_closed=False, is_standing=False)
    with pytest.raises(FulfilmentRefused):
        check_mark(mark="done", evidence="台账", is_closed=False, is_standing=False)
