from decimal import Decimal

import pytest

from reviews.rules.score_sheets import marks_off_scale, scheme_gaps

NAMES = ["履行主体责任", "个人履职", "问题剖析"]
HUNDRED = [Decimal(100)]


def test_marks_off_the_scale_are_named():
    maxima = [Decimal(100), Decimal(50), Decimal(30)]

    assert marks_off_scale(NAMES, maxima, [Decimal("100"), Decimal("50.01"), None]) == ["个人履职"]
    assert marks_off_scale(NAMES, maxima, [Decimal("-0.5"), Decimal("0"), Decimal("1.005")]) == [
        "履行主体责任",
        "问题剖析",
    ]


@pytest.mark.parametrize(
    ("dimensions", "categories", "parts", "gaps"),
    [
        (HUNDRED, HUNDRED, HUNDRED, []),
        (HUNDRED, HUNDRED, [], []),
        ([], [], [], ["没有评分项目", "没有评分人类别"]),
        ([Decimal("33.33")] * 3, HUNDRED, HUNDRED, ["评分项目的权重合计99.99%，应为100%"]),
        (HUNDRED, [Decimal(60), Decimal(50)], HUNDRED, ["评分人类别的权重合计110%，应为100%"]),
        (HUNDRED, HUNDRED, [Decimal(40)], ["综合评价组成的权重合计40%，应为100%"]),
    ],
)
def test_scheme_that_does_not_add_up(dimensions, categories, parts, gaps):
    assert scheme_gaps({"": dimensions}, categories, parts) == gaps


def test_a_domains_own_set_must_add_up_too():
    full = [Decimal(100)]
    gaps = scheme_gaps({"": full, "学校": [Decimal(60)]}, full, [])
    assert gaps == ["学校评分项目的权重合计60%，应为100%"]
