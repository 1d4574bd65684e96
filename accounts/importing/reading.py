"""From the bytes of an uploaded file to the rows of the three tables, by what the file is and not by its name."""

from collections.abc import Callable
from pathlib import PurePath

from accounts.rules.import_runs import DIRECT_BYTES, MOST_ROWS
from accounts.rules.imports import ReadRows, read_rows
from common.csv_tables import read_csv
from common.workbooks import check_workbook, read_workbook

_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")


def is_long(data: bytes) -> bool:
    """Whether reading it would keep a page waiting. Raises UnreadableWorkbook for what is plainly no workbook."""
    size = check_workbook(data) if data.startswith(_WORKBOOKS) else len(data)
    return size > DIRECT_BYTES


def read_file(data: bytes, *, name: str, tell: Callable[[int], None] | None = None) -> ReadRows:
    """All rows of the file; `tell` hears now and then how many have been read. Raises UnreadableWorkbook.

    What is no workbook may still be a table of text. The headings are a row too.
    """
    if data.startswith(_WORKBOOKS):
        return read_rows(read_workbook(data, most_rows=MOST_ROWS + 1, tell=tell))
    return read_rows(read_csv(data, name=PurePath(name or "CSV").stem, most_rows=MOST_ROWS + 1))
