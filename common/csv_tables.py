"""Tables as CSV: those of Excel, WPS and other platforms read, our own written so that no text becomes a formula (S-61)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from common.workbooks import MOST_COLUMNS, NewSheet, Row, Sheet, UnreadableWorkbook

CSV = "text/csv; charset=utf-8"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DELIMITERS = (",", "\t", ";", "，")
_NO_TABLE = "这不是 Excel 工作簿或 CSV 文件，或者文件已损坏。请用 Excel 或 WPS 打开，另存为 .xlsx 或 .csv 后再上传。"


def read_csv(data: bytes, *, name: str, most_rows: int) -> list[Sheet]:
    """One sheet without its blank rows. UTF-8 with or without a mark, UTF-16 with one, GB18030. Raises UnreadableWorkbook.

    What `write_csv` put before a formula is taken away again.
    """
    text = _decoded(data)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), start=1):
            values = [_without_guard(cell.strip()) for cell in cells[:MOST_COLUMNS]]
            if any(values):
                rows.append(Row(number, (*values, *[""] * (MOST_COLUMNS - len(values)))))
            if len(rows) > most_rows:
                raise UnreadableWorkbook(f"文件超过{most_rows}行（连表头），请分成几个文件上传。")
    except csv.Error as error:
        raise UnreadableWorkbook(_NO_TABLE) from error
    return [Sheet(name, tuple(rows))]


def _decoded(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(character >= " " or character in "\t\n\r" for character in text):
            return text
    raise UnreadableWorkbook(_NO_TABLE)


def _delimiter(text: str) -> str:
    """By the line with the most of one of them among the first, which holds the headings."""
    lines = text.splitlines()[:20]
    best = max(_DELIMITERS, key=lambda each: max((line.count(each) for line in lines), default=0))
    return best if any(best in line for line in lines) else ","


def _without_guard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def write_csv(sheet: NewSheet) -> bytes:
    """With a mark, by which Excel and WPS know UTF-8; a text that would be read as a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f"{column.heading}*" if column.is_required else column.heading for column in sheet.columns])
    writer.writerows(_written(row) for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _written(row: Any) -> Iterator[str]:
    for value in row:
        if isinstance(value, str):
            yield f"'{value}" if value.lstrip("'").startswith(_FORMULA) else value
        elif isinstance(value, dt.date):
            yield value.isoformat()
        else:
            yield "" if value is None else str(value)
