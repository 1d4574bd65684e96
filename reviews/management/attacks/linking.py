"""How well one order gives away another: voters as somebody saw them vote, contents as somebody found them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence


@dataclasses.dataclass(frozen=True)
class Attack:
    """`rate` of voters whose content was named rightly, when the k-th voter is given the k-th content."""

    name: str
    rate: float
    voters: int

    @property
    def line(self) -> float:
        return chance_line(self.voters)

    @property
    def succeeds(self) -> bool:
        return self.rate > self.line


def chance_line(voters: int) -> float:
    """Chance is one right guess in the mean, whatever the number of voters; three standard deviations above it."""
    return (1 + 3 * math.sqrt(1)) / voters


def rate(voters: Sequence[int], contents: Sequence[int], total: int) -> float:
    """Of two orders of the same people; also read backwards. Those missing on either side are not linked."""
    both = set(voters) & set(contents)
    first, second = [v for v in voters if v in both], [c for c in contents if c in both]
    forward = sum(a == b for a, b in zip(first, second, strict=True))
    backward = sum(a == b for a, b in zip(first, reversed(second), strict=True))
    return max(forward, backward) / total


def all_attacks(known: Mapping[str, Sequence[int]], found: Mapping[str, Sequence[int]], voters: int) -> list[Attack]:
    """Every order in which voters are known against every order in which contents were found."""
    return [
        Attack(f"{content} × {person}", rate(people, contents, voters), voters)
        for content, contents in found.items()
        for person, people in known.items()
    ]
