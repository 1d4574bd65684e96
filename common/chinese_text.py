"""Counting, numbering and joining in Chinese text."""

import re

_DIGITS = "零一二三四五六七八九"
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff]+(?:[.,:/'’\-_%@&][0-9A-Za-z\u00c0-\u024f\u0370-\u04ff]+)*%?")


def chinese_number(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一. Numbers of 100 and more stay in figures. Raises ValueError below 0."""
    if number < 0:
        raise ValueError("number must not be negative")
    if number < 10:
        return _DIGITS[number]
    if number < 20:
        return "十" + (_DIGITS[number % 10] if number % 10 else "")
    if number < 100:
        return _DIGITS[number // 10] + "十" + (_DIGITS[number % 10] if number % 10 else "")
    return str(number)


def count_characters(text: str) -> int:
    """Count 字数 as Word does: each Han character and each other printing mark is one, each Latin or digit run is one.

    Spaces and line breaks count nothing (practice.md 2.2).
    """
    count = 0
    position = 0
    for match in _WORD.finditer(text):
        count += sum(1 for c in text[position : match.start()] if not c.isspace())
        count += 1
        position = match.end()
    return count + sum(1 for c in text[position:] if not c.isspace())


def join_names(names: list[str]) -> str:
    """Join names by 、 as a list in running text."""
    return "、".join(names)


def nest_quotes(text: str) -> str:
    """Quotes inside quotes are single ones (GB/T 15834): ““两代表一委员”等” → “‘两代表一委员’等”."""
    depth, printed = 0, []
    for character in text:
        if character == "“":
            printed.append("‘" if depth % 2 else character)
            depth += 1
        elif character == "”" and depth:
            depth -= 1
            printed.append("’" if depth % 2 else character)
        else:
            printed.append(character)
    return "".join(printed)


def printed_post(unit: str, title: str) -> str:
    """Unit and post in one phrase without saying a word twice: 柳河镇 + 党委书记, 县财政局党组 + 党组书记 (S-07)."""
    for length in range(min(len(unit), len(title)), 0, -1):
        if unit.endswith(title[:length]):
            return unit + title[length:]
    return unit + title
