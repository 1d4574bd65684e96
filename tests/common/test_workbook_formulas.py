import io

import openpyxl

from common.workbooks import Formula, NewColumn, NewSheet, write_workbook


def test_our_formulas_are_live_and_typed_ones_are_text() -> None:
    rows = [[1, 2, Formula("A2+B2"), "=A2+B2"]]
    data = write_workbook([NewSheet("表", tuple(NewColumn(str(n)) for n in range(4)), rows)])
    cells = next(iter(openpyxl.load_workbook(io.BytesIO(data))["表"].iter_rows(min_row=2)))
    assert [(cell.value, cell.data_type) for cell in cells] == [(1, "n"), (2, "n"), ("=A2+B2", "f"), ("=A2+B2", "s")]
