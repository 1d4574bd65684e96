"""How many of a group may or must get which grade (practice.md 2.8).

Counted in whole numbers: a ceiling is rounded down, a floor up, and a floor asks for one at least.
"""

import dataclasses

# Below this a percentage says little; the group is shown with a remark and left to the committee.
SMALL_GROUP = 5


@dataclasses.dataclass(frozen=True)
class QuotaLimits:
    """`good_max` of `size` may be graded 好, `lower_min` must be graded lower; None means no limit."""

    size: int
    good_max: int | None
    lower_min: int | None

    @property
    def is_small(self) -> bool:
        return 0 < self.size < SMALL_GROUP

    @property
    def good_allowed(self) -> int:
        """How many may be 好 when both directions are kept."""
        ceiling = self.size if self.good_max is None else self.good_max
        return max(0, min(ceiling, self.size - (self.lower_min or 0)))

    def is_exceeded(self, good: int) -> bool:
        return good > self.good_allowed


def quota_limits(size: int, *, good_max_percent: int | None, lower_min_percent: int | None) -> QuotaLimits:
    """What percentages mean for a group of `size`. 15% lower at least: 6 → 1, 10 → 2, 20 → 3, 30 → 5."""
    good_max = None if good_max_percent is None else size * good_max_percent // 100
    lower_min = None
    if lower_min_percent is not None:
        lower_min = -(-size * lower_min_percent // 100)
        if size and lower_min_percent:
            lower_min = max(1, lower_min)
    return QuotaLimits(size, good_max, lower_min)
