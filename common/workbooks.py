"""Excel workbooks: those of other people read with care, our own written so that no text becomes a formula."""

import dataclasses
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from common.xml_text import xml_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_UNPACKED_BYTES = 60 * 1024 * 1024
MOST_PARTS = 500
MOST_COLUMNS = 60
_LAST_ROW = 1_048_576  # of Excel; a file that names a later one is forged
_TOLD_ROWS = 200
_SEARCHED_ROWS = 500  # where only the beginning is shown

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再上传。"


class UnreadableWorkbook(ValueError):
    """The file is no workbook that can be read; `str(error)` says what to do."""


@dataclasses.dataclass(frozen=True)
class Row:
    number: int
    values: tuple[Any, ...]


@dataclasses.dataclass(frozen=True)
class Sheet:
    """A sheet without its blank rows; of a hidden sheet only the name is read."""

    name: str
    rows: tuple[Row, ...] = ()
    hidden: bool = False


def check_workbook(data: bytes) -> int:
    """How many bytes the file unpacks to, without reading its sheets. Raises UnreadableWorkbook."""
    _refuse(data)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return sum(entry.file_size for entry in parts.infolist())


def read_workbook(data: bytes, *, most_rows: int, tell: Callable[[int], None] | None = None) -> list[Sheet]:
    """The sheets of an .xlsx file, formulas as the values last shown. Raises UnreadableWorkbook.

    `tell` hears now and then how many rows have been read.
    """
    _refuse(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # about decorations that openpyxl passes over
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets: list[Sheet] = []
            for sheet in book.worksheets:
                before = sum(len(each.rows) for each in sheets)
                sheets.append(_read_sheet(sheet, most_rows, tell, before))
            return sheets
    except UnreadableWorkbook:
        raise
    except Exception as error:  # whatever is broken inside, the person does the same about it
        raise UnreadableWorkbook(f"文件已损坏，读不出内容。{_SAVE_AS}") from error


def peek_workbook(data: bytes, *, sheets: int, rows: int, columns: int) -> list[Sheet]:
    """The beginning of the first visible sheets: so many rows and columns of each, whatever comes after them.

    Raises UnreadableWorkbook.
    """
    _refuse(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            return [_peek_sheet(sheet, rows, columns) for sheet in seen[:sheets]]
    except Exception as error:
        raise UnreadableWorkbook(f"文件已损坏，读不出内容。{_SAVE_AS}") from error


def _peek_sheet(sheet: Any, most_rows: int, most_columns: int) -> Sheet:
    """Blank rows are left out; a sheet that begins with nothing else is not searched to its end."""
    sheet.reset_dimensions()
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(max_row=_SEARCHED_ROWS, max_col=most_columns), start=1):
        values = tuple(_value(cell) for cell in cells)
        if any(value not in (None, "") for value in values):
            rows.append(Row(number, values))
        if len(rows) == most_rows:
            break
    return Sheet(sheet.title, tuple(rows))


def _refuse(data: bytes) -> None:
    """What a file is, by its first bytes and its contents rather than by its name."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableWorkbook("文件设有打开密码，读不出内容。请取消密码后另存一份再上传。")
        raise UnreadableWorkbook(f"这是旧格式的表格（.xls 或 .et），读不出内容。{_SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _refuse_parts(parts)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnreadableWorkbook(f"这不是 Excel 工作簿，或者文件已损坏。{_SAVE_AS}") from error


def _refuse_parts(parts: zipfile.ZipFile) -> None:
    entries = parts.infolist()
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise UnreadableWorkbook(f"这不是 Excel 工作簿（.xlsx）。{_SAVE_AS}")
    if "xl/vbaProject.bin" in names:
        raise UnreadableWorkbook(f"文件带有宏，不能上传。{_SAVE_AS}")
    # Python unpacks no more of an entry than the size it declares.
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise UnreadableWorkbook("文件解开后太大，不能上传。请删去多余的工作表、图片和空行，或者分成几个文件。")
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            with parts.open(entry) as part:
                if b"<!DOCTYPE" in part.read(2048):
                    raise UnreadableWorkbook(f"文件内容不正常，不能上传。{_SAVE_AS}")


def _read_sheet(sheet: Any, most_rows: int, tell: Callable[[int], None] | None, before: int) -> Sheet:
    if sheet.sheet_state != "visible":
        return Sheet(sheet.title, hidden=True)
    sheet.reset_dimensions()  # some programs write them wrong
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS), start=1):
        values = tuple(_value(cell) for cell in cells)
        if any(value not in (None, "") for value in values):
            rows.append(Row(number, values))
        if tell and number % _TOLD_ROWS == 0:
            tell(before + len(rows))
        if len(rows) > most_rows:
            raise UnreadableWorkbook(f"工作表“{sheet.title}”超过{most_rows}行（连表头），请分成几个文件上传。")
    return Sheet(sheet.title, tuple(rows))


def _value(cell: Any) -> Any:
    """As shown where that matters: 7 in a column of the format 000 is the text 007."""
    value = cell.value
    if isinstance(value, int) and not isinstance(value, bool) and re.fullmatch(r"0{2,}", cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))
    return value.strip() if isinstance(value, str) else value


@dataclasses.dataclass(frozen=True)
class NewColumn:
    """A column to be written: what may stand in it is a drop-down list."""

    heading: str
    note: str = ""
    width: int = 16
    choices: tuple[str, ...] = ()
    is_required: bool = False


@dataclasses.dataclass(frozen=True)
class Formula:
    """A live formula of our own, without the equals sign. Never made of what people typed."""

    text: str
    number_format: str = "0.00"


@dataclasses.dataclass(frozen=True)
class NewSheet:
    name: str
    columns: tuple[NewColumn, ...]
    rows: Iterable[Iterable[Any]]
    examples: int = 0  # the first rows, written in grey


_CHOICES = "选项"
_HEAD = PatternFill("solid", fgColor="F1EFEA")
_QUIET = Font(color="7F7F7F", italic=True)


def write_workbook(sheets: Iterable[NewSheet]) -> bytes:
    """An .xlsx file; every text in it stays text, also one that begins with =, +, - or @ (quality.md 3)."""
    book = openpyxl.Workbook(write_only=True)
    lists: list[tuple[str, ...]] = []
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        for position, column in enumerate(sheet.columns, start=1):
            letter = get_column_letter(position)
            page.column_dimensions[letter].width = column.width
            page.column_dimensions[letter].number_format = "@"
            if column.choices or column.note:
                page.data_validations.append(_validation(column, letter, lists))
        page.append([_heading(page, column) for column in sheet.columns])
        for number, row in enumerate(sheet.rows):
            page.append([_cell(page, value, quiet=number < sheet.examples) for value in row])
    if lists:
        _write_choices(book, lists)
    book.calculation.fullCalcOnLoad = True  # nothing here has worked the formulas out
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _validation(column: NewColumn, letter: str, lists: list[tuple[str, ...]]) -> DataValidation:
    rule = DataValidation(allow_blank=not column.is_required, sqref=f"{letter}2:{letter}20000")
    if column.choices:
        lists.append(column.choices)
        source = get_column_letter(len(lists))
        rule.type, rule.formula1 = "list", f"{_CHOICES}!${source}$1:${source}${len(column.choices)}"
        rule.showErrorMessage, rule.errorTitle, rule.error = True, column.heading, "请从下拉列表中选择。"
    if column.note:
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, column.heading[:32], column.note[:250]
    return rule


def _heading(page: Any, column: NewColumn) -> WriteOnlyCell:
    cell = _text_cell(page, f"{column.heading}*" if column.is_required else column.heading)
    cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, Alignment(wrap_text=True, vertical="center")
    return cell


def _text_cell(page: Any, value: str) -> WriteOnlyCell:
    text = xml_text(value)
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell


def _cell(page: Any, value: Any, *, quiet: bool) -> WriteOnlyCell:
    if isinstance(value, Formula):
        cell = WriteOnlyCell(page, f"={value.text}")
        cell.number_format = value.number_format
        return cell
    cell = _text_cell(page, value) if isinstance(value, str) else WriteOnlyCell(page, value)
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int | Decimal):
        cell.number_format = "General"  # the columns are text
    if quiet:
        cell.font = _QUIET
    return cell


def _write_choices(book: Any, lists: list[tuple[str, ...]]) -> None:
    page = book.create_sheet(_CHOICES)
    page.sheet_state = "hidden"
    for row in _columns_to_rows(lists):
        page.append([_cell(page, value, quiet=False) for value in row])


def _columns_to_rows(lists: list[tuple[str, ...]]) -> Iterator[list[str | None]]:
    for number in range(max(len(values) for values in lists)):
        yield [values[number] if number < len(values) else None for values in lists]
