"""Figures as they are typed: a number, an approximate number or a masked one; never a silent zero (S-195, S-197)."""

from __future__ import annotations

import dataclasses
import enum
import functools
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

_NUMBER_SIGN = re.compile(r"[0-9Xx×*○〇零一二三四五六七八九十百千万亿两半若干无]")
_EXACT = re.compile(r"^\s*(\d{1,15})\s*(?:人|名|个|位|次)?\s*$")

# What is counted by. Without a list every sentence that begins with a number would be a figure: 一把手亲自抓.
_UNITS = (
    "人次|户次|场次|册次|家次|人|名|位|次|个百分点|百分点|个|项|件|条|场|篇|家|户|处|座|间|所|支|批|期|天|年|个月|月|小时|学时|分钟|周"
    "|亩|公顷|平方米|平方公里|平米|平方|m2|公里|千米|km|米|元|块|台|套|份|本|册|户|倍|%|‰|分|岁|类|门|轮|遍|届|组|对|辆|吨|公斤|斤"
    "|村|社区|镇|乡|街道|支部|党支部|党组织|单位|人/次|元/人|元/月|元/年|次/年|元/人/年|元/人/月"
)
_SAME = {"名": "人", "位": "人", "块": "元", "平米": "平方米", "平方": "平方米", "m2": "平方米", "百分点": "个百分点"}
_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
}
_DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_LEAD = re.compile(r"(?:共计|合计|总计|累计|总共|一共|先后|达到|共|达)+")
_NOTE = re.compile(r"[(（][^()（）]*[)）]$")
_NUMBER = (
    r"(?P<mask>\d*[Xx×*○]+(?:\.[Xx×*○]+)?)"
    r"|(?P<arabic>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)"
    r"|(?P<chinese>[零〇一二两三四五六七八九十百千万亿]+)"
    r"|(?P<vague>若干|几十|几百|几千|数十|数百|数千|几|数|多)"
)
_BEFORE = "不超过|不多于|不高于|不低于|不少于|不到|不足|低于|少于|至多|最多|至少|超过|多于|高于|将近|接近|大约|大概|约计|约|近|超|逾|≥|≤"
_AFTER = "以上|以下|以内|左右|上下|多|余|许"
_NONE = ("无", "没有")
_ENDS_IN_NUMBER = re.compile(r"[\dXx×*○零〇一二两三四五六七八九十百千万亿余多]$")


class Bound(enum.StrEnum):
    """How near a value is to the number that stands for it."""

    EXACT = "exact"
    ABOUT = "about"  # 约, 左右
    MORE = "more"  # 余, 多: somewhat more
    LEAST = "least"  # 以上, 不低于: that or any number above
    NEARLY = "nearly"  # 近, 接近: somewhat less
    MOST = "most"  # 不足, 以内: that or any number below


_BOUNDS = {
    Bound.ABOUT: ("约", "约计", "大约", "大概", "左右", "上下", "许"),
    Bound.MORE: ("余", "多", "来"),
    Bound.LEAST: ("以上", "不低于", "不少于", "至少", "超过", "多于", "高于", "超", "逾", "≥"),
    Bound.NEARLY: ("近", "将近", "接近"),
    Bound.MOST: ("不足", "不到", "低于", "少于", "以下", "以内", "不超过", "不多于", "不高于", "至多", "最多", "≤"),
}
_BOUND_OF = {word: bound for bound, words in _BOUNDS.items() for word in words}


@dataclasses.dataclass(frozen=True)
class Figure:
    """A figure as it reads. `value` is None where it is masked; `scale` is a 万 or 亿 of its own, counted in already.

    `step` is one of the last place that was named: 10 for 130, so that 130余 stays below 140.
    """

    value: Decimal | None
    qualifier: str = ""
    bound: Bound = Bound.EXACT
    mask: str = ""
    unit: str = ""
    scale: int = 1
    step: Decimal = Decimal(1)

    @property
    def range(self) -> tuple[Decimal, Decimal | None] | None:
        """Between what the value lies, None for no upper end; a tenth either way for 约 and below for 近."""
        if self.value is None:
            return None
        tenth = abs(self.value) / 10
        ends: dict[Bound, tuple[Decimal, Decimal | None]] = {
            Bound.EXACT: (self.value, self.value),
            Bound.ABOUT: (self.value - tenth, self.value + tenth),
            Bound.MORE: (self.value, self.value + self.step),
            Bound.LEAST: (self.value, None),
            Bound.NEARLY: (self.value - tenth, self.value),
            Bound.MOST: (min(Decimal(0), self.value), self.value),
        }
        return ends[self.bound]


