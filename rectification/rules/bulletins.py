"""督查通报: the periods of a year, how far an organization is, and in which order they are told (S-164 to S-166).

A period belongs to the year of the cycle it is kept in: its key tasks and projects are of that year, and so is the
work on the list that the review of the year before left behind.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.flow import Flow


class BulletinKind(models.TextChoices):
    """What a year asks for, in its order; a special one is written whenever there is cause."""

    QUARTER_1 = "quarter_1", _("第一季度通报")
    QUARTER_2 = "quarter_2", _("第二季度通报")
    HALF_YEAR = "half_year", _("半年督查通报")
    QUARTER_3 = "quarter_3", _("第三季度通报")
    QUARTER_4 = "quarter_4", _("第四季度通报")
    YEAR_END = "year_end", _("年终考核通报")
    SPECIAL = "special", _("专项通报")


# First and last month of what each one tells of.
MONTHS = {
    BulletinKind.QUARTER_1: (1, 3),
    BulletinKind.QUARTER_2: (4, 6),
    BulletinKind.HALF_YEAR: (1, 6),
    BulletinKind.QUARTER_3: (7, 9),
    BulletinKind.QUARTER_4: (10, 12),
    BulletinKind.YEAR_END: (1, 12),
    BulletinKind.SPECIAL: (1, 12),
}
PERIODS = tuple(kind for kind in BulletinKind if kind != BulletinKind.SPECIAL)
# A quarter is compared with the quarter before, a special bulletin with nothing.
BEFORE = {
    BulletinKind.QUARTER_2: BulletinKind.QUARTER_1,
    BulletinKind.QUARTER_3: BulletinKind.QUARTER_2,
    BulletinKind.QUARTER_4: BulletinKind.QUARTER_3,
    BulletinKind.YEAR_END: BulletinKind.HALF_YEAR,
}


class BulletinState(models.TextChoices):
    DRAFT = "draft", _("拟稿")
    PUBLISHED = "published", _("已印发")


# What is published is never taken back; a mistake is put right by another bulletin.
BULLETIN_FLOW = Flow("bulletin", {"publish": ([BulletinState.DRAFT], BulletinState.PUBLISHED)})


class Audience(models.TextChoices):
    """Who gets it (S-180)."""

    REPORTERS = "reporters", _("本年度述职单位")
    LISTED = "listed", _("表中所列单位")
    CHOSEN = "chosen", _("指定单位")
    NONE = "none", _("不下发，仅供本级使用")


class Standing(models.TextChoices):
    """How far an organization is (S-165)."""

    ON_TRACK = "on_track", _("按进度")
    BEHIND = "behind", _("滞后")
    DONE = "done", _("完成")
    IDLE = "idle", _("无任务")


class BulletinRefused(Exception):
    """The bulletin cannot be drawn up, changed or published; `str(error)` says why."""


@dataclasses.dataclass(frozen=True)
class Tally:
    """`done` of `total`, and how many are `late`: overdue, or without word of the last quarter."""

    total: int = 0
    done: int = 0
    late: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.total + other.total, self.done + other.done, self.late + other.late)

    @property
    def rate(self) -> Fraction:
        """Share done; nothing to do is all done."""
        return Fraction(self.done, self.total) if self.total else Fraction(1)

    @property
    def standing(self) -> Standing:
        if not self.total:
            return Standing.IDLE
        if self.late:
            return Standing.BEHIND
        return Standing.DONE if self.done == self.total else Standing.ON_TRACK


def span(kind: str, year: int) -> tuple[dt.date, dt.date]:
    """First and last day of what the bulletin tells of."""
    first, last = MONTHS[BulletinKind(kind)]
    after = dt.date(year + 1, 1, 1) if last == 12 else dt.date(year, last + 1, 1)
    return dt.date(year, first, 1), after - dt.timedelta(days=1)


def is_missing(kind: str, year: int, *, published: bool, today: dt.date, opened_on: dt.date | None = None) -> bool:
    """Its time is over and nothing has been published; what was over before the year was opened is not owed (S-164)."""
    last = span(kind, year)[1]
    return not published and today > last and (opened_on is None or opened_on <= last)


def places(tallies: Sequence[Tally]) -> list[int | None]:
    """Place of each: more done comes first, then fewer late; equals share a place, then a gap: 1, 2, 2, 4.

    Who has nothing to do has no place and takes none.
    """
    keys = [(-tally.rate, tally.late) if tally.total else None for tally in tallies]
    known = [key for key in keys if key is not None]
    return [None if key is None else 1 + sum(other < key for other in known) for key in keys]


def arrow(place: int | None, before: int | None) -> str:
    """Against the last time: ↑2, ↓1, －; empty when there is nothing to compare with (S-212)."""
    if place is None or before is None:
        return ""
    if place == before:
        return "－"
    return f"↑{before - place}" if place < before else f"↓{place - before}"


def percent(tally: Tally) -> str:
    """`75%`, half up, or an empty text where there is nothing to do."""
    if not tally.total:
        return ""
    return f"{int(tally.rate * 100 + Fraction(1, 2))}%"


def total_of(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
