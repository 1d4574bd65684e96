"""Which sheet side each page of a paper made of parts falls on, and which number it bears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """What has to be known of a part to place it."""

    pages: int
    numbered: bool = True
    starts_right: bool = False


@dataclass(frozen=True)
class Slot:
    """One side of a sheet. `part` is -1 on a page left blank."""

    part: int
    page: int = 0
    number: int = 0  # 0: bears none


BLANK = Slot(-1)


def place(extents: Sequence[Extent]) -> list[Slot]:
    """The pages after cover and contents, which fill whole sheets themselves.

    Odd numbers always fall on right-hand pages. A page left blank so that a part may start on the
    right is counted, as in a bound book, but bears no number.
    """
    slots: list[Slot] = []
    number = 0
    for index, extent in enumerate(extents):
        if extent.numbered and len(slots) % 2 != number % 2:
            slots.append(BLANK)
        if extent.starts_right and len(slots) % 2:
            slots.append(BLANK)
            number += extent.numbered
        for page in range(extent.pages):
            number += extent.numbered
            slots.append(Slot(index, page, number if extent.numbered else 0))
    return slots


def first_numbers(slots: Sequence[Slot]) -> dict[int, int]:
    """The number on the first page of each part; 0 where it bears none."""
    return {slot.part: slot.number for slot in slots if slot.part >= 0 and slot.page == 0}
