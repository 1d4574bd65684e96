"""Whether a figure meets what the year asks for: met, not met, or nobody can say (S-217)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.figures import Bound, Figure, in_unit, plain_decimal, read_figure, told_with_unit


class Operator(models.TextChoices):
    AT_LEAST = "at_least", _("不低于（≥）")
    AT_MOST = "at_most", _("不高于（≤）")
    EXACTLY = "exactly", _("等于（=）")
    LAST_YEAR = "last_year", _("不低于上年度")
    TIMES = "times", _("不低于基数的若干倍")


class Verdict(models.TextChoices):
    MET = "met", _("达标")
    NOT_MET = "not_met", _("未达标")
    UNKNOWN = "unknown", _("无法判断")


NEEDS_THRESHOLD = frozenset({Operator.AT_LEAST, Operator.AT_MOST, Operator.EXACTLY, Operator.TIMES})


@dataclasses.dataclass(frozen=True)
class Standard:
    """What is asked of a figure; `threshold` and `base` as typed, masked ones too."""

    unit: str
    operator: str
    threshold: str = ""
    base: str = ""

    @property
    def told(self) -> str:
        """不低于XX万元, 不低于上年度, 不低于“基数”的2倍."""
        if self.operator == Operator.LAST_YEAR:
            return "不低于上年度"
        if self.operator == Operator.TIMES:
            times = told_with_unit(self.threshold, "倍")
            return f"不低于{self.base}的{times}"
        verbs = {Operator.AT_LEAST: "不低于", Operator.AT_MOST: "不高于", Operator.EXACTLY: ""}
        return f"{verbs[Operator(self.operator)]}{told_with_unit(self.threshold, self.unit)}"


@dataclasses.dataclass(frozen=True)
class Judgement:
    """`reason` says why nobody can say; else it is empty."""

    verdict: Verdict
    reason: str = ""


def judge(value: str, standard: Standard, *, last_year: str | None = None, base: str | None = None) -> Judgement:
    """`last_year` is the same figure a year before, `base` the value of another figure that serves as the base.

    Rough values are compared as far as they reach: 130余 is not below 120, 约100 may lie on either side of 100.
    """
    figure, doubt = _read(value, standard.unit, "没有填写", "")
    if figure is None:
        return Judgement(Verdict.UNKNOWN, doubt)
    aim, doubt = _aim(standard, last_year, base)
    if aim is None:
        return Judgement(Verdict.UNKNOWN, doubt)
    verdict = _compare(figure, aim, standard.operator)
    return Judgement(verdict, "约数，离标准太近" if verdict == Verdict.UNKNOWN else "")


Range = tuple[Decimal, Decimal | None]


def _read(text: str, unit: str, missing: str, what: str) -> tuple[Range | None, str]:
    """Between what a figure lies, or why it cannot be said; `what` names it where it does not stand beside the verdict."""
    if not text.strip():
        return None, missing
    named = f"{what}“{text.strip()}”" if what else ""
    read = read_figure(text, unit)
    if read is None:
        return None, f"{named}读不出是多少"
    figure = in_unit(read, unit)
    if figure is None:
        return None, f"{named}单位不同"
    return figure.range, "" if figure.range else f"{named}没有写明"


def _aim(standard: Standard, last_year: str | None, base: str | None) -> tuple[Range | None, str]:
    if standard.operator == Operator.LAST_YEAR:
        return _read(last_year or "", standard.unit, "没有上年度的数", "上年度")
    if standard.operator != Operator.TIMES:
        return _read(standard.threshold, standard.unit, "标准没有填写", "标准")
    times, doubt = _read(standard.threshold, "倍", "倍数没有填写", "倍数")
    if times is None:
        return None, doubt
    ground, doubt = _read(standard.base if base is None else base, standard.unit, "基数没有填写", "基数")
    if ground is None:
        return None, doubt
    high = None if times[1] is None or ground[1] is None else times[1] * ground[1]
    return (times[0] * ground[0], high), ""


def _compare(figure: Range, aim: Range, operator: str) -> Verdict:
    (low, high), (least, most) = figure, aim
    if operator == Operator.AT_MOST:
        met, missed = high is not None and high <= least, most is not None and low > most
    elif operator == Operator.EXACTLY:
        met = low == high == least == most
        missed = (high is not None and high < least) or (most is not None and low > most)
    else:
        met, missed = most is not None and low >= most, high is not None and high < least
    return Verdict.MET if met else Verdict.NOT_MET if missed else Verdict.UNKNOWN


def change_of(value: str, last_year: str, unit: str) -> str:
    """+12 or -3 since last year; only where both are exact numbers of one unit (S-228)."""
    figures = [_exact(text, unit) for text in (value, last_year)]
    if figures[0] is None or figures[1] is None:
        return ""
    change = figures[0] - figures[1]
    return f"+{plain_decimal(change)}" if change > 0 else plain_decimal(change)


def _exact(text: str, unit: str) -> Decimal | None:
    read: Figure | None = read_figure(text, unit) if text.strip() else None
    figure = in_unit(read, unit) if read else None
    return figure.value if figure and figure.bound is Bound.EXACT else None


@dataclasses.dataclass(frozen=True)
class VerdictCounts:
    """How many organizations meet it, do not, or nobody can say; those without a figure are none."""

    met: int = 0
    not_met: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, judgements: Sequence[Judgement | None]) -> VerdictCounts:
        found = [each.verdict for each in judgements if each]
        return cls(found.count(Verdict.MET), found.count(Verdict.NOT_MET), found.count(Verdict.UNKNOWN))
