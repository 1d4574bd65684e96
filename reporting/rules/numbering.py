"""Numbers at the head of headings and paragraphs, as offices write them: 一、 （一） 1. （1） 一是 ① 问题一："""

from __future__ import annotations

import re

_N = "一二三四五六七八九十"
FIRST = re.compile(rf"(?:第[{_N}]+部分\s*|[{_N}]{{1,3}}、\s*)")
SECOND = re.compile(rf"[（(][{_N}]{{1,3}}[）)]\s*")
MARKERS = (
    SECOND,
    re.compile(r"\d{1,2}(?:[、．]|\.(?!\d))\s*"),
    re.compile(r"[（(]\d{1,2}[）)]\s*"),
    re.compile(rf"[{_N}]{{1,2}}是"),
    re.compile(r"[①-⑳]\s*"),
    re.compile(rf"问题[{_N}\d]{{1,2}}[：:、]\s*"),
    FIRST,
)
_NO_WORD = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """A heading without its number and marks: 三、主要成绩。 → 主要成绩."""
    return _NO_WORD.sub("", SECOND.sub("", FIRST.sub("", text, count=1), count=1))


def unmarked(line: str) -> str:
    for marker in MARKERS:
        match = marker.match(line)
        if match:
            return line[match.end() :]
    return line
