"""Excel out: one sheet with a title, a header that stays in sight, and cells that are text and nothing else."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What XML cannot hold; a typed text may.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32767  # characters of a cell

Cell = str | int | None


def workbook_bytes(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A text that begins like a formula (=, +, -, @) stays text, also after it was edited in Excel."""
    book = Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", "", title)[:31] or "Sheet1"
    line = Side(style="thin", color="999999")
    for row_number, row in enumerate([header, *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row_number, column)
            if isinstance(value, int):
                cell.value = value
            elif value:
                cell.value = _UNPRINTABLE.sub("", value)[:_LONGEST]
                cell.data_type = "s"
                cell.quotePrefix = value[0] in "=+-@\t\r"
            cell.alignment = Alignment(wrap_text=True, vertical="top" if row_number > 1 else "center")
            cell.border = Border(line, line, line, line)
            if row_number == 1:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEEEEE")
    sheet.freeze_panes = "A2"
    for column, name in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = min(40, max(12, len(name) * 2 + 4))
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook_answer(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The workbook as a download named after its title."""
    answer = HttpResponse(workbook_bytes(title, header, rows), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    return answer
