import io

import openpyxl
import pytest

from common.workbooks import Formula, NewColumn, NewSheet, write_workbook


def test_our_formulas_are_live_and_typed_ones_are_text() -> None:
    rows = [[1, 2, Formula("A2+B2"), "=A2+B2"]]
    data = write_workbook([NewSheet("表", tuple(NewColumn(str(n)) for n in range(4)), rows)])
    cells = next(iter(openpyxl.load_workbook(io.BytesIO(data))["表"].iter_rows(min_row=2)))
    assert [(cell.value, cell.data_type) for cell in cells] == [(1, "n"), (2, "n"), ("=A2+B2", "f"), ("=A2+B2", "s")]


def test_a_typed_heading_is_text_too() -> None:
    data = write_workbook([NewSheet("表", (NewColumn("=1+1"), NewColumn("@得分", is_required=True)), [])])
    cells = next(iter(openpyxl.load_workbook(io.BytesIO(data))["表"].iter_rows()))
    assert [(cell.value, cell.data_type) for cell in cells] == [("=1+1", "s"), ("@得分*", "s")]


@pytest.mark.parametrize("unwritable", ["\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_no_workbook_can_hold_is_left_out(unwritable: str) -> None:
    text = f"甲{unwritable}乙"
    data = write_workbook([NewSheet("表", (NewColumn(text),), [[text]])])
    rows = openpyxl.load_workbook(io.BytesIO(data))["表"].iter_rows(values_only=True)
    assert list(rows) == [("甲乙",), ("甲乙",)]
