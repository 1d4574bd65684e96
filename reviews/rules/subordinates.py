"""How far the committees below are with the same year, and what adds up level by level (S-32, S-33)."""

from __future__ import annotations

import dataclasses

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubordinateStanding(models.TextChoices):
    NOT_OPENED = "not_opened", _("未开展")
    OPENED = "opened", _("已启动，未定会期")
    SCHEDULED = "scheduled", _("已定会期")
    HELD = "held", _("已召开")
    CLOSED = "closed", _("已办结")


def subordinate_standing(
    *, is_opened: bool, is_closed: bool, is_dated: bool, meetings: int, meetings_held: int
) -> SubordinateStanding:
    """`is_dated` says that a meeting has a day, exact or as worded; held means all meetings are over."""
    if not is_opened:
        return SubordinateStanding.NOT_OPENED
    if is_closed:
        return SubordinateStanding.CLOSED
    if meetings and meetings == meetings_held:
        return SubordinateStanding.HELD
    return SubordinateStanding.SCHEDULED if is_dated else SubordinateStanding.OPENED


@dataclasses.dataclass(frozen=True)
class YearCounts:
    """Numbers of one cycle, or of several added up."""

    cycles: int = 0
    reporters: int = 0
    submitted: int = 0
    accepted: int = 0
    missing: int = 0
    meetings: int = 0
    meetings_held: int = 0
    decided: int = 0

    def __add__(self, other: YearCounts) -> YearCounts:
        return YearCounts(*(a + b for a, b in zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)))


def add_up(counts: list[YearCounts]) -> YearCounts:
    return sum(counts, YearCounts())
