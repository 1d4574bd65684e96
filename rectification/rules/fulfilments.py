"""年底严格考核: each promise 已完成, 基本完成 or 未完成, and the rate that follows (S-150)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

BASIC_PERCENT = 50  # what 基本完成 counts until the committee says otherwise for its year


class FulfilmentMark(models.TextChoices):
    DONE = "done", _("已完成")
    BASIC = "basic", _("基本完成")
    UNDONE = "undone", _("未完成")


class FulfilmentRefused(Exception):
    """The mark cannot be given; `str(error)` says why."""


@dataclasses.dataclass(frozen=True)
class FulfilmentCount:
    """Numbers of items of one list by mark; `basic_percent` is what 基本完成 counts for, from 0 to 100."""

    done: int = 0
    basic: int = 0
    undone: int = 0
    unmarked: int = 0
    basic_percent: int = BASIC_PERCENT

    @classmethod
    def sum(cls, counts: Iterable[FulfilmentCount]) -> FulfilmentCount:
        """All together; the share of 基本完成 is that of the first, as all are of one year."""
        rows = list(counts)
        if not rows:
            return cls()
        names = ("done", "basic", "undone", "unmarked")
        return cls(
            **{name: sum(getattr(row, name) for row in rows) for name in names}, basic_percent=rows[0].basic_percent
        )

    @property
    def total(self) -> int:
        return self.done + self.basic + self.undone + self.unmarked

    @property
    def is_complete(self) -> bool:
        return self.unmarked == 0 and self.total > 0

    @property
    def rate(self) -> Fraction | None:
        """From 0 to 1 over all items, unmarked ones counting as not done; None without any item."""
        if not self.total:
            return None
        return (self.done + Fraction(self.basic * self.basic_percent, 100)) / self.total

    @property
    def percent(self) -> str:
        """87.5% to one place, half up; 「—」 without any item."""
        if self.rate is None:
            return "—"
        tenths = int(self.rate * 1000 + Fraction(1, 2))
        return f"{tenths // 10}.{tenths % 10}%"


def definition(basic_percent: int) -> str:
    """The rate in words, shown wherever it stands."""
    return f"兑现率＝（已完成项数＋基本完成项数×{basic_percent}%）÷清单事项总数；没有评定的事项按未完成计算。"


def kept_words(count: FulfilmentCount, *, year: int) -> str:
    """The sentence that next year's report form shows."""
    parts = f"已完成{count.done}项、基本完成{count.basic}项、未完成{count.undone}项"
    parts += f"、未评定{count.unmarked}项" if count.unmarked else ""
    return f"{year}年度整改承诺共{count.total}项：{parts}，兑现率{count.percent}。{definition(count.basic_percent)}"


def check_mark(*, mark: str, evidence: str, is_closed: bool, is_standing: bool) -> None:
    """Raise FulfilmentRefused: 已完成 needs a verified item, or a standing one; every mark needs its evidence."""
    if not evidence.strip():
        raise FulfilmentRefused("请写明评定的依据。")
    if mark == FulfilmentMark.DONE and not (is_closed or is_standing):
        raise FulfilmentRefused("还没有审核销号的事项不能评为“已完成”，请先审核销号，或者评为“基本完成”“未完成”。")
