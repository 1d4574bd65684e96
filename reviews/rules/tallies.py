"""Counting opened ballots: what is valid, which categories are merged, how often each mark was given."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from .ballot_rounds import BallotError
from .marks import ABSTAIN, VOID

OVERALL = ""  # the line 总体评价


@dataclasses.dataclass(frozen=True)
class Cast:
    """One ballot handed in, by phone or on paper. `marks` None = 无效, {} = nothing was marked, 弃权."""

    category: int
    marks: Mapping[str, Any] | None
    on_paper: bool = False
    used_shortcut: bool = False


@dataclasses.dataclass(frozen=True)
class PileCounts:
    """收回 = 有效 + 无效 + 弃权, by phone and on paper together; of merged categories, all of them together."""

    by_phone: int = 0
    on_paper: int = 0
    valid: int | None = 0
    invalid: int | None = 0
    abstained: int | None = 0


@dataclasses.dataclass(frozen=True, order=True)
class Mark:
    """What one ballot says on one line; without grade and points it abstains.

    Ticked twice or crossed out on paper it is void (practice.md 3.3): it stands for itself and counts nowhere.
    """

    grade: str = ""
    points: Decimal | None = None

    @property
    def abstains(self) -> bool:
        return not self.grade and self.points is None

    @property
    def is_void(self) -> bool:
        return self.grade == VOID

    @property
    def text(self) -> str:
        """good, good:95, :95, void, or nothing: how the output writes it."""
        points = "" if self.points is None else f":{self.points.normalize():f}"
        return f"{self.grade}{points}"


Line = tuple[int, str, str]  # category, reporter, line


@dataclasses.dataclass(frozen=True)
class Tally:
    """`votes` are by category after merging; every line of a category has as many as it has valid ballots.

    So are 有效, 无效 and 弃权 of `piles`: a category that was merged has none of its own. `shortcuts` valid ballots
    of a category, after merging too, have lines that were filled all at once.
    """

    piles: dict[int, PileCounts]
    merged: dict[int, int]
    votes: dict[Line, list[Mark]]
    shortcuts: dict[int, int]

    def counts(self) -> list[tuple[Line, Mark, int]]:
        return [(line, mark, count) for line, marks in self.votes.items() for mark, count in Counter(marks).items()]


class TooFewBallotsError(BallotError):
    def __init__(self, valid: int, smallest: int) -> None:
        super().__init__(
            f"有效票只有{valid}张，不足{smallest}张，公布任何数字都可能看出个人的意见，不能计票。请作废本轮。"
        )


def count_ballots(
    lines: Sequence[tuple[str, str]], categories: Sequence[int], casts: Iterable[Cast], *, smallest: int
) -> Tally:
    """Count all ballots on all `lines` (reporter, line). Raises TooFewBallotsError."""
    by_category: dict[int, list[Cast]] = {category: [] for category in categories}
    for cast in casts:
        by_category[cast.category].append(cast)
    valid = {category: sum(bool(cast.marks) for cast in given) for category, given in by_category.items()}
    merged = merge_small(valid, smallest)
    largest = max((each for each in categories if each not in merged), key=lambda category: valid[category])
    # Nobody shall read either that whoever voted there left everything blank.
    for category, given in by_category.items():
        if 0 < len(given) < smallest and not valid[category]:
            merged[category] = largest
    piles = {category: _pile_counts(given) for category, given in by_category.items()}
    votes: dict[Line, list[Mark]] = {}
    shortcuts: Counter[int] = Counter()
    for category, given in by_category.items():
        counted_as = merged.get(category, category)
        shortcuts[counted_as] += sum(cast.used_shortcut for cast in given if cast.marks)
        for marks in (cast.marks for cast in given if cast.marks):
            for reporter, line in lines:
                key = (counted_as, reporter, line)
                votes.setdefault(key, []).append(mark_of(marks, reporter, line))
    # In the order of the marks, so that nothing of the order of the ballots is left.
    found = {key: sorted(marks, key=lambda m: m.text) for key, marks in votes.items()}
    return Tally(_together(piles, merged), merged, found, dict(shortcuts))


def _together(piles: Mapping[int, PileCounts], merged: Mapping[int, int]) -> dict[int, PileCounts]:
    found = {}
    for category, pile in piles.items():
        group = [pile, *(piles[small] for small, target in merged.items() if target == category)]
        counts = {name: sum(getattr(each, name) for each in group) for name in ("valid", "invalid", "abstained")}
        hidden = dict.fromkeys(counts)
        found[category] = dataclasses.replace(pile, **(hidden if category in merged else counts))
    return found


def merge_small(sizes: Mapping[int, int], smallest: int) -> dict[int, int]:
    """Which category is counted under which: the smallest goes to the next larger until all are large enough.

    Those of size nought stay out of it. Raises TooFewBallotsError when all together are too few.
    """
    left = {category: size for category, size in sizes.items() if size}
    if sum(left.values()) < smallest:
        raise TooFewBallotsError(sum(left.values()), smallest)
    place = {category: number for number, category in enumerate(sizes)}
    into: dict[int, int] = {}
    while min(left.values()) < smallest:
        small, next_, *_ = sorted(left, key=lambda category: (left[category], place[category]))
        into = {category: next_ if target == small else target for category, target in into.items()} | {small: next_}
        left[next_] += left.pop(small)
    return into


def mark_of(marks: Mapping[str, Any], reporter: str, line: str) -> Mark:
    given = marks.get(reporter) or {}
    mark = (given.get("items", {}).get(line) if line else given.get("overall")) or {}
    points, grade = mark.get("points"), mark.get("grade") or ""
    return Mark("" if grade == ABSTAIN else grade, None if points in (None, "") else Decimal(str(points)))


def _pile_counts(casts: Sequence[Cast]) -> PileCounts:
    return PileCounts(
        by_phone=sum(not cast.on_paper for cast in casts),
        on_paper=sum(cast.on_paper for cast in casts),
        valid=sum(bool(cast.marks) for cast in casts),
        invalid=sum(cast.marks is None for cast in casts),
        abstained=sum(cast.marks is not None and not cast.marks for cast in casts),
    )
