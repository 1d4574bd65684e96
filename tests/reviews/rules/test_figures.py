from decimal import Decimal
from fractions import Fraction

import pytest

from reviews.rules.figures import mark_in_range, round_half_up, shared_ranks

D = Decimal


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (Fraction(2675, 1000), "2.68"),  # in binary 2.675 lies below the half
        (Fraction(84335, 1000), "84.34"),
        (Fraction(84334999, 1000000), "84.33"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction(0), "0.00"),
        (Fraction(100), "100.00"),
    ],
)
def test_rounding_is_half_up(exact, rounded):
    assert str(round_half_up(exact)) == rounded


def test_equal_scores_share_a_place():
    scores = {"甲": D("90.00"), "乙": D("88.10"), "丙": D("88.10"), "丁": D("70"), "戊": None}

    assert shared_ranks(scores) == {"甲": 1, "乙": 2, "丙": 2, "丁": 4, "戊": None}


@pytest.mark.parametrize(
    ("mark", "fits"),
    [
        ("0", True),
        ("50", True),
        ("49.99", True),
        ("50.01", False),
        ("-1", False),
        ("9.999", False),
        ("NaN", False),
    ],
)
def test_mark_in_range(mark, fits):
    assert mark_in_range(D(mark), D(50)) is fits
