"""How reporters are put in order (S-63, S-65)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from reporting.rules.cycles import CyclePhase

Row = TypeVar("Row")

# Afterwards the meeting has been held and who spoke is history.
ORDER_OPEN = frozenset({CyclePhase.PREPARATION, CyclePhase.REPORTING, CyclePhase.MEETING})


def moved(rows: Sequence[Row], row: Row, step: int) -> list[Row]:
    """The rows with `row` moved by `step` places (−1 is up); at either end nothing changes."""
    order = list(rows)
    position = order.index(row)
    target = min(max(position + step, 0), len(order) - 1)
    order.insert(target, order.pop(position))
    return order
