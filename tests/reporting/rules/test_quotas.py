import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.quotas import QuotaLimits, QuotaShare, SmallGroups, quota_groups, quota_limits


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


EVERYBODY = QuotaShare("全部述职人", 17, None, 15, joins=False)
RURAL = QuotaShare("乡镇", 10, 40, 15)
SCHOOL, HOSPITAL = QuotaShare("学校", 4, 40, 15), QuotaShare("医院", 3, 30, None)


def told(small: str, *shares: QuotaShare) -> list[tuple[str, QuotaLimits | None]]:
    return [(group.name, group.limits) for group in quota_groups(shares, small)]


def test_small_groups_stay_as_they_are_with_a_remark() -> None:
    assert told("remark", EVERYBODY, RURAL, SCHOOL) == [
        ("全部述职人", QuotaLimits(17, None, 3)),
        ("乡镇", QuotaLimits(10, 4, 2)),
        ("学校", QuotaLimits(4, 1, 1)),
    ]


def test_small_groups_are_merged_and_rounded_once() -> None:
    """4 × 40 % and 3 × 30 % are 2.5 of seven: two may be 好; alone it would have been 1 and 0."""
    assert told("merge", EVERYBODY, SCHOOL, RURAL, HOSPITAL) == [
        ("全部述职人", QuotaLimits(17, None, 3)),
        ("乡镇", QuotaLimits(10, 4, 2)),
        ("其他（学校4名、医院3名）", QuotaLimits(7, 2, 1)),
    ]


def test_one_small_group_has_nobody_to_join() -> None:
    assert told("merge", RURAL, SCHOOL) == [("乡镇", QuotaLimits(10, 4, 2)), ("学校", QuotaLimits(4, 1, 1))]


def test_small_groups_may_have_no_quota() -> None:
    small_year = QuotaShare("全部述职人", 3, 40, None, joins=False)
    assert told("skip", small_year, RURAL, SCHOOL) == [
        ("全部述职人", QuotaLimits(3, 1, None)),
        ("乡镇", QuotaLimits(10, 4, 2)),
        ("学校", None),
    ]


_percent = st.none() | st.integers(0, 100)
_shares = st.lists(
    st.builds(QuotaShare, st.text("甲乙丙", min_size=1, max_size=3), st.integers(0, 40), _percent, _percent), max_size=8
)


@given(_shares, st.sampled_from(SmallGroups.values))
def test_nobody_is_lost_or_counted_twice(shares: list[QuotaShare], small: str) -> None:
    groups = quota_groups(shares, small)
    counted = [share for group in groups for share in group.shares]
    assert sorted(map(repr, counted)) == sorted(map(repr, shares))


@given(_shares)
def test_merging_never_allows_fewer_good_than_the_small_groups_alone(shares: list[QuotaShare]) -> None:
    merged = [group for group in quota_groups(shares, SmallGroups.MERGE) if group.is_merged]
    for group in merged:
        alone = [
            quota_limits(share.size, good_max_percent=share.good_max, lower_min_percent=None) for share in group.shares
        ]
        together = quota_limits(group.limits.size, good_max_percent=None, lower_min_percent=None)
        ceiling = group.limits.good_max if group.limits.good_max is not None else together.good_allowed
        assert sum(limits.good_allowed for limits in alone) <= ceiling <= group.limits.size
