"""Drawing lots for the order of reports, so that anybody can work the order out again (practice.md 3.2)."""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _


class DrawMethod(models.TextChoices):
    SYSTEM = "system", _("系统抽签")
    TYPED = "typed", _("现场抽签，录入签号")


class DrawGroups(models.TextChoices):
    NONE = "", _("不分组")
    DOMAIN = "domain", _("按领域分组，组内抽签")
    KIND = "kind", _("按单位类型分组，组内抽签")


@dataclasses.dataclass(frozen=True)
class Lot:
    """Who draws: `code` tells apart organizations of one name (S-05); `group` is printed."""

    key: int
    code: str
    group: str = ""


def digest(seed: str, code: str) -> str:
    """What decides the place: SHA-256 of seed and code with a colon between."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def draw(lots: Sequence[Lot], seed: str) -> list[Lot]:
    """By the digest, lowest first; groups stay in the order in which they first stand."""
    return _grouped(lots, sorted(lots, key=lambda lot: digest(seed, lot.code)))


def by_numbers(lots: Sequence[Lot], numbers: Mapping[int, int]) -> list[Lot]:
    """By the numbers drawn on paper, within the groups; call `number_faults` before."""
    return _grouped(lots, sorted(lots, key=lambda lot: numbers[lot.key]))


def _grouped(lots: Sequence[Lot], order: Iterable[Lot]) -> list[Lot]:
    places = {group: place for place, group in enumerate(dict.fromkeys(lot.group for lot in lots))}
    return sorted(order, key=lambda lot: places[lot.group])


def number_faults(lots: Sequence[Lot], numbers: Mapping[int, int | None]) -> list[str]:
    """Sentences: each group of n has each number from 1 to n once."""
    faults = []
    for group in dict.fromkeys(lot.group for lot in lots):
        own = [lot for lot in lots if lot.group == group]
        given = [numbers.get(lot.key) for lot in own]
        name = f"“{group}”组" if group else ""
        missing = sum(number is None for number in given)
        if missing:
            faults.append(f"{name}还有{missing}个签号没有填写。")
        twice = sorted({number for number in given if number is not None and given.count(number) > 1})
        if twice:
            faults.append(f"{name}签号重复：{'、'.join(map(str, twice))}。")
        outside = sorted({number for number in given if number is not None and not 1 <= number <= len(own)})
        if outside:
            faults.append(f"{name}签号应在1到{len(own)}之间：{'、'.join(map(str, outside))}。")
    return faults
