"""How many report orally, in writing and together; the same three numbers everywhere (S-206)."""

import dataclasses
from collections.abc import Iterable


@dataclasses.dataclass(frozen=True)
class Headcount:
    """`total` is always the sum of the other two."""

    label: str
    oral: int = 0
    written: int = 0

    @property
    def total(self) -> int:
        return self.oral + self.written


def headcount(label: str, oral: Iterable[bool]) -> Headcount:
    """Count reporters; each is True who speaks and False who reports in writing."""
    marks = list(oral)
    return Headcount(label, sum(marks), len(marks) - sum(marks))


def headcounts(rows: Iterable[tuple[str, bool]]) -> list[Headcount]:
    """One line for each label, in the order of its first appearance."""
    found: dict[str, list[bool]] = {}
    for label, is_oral in rows:
        found.setdefault(label, []).append(is_oral)
    return [headcount(label, marks) for label, marks in found.items()]
