from decimal import Decimal

import pytest

from reviews.rules.comparisons import category_figures, difference, median

D = Decimal


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([], None), (["90"], "90.00"), (["80", "95", "90"], "90.00"), (["80.01", "90"], "85.01")],
)
def test_the_median(scores, expected):
    assert median(map(D, scores)) == (None if expected is None else D(expected))


def test_difference_needs_both():
    assert (difference(D("88"), D("90")), difference(None, D(1)), difference(D(1), None)) == (D("-2"), None, None)


def test_strictness_and_spread_of_categories():
    # 领导 90, 80: mean 85, deviation 5.  群众 95, 95: mean 95, deviation 0.  All: 90.
    rows = [{"领导": (D(90), 6), "群众": (D(95), 30)}, {"领导": (D(80), 5), "群众": (D(95), 28)}]
    leaders, masses = category_figures(rows)
    assert (leaders.mean, leaders.spread, leaders.leniency) == (D("85.00"), D("5.00"), D("-5.00"))
    assert (masses.mean, masses.spread, masses.leniency) == (D("95.00"), D("0.00"), D("5.00"))


def test_a_small_group_is_never_told_of():
    rows = [{"领导": (D(90), 4), "群众": (D(95), 30)}, {"领导": (D(80), 9), "群众": (D(95), 5)}]
    assert [row.name for row in category_figures(rows)] == ["群众"]
    assert category_figures([]) == []
