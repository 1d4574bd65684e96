"""Breaks a Chinese paragraph into the lines of an official page.

A line holds a number of cells, each as wide as one Han character. Where a line may not end or
begin, up to one more cell is pushed in, or characters are pushed out, and the line's letter
spacing is changed so that it ends flush all the same. No character is added, lost or changed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

NO_START = frozenset("，。、；：？！）》〉】〕」』”’…—％%‰℃·～,.;:?!)]}")
NO_END = frozenset("（《〈【〔「『“‘([{￥$")

MAY_SQUEEZE = 1.0  # cells that may be pushed into a line
MAY_STRETCH = 2.5  # a line that is shorter by more stays ragged, it would look torn
LONG_WORD = 14  # a longer run of Latin characters (an address) may be broken anywhere

# A title does not break inside these.
TITLE_WORDS = (
    "党组织书记",
    "党委书记",
    "党组书记",
    "党支部书记",
    "委书记",
    "书记",
    "基层",
    "党建",
    "工作",
    "述职",
    "评议",
    "考核",
    "会议",
    "会上的",
    "总结",
    "讲话",
    "报告",
    "年度",
    "责任",
    "清单",
    "整改",
    "情况",
    "组织",
    "材料",
    "汇编",
    "方案",
    "通知",
    "通报",
    "承诺",
    "委员会",
)

# Advances of our Latin face, in cells. A digit is half a cell, letters are what they are: with a
# half cell for all, a line of masked names (XX) would end half a cell too far to the right.
_LATIN_WIDTHS = {
    " ,.": 0.25,
    "!()-I[]`fr": 0.333,
    '"': 0.408,
    "#$*0123456789_bdghknopquvxy": 0.5,
    "%": 0.833,
    "&m": 0.778,
    "'": 0.18,
    "+<=>": 0.564,
    "/:;\\ijlt": 0.278,
    "?acez": 0.444,
    "@": 0.921,
    "ADGHKNOQUVXYw": 0.722,
    "BCR": 0.667,
    "ELTZ": 0.611,
    "FPS": 0.556,
    "Js": 0.389,
    "M": 0.889,
    "W": 0.944,
    "^": 0.469,
    "{}": 0.48,
    "|": 0.2,
    "~": 0.541,
    # Characters outside Latin that the 仿宋 face draws narrower or wider than a cell.
    "\u00a0°": 0.333,
    "–\u2002¨ˉˇ": 0.5,
    "\u2009": 0.2,
    "àáāǎèéêēěòóōǒ": 0.489,
    "ìíīǐ": 0.283,
    "ùúüūǔǖǘǚǜ": 0.561,
    "¥€": 0.73,
    "№": 0.893,
    "℃": 0.944,
    "‰": 1.167,
}
_WIDTHS = {char: width for chars, width in _LATIN_WIDTHS.items() for char in chars}
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me"})


@dataclass(frozen=True)
class Line:
    text: str
    spare: float  # cells to fill (above zero: stretch) or to take away (below zero: squeeze)


def cells(char: str) -> float:
    """How many cells the character takes."""
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return 0.0 if unicodedata.category(char) in _INVISIBLE else 0.56


def _is_word(char: str) -> bool:
    return char.isascii() and char > " "


def _word_lengths(text: str) -> list[int]:
    """For each position, the length of the run of Latin characters it lies in."""
    lengths = [0] * len(text)
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or _is_word(text[i]) != _is_word(text[start]):
            if _is_word(text[start]):
                lengths[start:i] = [i - start] * (i - start)
            start = i
    return lengths


def _splits_word(before: str, after: str, length: int) -> bool:
    if not (_is_word(before) and _is_word(after)):
        return False
    if length > LONG_WORD and not (before.isdigit() and after.isdigit()):
        return False
    return before.isalnum() or after.isalnum() or before == after


def _forbidden_breaks(text: str) -> list[bool]:
    """For each position, whether a line may not begin there."""
    lengths = _word_lengths(text)
    forbidden = [True] * len(text)
    for i in range(1, len(text)):
        before, after = text[i - 1], text[i]
        forbidden[i] = (
            after in NO_START
            or before in NO_END
            or _splits_word(before, after, lengths[i])
            or unicodedata.category(after) in _INVISIBLE
        )
    return forbidden


def _push_in(j: int, room: float, widths: list[float], forbidden: list[bool]) -> int:
    """The first good break at or after j that squeezing can reach, else 0."""
    while j < len(widths):
        room -= widths[j]
        j += 1
        if room < -1e-9:
            return 0
        if j == len(widths) or not forbidden[j]:
            return j
    return 0


def _push_out(start: int, j: int, forbidden: list[bool]) -> int:
    """The last good break before j, else j itself: the line has no good break at all."""
    for k in range(j - 1, start, -1):
        if not forbidden[k]:
            return k
    return j


def break_lines(text: str, *, columns: float = 28, indent: float = 2) -> list[Line]:
    """Break one paragraph; the lines joined are the text."""
    widths = [cells(char) for char in text]
    forbidden = _forbidden_breaks(text)
    lines: list[Line] = []
    start, available = 0, columns - indent
    while start < len(text):
        end, used = start, 0.0
        while end < len(text) and used + widths[end] <= available + 1e-9:
            used += widths[end]
            end += 1
        end = max(end, start + 1)
        if end < len(text) and forbidden[end]:
            room = available + MAY_SQUEEZE - sum(widths[start:end])
            end = _push_in(end, room, widths, forbidden) or _push_out(start, end, forbidden)
        # The blanks at which a line breaks hang over its edge, they do not begin the next one.
        while end < len(text) and text[end] == " ":
            end += 1
        lines.append(Line(text[start:end], _spare(text, widths, start, end, available)))
        start, available = end, columns
    return lines


def _spare(text: str, widths: list[float], start: int, end: int, available: float) -> float:
    visible = end
    while visible > start and text[visible - 1] == " ":
        visible -= 1
    spare = available - sum(widths[start:visible])
    is_last = end == len(text)
    if abs(spare) < 1e-6 or spare > MAY_STRETCH or (is_last and spare > 0):
        return 0.0
    return spare


def balance_title(text: str, *, columns: float) -> list[str]:
    """Break a title into as few lines as it needs, of about equal length, whole words together."""
    total = sum(cells(char) for char in text)
    if total <= columns:
        return [text]
    breaks = _title_breaks(text)
    lines = [""]
    for count in range(math.ceil(total / columns), len(text) + 1):
        ends = [min(breaks, key=lambda i: abs(i - len(text) * k / count)) for k in range(1, count)]
        bounds = [0, *sorted(set(ends)), len(text)]
        lines = [text[a:b] for a, b in pairwise(bounds)]
        if all(sum(cells(char) for char in line) <= columns for line in lines):
            return lines
    return lines


def _title_breaks(text: str) -> list[int]:
    forbidden = _forbidden_breaks(text)
    inside = {
        i for word in TITLE_WORDS for found in re.finditer(word, text) for i in range(found.start() + 1, found.end())
    }
    inside |= {i for i in range(1, len(text)) if text[i] in "年月日届次" and text[i - 1].isdigit()}
    inside |= {i for found in re.finditer("（[^（）]{1,6}）", text) for i in range(found.start() + 1, found.end())}
    whole = [i for i in range(1, len(text)) if not forbidden[i] and i not in inside]
    return whole or list(range(1, len(text)))
