"""What stands in a cell, as people and programs put it there: one meaning, or a sentence about what is wrong."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_APOSTROPHES = "'’‘＇`"
_INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b-\u200d\u2060\ufeff]")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?")
_MONTH = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})\s*月?|(\d{2}))")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ERRORS = frozenset({"#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
_YES = frozenset({"是", "√", "✓", "✔", "y", "yes", "true", "1"})
_NO = frozenset({"", "否", "×", "✗", "n", "no", "false", "0"})
# Excel counts days from here; figures outside are no dates of anybody's post.
_DAY_ZERO, _DAYS = dt.date(1899, 12, 30), range(10_000, 80_000)
_EXACT_DIGITS = 15


class BadCell(ValueError):
    """The cell cannot be meant so; `str(error)` goes after the column's heading."""


def text_of(value: Any) -> str:
    """A cell as text, exactly as typed but for white space around it and the apostrophe that marks text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    text = _INVISIBLE.sub("", str(value)).strip()
    if text in _ERRORS:
        raise BadCell(f"单元格里是公式错误“{text}”，请改成文字")
    return text[1:].strip() if text[:1] in _APOSTROPHES else text


def code_of(value: Any) -> str:
    """A code: full-width letters and digits are the same as half-width ones, 1001.0 is 1001."""
    if isinstance(value, (int, float)) and abs(value) >= 10**_EXACT_DIGITS:
        raise BadCell("是超过15位的数字，Excel 已经改动了后面的数字，请把这一列改成文本格式后重新填写")
    text = plain_code(text_of(value))
    if re.search(r"\s", text):
        raise BadCell(f"“{text}”中间有空格")
    return text


def plain_code(text: str) -> str:
    """One way to write a code, on pages and in workbooks."""
    return unicodedata.normalize("NFKC", text).strip()


def date_of(value: Any) -> dt.date | None:
    """A day from an Excel date, its number of days, or text such as 2020-1-15, 2020年1月15日, 20200115.

    Offices often know the month only: 2024.3 is its first day, which `remark_on_date` says beside the row.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    # Compared, not converted: a forged file may hold an endless number, which is no int.
    if isinstance(value, (int, float)) and not isinstance(value, bool) and _DAYS.start <= value < _DAYS.stop:
        return _DAY_ZERO + dt.timedelta(days=int(value))
    text = unicodedata.normalize("NFKC", text_of(value))
    if not text:
        return None
    match = _DATE.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text)
    month = _MONTH.fullmatch(text)
    if month and isinstance(value, float) and text.endswith(".1"):
        raise BadCell(f"“{text}”分不清是1月还是10月，请写成“{text[:4]}年1月”或“{text[:4]}年10月”")
    try:
        if match:
            return dt.date(*(int(part) for part in match.groups()))
        if month:
            return dt.date(int(month[1]), int(month[2] or month[3]), 1)
    except ValueError:
        pass
    raise BadCell(f"“{text}”看不出是哪一天，请写成2020-01-15或2020年1月；不清楚的请留空")


def remark_on_date(value: Any) -> str:
    """What to say where only the month is written; for cells that `date_of` can read."""
    if isinstance(value, (dt.date, int)):
        return ""
    is_month = _MONTH.fullmatch(unicodedata.normalize("NFKC", text_of(value)))
    return f"只写到月，按{date_of(value)}登记" if is_month else ""


def yes_no_of(value: Any) -> bool:
    text = unicodedata.normalize("NFKC", text_of(value)).lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise BadCell(f"“{text}”看不明白，请填“是”或“否”")


def choice_of(value: Any, choices: Mapping[str, str]) -> str:
    """The stored value of a label; `choices` maps labels to values."""
    text = text_of(value)
    if not text:
        return ""
    found = {_key(label): stored for label, stored in choices.items()}.get(_key(text))
    if found is None:
        quoted = "".join(f"“{label}”" for label in choices)  # 乡镇（街道）、部门 is one label
        raise BadCell(f"没有“{text}”这一项，请从{quoted}中选择")
    return found


def _key(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
