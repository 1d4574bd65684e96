"""Speeches: their kinds, their numbered headings, and whether the text keeps the count it states (S-96, S-104, S-126)."""

import dataclasses
import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.chinese_text import chinese_number
from reviews.rules.meetings import MeetingError


class SpeechRefusedError(MeetingError):
    """Cannot be added, or its file cannot be read; `str(error)` says why and what to do."""


class SpeechKind(models.TextChoices):
    OVERALL = "overall", _("上级点评讲话")
    SECRETARY = "secretary", _("书记讲话")
    OTHER = "other", _("其他讲话")


_DIGITS = {chinese_number(number): number for number in range(1, 31)} | {"两": 2, "俩": 2}
_HEADING = re.compile(r"^[ 　\t]*([一二三四五六七八九十]{1,3})、(.*)$")
# 讲四个方面的意见, 讲三点意见, 再强调三个方面意见
_STATED = re.compile(
    r"(?:讲|谈|提|强调|说)[^。；！？\n]{0,8}?([一二两三四五六七八九十]{1,3}|\d{1,2})"
    r"(?:个方面|方面|点|条|个)(?:的)?(?:意见|要求|建议|看法|问题)"
)


@dataclasses.dataclass(frozen=True)
class Heading:
    """A numbered part: its number as written, its heading, and the text up to the next one."""

    number: int
    title: str
    text: str


def headings_of(text: str) -> list[Heading]:
    """The parts that begin with 一、 二、 in the order of the text; what stands before the first is none."""
    found: list[tuple[int, str, list[str]]] = []
    for line in text.splitlines():
        match = _HEADING.match(line)
        if match and match[1] in _DIGITS:
            found.append((_DIGITS[match[1]], match[2].strip(), []))
        elif found:
            found[-1][2].append(line)
    return [Heading(number, title, "\n".join(lines).strip("\n")) for number, title, lines in found]


def stated_count(text: str) -> int | None:
    """How many points the speaker announces; the last announcement counts, None without one."""
    stated = [match[1] for match in _STATED.finditer(text)]
    if not stated:
        return None
    return int(stated[-1]) if stated[-1].isdecimal() else _DIGITS.get(stated[-1])


def count_warnings(text: str) -> list[str]:
    """Sentences where what is announced, numbered and written do not agree; they block nothing (S-104, S-200)."""
    headings, stated = headings_of(text), stated_count(text)
    warnings = []
    if stated is not None and stated != len(headings):
        warnings.append(f"讲话中说的是{stated}个方面，正文用“一、二、……”编号的标题有{len(headings)}个，请核对。")
    numbers = [heading.number for heading in headings]
    if numbers != list(range(1, len(numbers) + 1)):
        written = "、".join(chinese_number(number) for number in numbers)
        warnings.append(f"标题编号不连续：{written}。")
    return warnings


def decode_text(data: bytes) -> str:
    """A .txt as text. Raises SpeechRefusedError for what is not Unicode, rather than storing signs nobody wrote (S-204)."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise SpeechRefusedError(
            "文件不是UTF-8编码，读不出来。请用记事本打开，另存为时编码选“UTF-8”，再上传。"
        ) from None
    if "\x00" in text:
        raise SpeechRefusedError("文件不是文字文件。请上传 .txt 或 .docx 文件。")
    return text.replace("\r\n", "\n").replace("\r", "\n")