def plain(text: str) -> str:
    """Full-width figures and marks as half-width ones, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_figure(text: str, unit: str = "") -> Figure | None:
    """约130余人 → 130, 余, 人; None where it does not read as one figure. `unit` is one more word for a unit."""
    words = _NOTE.sub("", plain(text))
    if words in _NONE:
        return Figure(Decimal(0))
    if words.isdecimal():
        return Figure(Decimal(words), step=_step(Decimal(words)))
    lead = _LEAD.match(words)
    match = _pattern(unit_of(unit)[1]).fullmatch(words[lead.end() :] if lead else words)
    return _figure(match) if match else None


@functools.cache
def _pattern(unit: str) -> re.Pattern[str]:
    units = f"{re.escape(unit)}|{_UNITS}" if unit else _UNITS
    return re.compile(
        rf"(?P<before>{_BEFORE})?(?:{_NUMBER})(?P<middle>[余多来])?(?P<scale>[十百千]?万|亿|[百千])?(?P<later>[余多])?"
        rf"(?P<unit>{units})?(?P<after>{_AFTER})?"
    )


def _figure(match: re.Match[str]) -> Figure | None:
    said = [match[name] for name in ("before", "middle", "later", "after") if match[name]]
    bound = next((_BOUND_OF[word] for word in said if _BOUND_OF[word] is not Bound.EXACT), Bound.EXACT)
    scale = _SCALES[match["scale"] or ""]
    read = Figure(None, "".join(said), bound, match["mask"] or match["vague"] or "", _same(match["unit"] or ""), scale)
    if read.mask:
        return read
    chinese = match["chinese"] or ""
    number = _chinese(chinese) if chinese else Decimal(match["arabic"].replace(",", ""))
    if number is None:
        return None
    own = 10**8 if "亿" in chinese else 10**4 if "万" in chinese else 1
    return dataclasses.replace(read, value=number * scale, step=_step(number) * scale, scale=scale * own)


def _step(number: Decimal) -> Decimal:
    """One of the last place that is not nought: 130 → 10, 3.2 → 0.1."""
    if not number:
        return Decimal(1)
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent))


def _chinese(text: str) -> Decimal | None:
    """一百二十 → 120, 三千零五 → 3005, 二〇二六 → 2026; None for what is no number."""
    if all(sign in _DIGITS for sign in text):
        return Decimal("".join(str(_DIGITS[sign]) for sign in text))
    total, part, digit = 0, 0, None
    for sign in text:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _STEPS:
            part += (1 if digit is None else digit) * _STEPS[sign]
            digit = None
        else:
            # 万 and 亿 multiply all that stands before them.
            before = part + (digit or 0)
            total = (total + before) * 10**8 if sign == "亿" else total + (before or 1) * 10**4
            part, digit = 0, None
    return Decimal(total + part + (digit or 0)) or None


def unit_of(unit: str) -> tuple[int, str]:
    """万元 → 10000, 元; what is no scale before a known unit stays: 千米."""
    words = plain(unit)
    match = re.fullmatch(rf"([十百千]?万|亿|百|千)({_UNITS})", words)
    if match and words not in _UNITS.split("|"):
        return _SCALES[match[1]], _same(match[2])
    return 1, _same(words)


def _same(unit: str) -> str:
    return _SAME.get(unit, unit)


def in_unit(figure: Figure, unit: str) -> Figure | None:
    """The figure as so many of `unit`: 1300元 of 万元 → 0.13. None where it is of another kind, or 3.2万 of 万元,
    which may mean either."""
    scale, base = unit_of(unit)
    if figure.unit and base and figure.unit != base:
        return None
    if not figure.unit and scale > 1:
        return figure if figure.scale == 1 else None
    if figure.value is None or scale == 1:
        return figure
    return dataclasses.replace(figure, value=figure.value / scale, step=figure.step / scale)


def told_with_unit(text: str, unit: str) -> str:
    """As it is printed: what was typed, exactly, and the unit where the typed words do not name one."""
    figure, words = read_figure(text, unit), plain(text)
    if words in _NONE or (figure.unit if figure else not _ENDS_IN_NUMBER.search(words)):
        return text
    return f"{text}{unit}"


def can_be_added(unit: str) -> bool:
    """Rates, multiples and amounts for each person have no sum."""
    return "/" not in unit and plain(unit) not in ("%", "‰", "倍", "岁", "分")


def looks_like_figure(text: str) -> bool:
    """Whether a number stands in it, in Arabic or Chinese figures, or a mask in its place (X, ×, *, ○)."""
    return _NUMBER_SIGN.search(plain(text)) is not None


def exact_count(text: str) -> int | None:
    """12人 → 12; 130多人, *** and an empty text → None."""
    match = _EXACT.match(text)
    return int(match[1]) if match else None


def plain_decimal(number: Decimal | int) -> str:
    """3.50 → 3.5, 1E+2 → 100."""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclasses.dataclass(frozen=True)
class FigureSum:
    """A total, how many typed values could not be counted, and 约 or 余 where a part is only roughly known (S-197)."""

    total: Decimal | int
    skipped: int
    mark: str = ""

    @property
    def number(self) -> str:
        """约326.5, 326余, 326."""
        number = plain_decimal(self.total)
        return f"约{number}" if self.mark == "约" else f"{number}{self.mark}"

    def told(self, unit: str = "") -> str:
        """约326.5万元, 326万元以上, 326万元."""
        number = f"{plain_decimal(self.total)}{unit}"
        return f"约{number}" if self.mark == "约" else f"{number}以上" if self.mark else number


def sum_figures(texts: Iterable[str], unit: str = "") -> FigureSum:
    """Add what can be added, in `unit`; masked values and those of another unit are skipped and said (S-195).

    Empty texts are not values. Where every rough part is 余 or 以上, so is the total; else it is 约.
    """
    total, skipped = Decimal(0), 0
    bounds: set[Bound] = set()
    for text in texts:
        if not text.strip():
            continue
        read = read_figure(text, unit)
        figure = in_unit(read, unit) if read else None
        if figure is None or figure.value is None:
            skipped += 1
        else:
            total += figure.value
            bounds.add(figure.bound)
    rough = bounds - {Bound.EXACT}
    mark = "" if not rough else "余" if rough <= {Bound.MORE, Bound.LEAST} else "约"
    return FigureSum(total, skipped, mark)
