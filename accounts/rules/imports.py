"""From the sheets of a workbook to rows of the register, each with what is wrong with it. Nothing is compared yet."""

import dataclasses
import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Any

from accounts.rules.import_cells import BadCell
from accounts.rules.import_sheets import EXAMPLE, SHEETS, Column, SheetForm
from common.workbooks import Row, Sheet

# A title, a date and a head of two rows stand above the rows at most.
_HEAD_WITHIN = 12


@dataclasses.dataclass(frozen=True)
class ImportRow:
    """One row of a sheet. A field whose column the sheet does not have is not in `values`."""

    sheet: str
    number: int
    kind: str
    values: dict[str, Any]
    faults: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """To be kept as JSON."""
        values = {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in self.values.items()}
        return dataclasses.asdict(self) | {"values": values}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "ImportRow":
        values = dict(plain["values"])
        for field in ("start", "end"):
            if values.get(field):
                values[field] = dt.date.fromisoformat(values[field])
        # A dry run kept before there were hints has none.
        told = (tuple(plain["faults"]), tuple(plain.get("hints", ())))
        return cls(plain["sheet"], plain["number"], plain["kind"], values, *told)


@dataclasses.dataclass(frozen=True)
class ReadRows:
    """The rows, what was left out and why (`notes`), and what stands in the way of reading a sheet (`faults`)."""

    rows: tuple[ImportRow, ...]
    notes: tuple[str, ...]
    faults: tuple[str, ...]


def read_rows(sheets: Sequence[Sheet]) -> ReadRows:
    rows: list[ImportRow] = []
    notes: list[str] = []
    faults: list[str] = []
    for sheet in sheets:
        if sheet.hidden:
            if sheet.name != "选项":
                notes.append(f"“{sheet.name}”是隐藏的工作表，没有读取。")
            continue
        form, head = _find_head(sheet)
        if form is None and sheet.name == "填写说明":  # ours, from the template
            continue
        if form is None:
            notes.append(f"“{sheet.name}”不是党组织、人员、任职三种表，没有读取。")
        elif head is None:
            faults.append(
                f"工作表“{sheet.name}”没有找到表头，表头要有：{'、'.join(c.heading for c in form.required)}。"
            )
        else:
            _read_sheet(sheet, form, head, rows, notes, faults)
    if not rows and not faults:
        names = "、".join(form.name for form in sorted(SHEETS, key=lambda form: form.name))
        faults.append(f"文件里没有可以导入的内容。请下载模板，在“{names}”三张工作表中填写。")
    return ReadRows(tuple(rows), tuple(notes), tuple(faults))


@dataclasses.dataclass(frozen=True)
class _Head:
    row: Row
    headings: tuple[str, ...]


def _find_head(sheet: Sheet) -> tuple[SheetForm | None, _Head | None]:
    """Which of the three it is, by its headings or else by its name; a head may be merged over two rows."""
    named = next((form for form in SHEETS if sheet.name.strip() == form.name), None)
    above: tuple[Any, ...] = ()
    for row in sheet.rows[:_HEAD_WITHIN]:
        headings = tuple(
            _plain_heading(value) or (_plain_heading(above[place]) if place < len(above) else "")
            for place, value in enumerate(row.values)
        )
        for form in [named] if named else SHEETS:
            if all(_place(column, headings) is not None for column in form.required):
                return form, _Head(row, headings)
        above = row.values
    return (named if sheet.rows else None), None


def _plain_heading(value: Any) -> str:
    """人员代码*, 人员 代码（必填） and 人员代码 are one heading."""
    text = unicodedata.normalize("NFKC", value) if isinstance(value, str) else ""
    return re.sub(r"\s|\*|\(.*?\)", "", text)


def _place(column: Column, headings: Sequence[str]) -> int | None:
    return next((headings.index(name) for name in (column.heading, *column.others) if name in headings), None)


def _read_sheet(
    sheet: Sheet, form: SheetForm, head: _Head, rows: list[ImportRow], notes: list[str], faults: list[str]
) -> None:
    places = {column: place for column in form.columns if (place := _place(column, head.headings)) is not None}
    used = [head.headings[place] for place in places.values()]
    twice = sorted(name for name, count in Counter(head.headings).items() if name in used and count > 1)
    faults.extend(f"工作表“{sheet.name}”有两列都叫“{name}”，请删去一列。" for name in twice)
    unknown = sorted({name for name in head.headings if name} - set(used))
    if unknown:
        notes.append(f"工作表“{sheet.name}”的这些列没有读取：{'、'.join(unknown)}。")
    examples = 0
    for row in sheet.rows:
        if row.number <= head.row.number:
            continue
        if str(row.values[places[form.columns[0]]] or "").startswith(EXAMPLE):
            examples += 1
        elif any(row.values[place] not in (None, "") for place in places.values()):
            rows.append(_read_row(sheet.name, row, form, places))
    if examples:
        notes.append(f"工作表“{sheet.name}”的{examples}行示例没有读取。")


def _read_row(sheet: str, row: Row, form: SheetForm, places: dict[Column, int]) -> ImportRow:
    values: dict[str, Any] = {}
    faults: list[str] = []
    hints: list[str] = []
    for column, place in places.items():
        try:
            value = column.read(row.values[place])
        except BadCell as error:
            faults.append(f"“{column.heading}”{error}。")
            values[column.field] = None
            continue
        values[column.field] = value
        if remark := column.remark(row.values[place]):
            hints.append(f"“{column.heading}”{remark}。")
        if column.is_required and value == "":
            faults.append(f"“{column.heading}”没有填写。")
        if column.longest and len(str(value)) > column.longest:
            faults.append(f"“{column.heading}”不能超过{column.longest}字，现在有{len(str(value))}字。")
    return ImportRow(sheet, row.number, form.kind, values, tuple(faults), tuple(hints))
