from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.satisfaction import satisfaction_rate

COUNT = st.integers(min_value=0, max_value=10_000)


def test_who_does_not_know_is_not_counted():
    assert satisfaction_rate(50, 30, 20) == Decimal("80.00")
    assert satisfaction_rate(2, 0, 1) == Decimal("66.67")
    assert satisfaction_rate(0, 0, 0) is None


@given(COUNT, COUNT, COUNT)
def test_it_is_a_percentage(satisfied: int, fairly: int, dissatisfied: int):
    rate = satisfaction_rate(satisfied, fairly, dissatisfied)
    assert rate is None or 0 <= rate <= 100
