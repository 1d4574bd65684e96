"""Automatic numbers of Word as the text that a reader sees: 一、（一）1.（1）."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from lxml import etree

from common.chinese_text import chinese_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_STEPS = 20  # styles based on styles; a ring would never end


def val(element: etree._Element | None, path: str) -> str | None:
    found = None if element is None else element.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(W + "val")


def number(text: str | None, default: int = 0) -> int:
    try:
        return max(-1, min(int(text or ""), 100_000))
    except ValueError:
        return default


def _digits(row: str) -> Callable[[int], str]:
    return lambda n: "".join(row[int(digit)] for digit in str(n))


def _one_of(row: str) -> Callable[[int], str]:
    return lambda n: row[n - 1] if 0 < n <= len(row) else str(n)


def _letters(first: str) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 260 else str(n)


_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"],
        strict=True,
    )
)


def _roman(n: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (n // value)
        n %= value
    return text


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SIGNS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "ideographDigital": _digits("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _digits("〇一二三四五六七八九"),
    "chineseLegalSimplified": _digits("零壹贰叁肆伍陆柒捌玖"),
    "decimalEnclosedCircle": _one_of(_CIRCLED),
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED),
    "decimalEnclosedParen": _one_of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _one_of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalZero": lambda n: f"{n:02d}",
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
}


@dataclasses.dataclass(frozen=True)
class _Level:
    start: int
    sign: str
    text: str
    style: str
    restarts: bool
    is_plain: bool  # 1.1 although the level above is numbered 一

    def number(self, n: int) -> str:
        return _SIGNS.get(self.sign, str)(n) if n > 0 else str(n)


class Numbering:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self.levels: dict[str, dict[int, _Level]] = {}  # by abstract numbering
        self.lists: dict[str, str] = {}  # numbering → abstract numbering
        self.starts: dict[str, dict[int, int]] = {}  # numbering → levels that begin anew with it
        self.styles: dict[str, tuple[etree._Element | None, str | None]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[str] = set()
        if numbering is not None:
            self._read(numbering)
        for style in () if styles is None else styles.iter(W + "style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            self.styles[style.get(W + "styleId", "")] = (properties, val(style, "basedOn"))

    def _read(self, numbering: etree._Element) -> None:
        linked = {}
        for abstract in numbering.iter(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            self.levels[name] = {number(level.get(W + "ilvl")): _level(level) for level in abstract.iter(W + "lvl")}
            linked[name] = val(abstract, "numStyleLink")
        owners = {val(abstract, "styleLink"): abstract.get(W + "abstractNumId", "") for abstract in numbering}
        for name, style in linked.items():
            if style and style in owners:
                self.levels[name] = self.levels[owners[style]]
        for entry in numbering.iter(W + "num"):
            self._read_list(entry)

    def _read_list(self, entry: etree._Element) -> None:
        name, abstract = entry.get(W + "numId", ""), val(entry, "abstractNumId") or ""
        self.lists[name] = abstract
        starts = self.starts.setdefault(name, {})
        for override in entry.iter(W + "lvlOverride"):
            level = number(override.get(W + "ilvl"))
            own = override.find(W + "lvl")
            if own is not None:
                # A list with a look of its own counts apart from the others of its kind.
                self.lists[name] = f"{abstract}/{name}"
                levels = self.levels.get(abstract, {})
                self.levels[self.lists[name]] = self.levels.get(self.lists[name], dict(levels)) | {level: _level(own)}
            start = val(override, "startOverride")
            if start is not None:
                starts[level] = number(start, 1)

    def label(self, properties: etree._Element | None) -> str:
        """The number that Word prints before a paragraph with these properties; empty where it prints none."""
        name, depth = self._place(properties)
        abstract = self.lists.get(name, "")
        levels = self.levels.get(abstract, {})
        level = levels.get(depth)
        if name in ("", "0") or level is None:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if name not in self.begun:
            self.begun.add(name)
            counts.update({at: start - 1 for at, start in self.starts.get(name, {}).items()})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth and (at not in levels or levels[at].restarts)]:
            del counts[deeper]
        return "" if level.sign in ("bullet", "none") else self._written(level, levels, counts)

    def _written(self, level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = levels.get(at, level)
            n = counts.get(at, of.start)
            return str(n) if level.is_plain else of.number(n)

        text = re.sub(r"%([1-9])", one, level.text)
        return f"{text} " if text and text[-1].isascii() and text[-1].isalnum() else text

    def _place(self, properties: etree._Element | None) -> tuple[str, int]:
        """(numbering, level) of a paragraph, by itself or by its style."""
        own = None if properties is None else properties.find(W + "numPr")
        name, depth = val(own, "numId"), val(own, "ilvl")
        style: str | None = val(properties, "pStyle")
        first = style
        for _ in range(_MOST_STEPS):
            if name is not None or style is None:
                break
            of_style, style = self.styles.get(style, (None, None))
            name, depth = val(of_style, "numId"), depth or val(of_style, "ilvl")
        if depth is None and first and name is not None:
            levels = self.levels.get(self.lists.get(name, ""), {})
            depth = next((str(at) for at, level in levels.items() if level.style == first), None)
        return name or "", number(depth)


def _level(level: etree._Element) -> _Level:
    return _Level(
        start=number(val(level, "start"), 1),
        sign=val(level, "numFmt") or "decimal",
        text=val(level, "lvlText") or "",
        style=val(level, "pStyle") or "",
        restarts=val(level, "lvlRestart") != "0",
        is_plain=level.find(W + "isLgl") is not None,
    )
