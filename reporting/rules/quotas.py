"""How many of a group may or must get which grade (practice.md 2.8).

Counted in whole numbers: a ceiling is rounded down, a floor up, and a floor asks for one at least.
"""

import dataclasses
from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

# Below this a percentage says little; what then holds is a choice of the scheme.
SMALL_GROUP = 5


class SmallGroups(models.TextChoices):
    """What becomes of the quota of a domain with fewer than five reporters."""

    REMARK = "remark", _("仍按比例折算，只作提示")
    MERGE = "merge", _("几个小领域合并到“其他”一起折算")
    SKIP = "skip", _("不适用名额")


OTHERS = "其他"


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
    return _limits([QuotaShare("", size, good_max_percent, lower_min_percent)])


@dataclasses.dataclass(frozen=True)
class QuotaShare:
    """A quota as the scheme has it, in percent, and the size of its group; `joins` is false for that of everybody."""

    name: str
    size: int
    good_max: int | None = None
    lower_min: int | None = None
    joins: bool = True

    @property
    def is_small(self) -> bool:
        return self.joins and 0 < self.size < SMALL_GROUP


@dataclasses.dataclass(frozen=True)
class QuotaGroup:
    """Groups that are counted together, and what holds for them; `limits` is None where no quota applies."""

    shares: tuple[QuotaShare, ...]
    limits: QuotaLimits | None

    @property
    def is_merged(self) -> bool:
        return len(self.shares) > 1

    @property
    def name(self) -> str:
        if not self.is_merged:
            return self.shares[0].name
        return f"{OTHERS}（{'、'.join(f'{share.name}{share.size}名' for share in self.shares)}）"


def quota_groups(shares: Sequence[QuotaShare], small: str) -> list[QuotaGroup]:
    """The quotas of a scheme with its choice for small groups (`SmallGroups`); 其他 comes last.

    A single small group has nobody to be merged with: it stays alone, with its remark.
    """
    few = [share for share in shares if share.is_small]
    if small == SmallGroups.SKIP:
        return [QuotaGroup((share,), None if share in few else _limits([share])) for share in shares]
    merged = tuple(few) if small == SmallGroups.MERGE and len(few) > 1 else ()
    groups = [QuotaGroup((share,), _limits([share])) for share in shares if share not in merged]
    return [*groups, QuotaGroup(merged, _limits(merged))] if merged else groups


def _limits(shares: Sequence[QuotaShare]) -> QuotaLimits:
    """Shares of different percentages add up before they are rounded; one without a ceiling may all be 好."""
    size = sum(share.size for share in shares)
    good_max = lower_min = None
    if any(share.good_max is not None for share in shares):
        good_max = sum(share.size * (100 if share.good_max is None else share.good_max) for share in shares) // 100
    if any(share.lower_min is not None for share in shares):
        lower = sum(share.size * (share.lower_min or 0) for share in shares)
        lower_min = max(1, -(-lower // 100)) if lower else 0
    return QuotaLimits(size, good_max, lower_min)
