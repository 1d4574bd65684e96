import pytest

from reporting.rules.quotas import QuotaLimits, quota_limits


@pytest.mark.parametrize(("size", "lower"), [(6, 1), (10, 2), (20, 3), (30, 5)])
def test_fifteen_percent_lower_as_in_practice(size: int, lower: int) -> None:
    limits = quota_limits(size, good_max_percent=None, lower_min_percent=15)
    assert limits == QuotaLimits(size, None, lower)
    assert limits.good_allowed == size - lower


@pytest.mark.parametrize(("size", "good"), [(6, 2), (10, 4), (20, 8), (30, 12), (4, 1), (2, 0)])
def test_a_ceiling_is_rounded_down(size: int, good: int) -> None:
    assert quota_limits(size, good_max_percent=40, lower_min_percent=None).good_allowed == good


def test_both_directions_are_kept() -> None:
    limits = quota_limits(10, good_max_percent=90, lower_min_percent=15)
    assert (limits.good_max, limits.lower_min, limits.good_allowed) == (9, 2, 8)
    assert [limits.is_exceeded(good) for good in (8, 9)] == [False, True]


@pytest.mark.parametrize(("size", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_small_groups_are_flagged(size: int, small: bool) -> None:
    assert quota_limits(size, good_max_percent=40, lower_min_percent=15).is_small is small


def test_nobody_and_nothing_asked() -> None:
    assert quota_limits(0, good_max_percent=40, lower_min_percent=15) == QuotaLimits(0, 0, 0)
    assert quota_limits(8, good_max_percent=None, lower_min_percent=0).good_allowed == 8
