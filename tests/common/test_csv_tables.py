import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.csv_tables import read_csv, write_csv
from common.workbooks import MOST_COLUMNS, NewColumn, NewSheet, UnreadableWorkbook

HEAD = (NewColumn("代码", is_required=True), NewColumn("名称"))


def rows(data: bytes, width: int = 2) -> list[tuple[str, ...]]:
    (sheet,) = read_csv(data, name="名册", most_rows=100)
    assert all(len(row.values) == MOST_COLUMNS for row in sheet.rows)
    return [row.values[:width] for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_it_is_read_as_people_save_it(encoding: str, delimiter: str) -> None:
    text = f"代码{delimiter}名称\r\n\r\n007{delimiter}县XX局党组\r\n"
    assert rows(text.encode(encoding)) == [("代码", "名称"), ("007", "县XX局党组")]


def test_rows_keep_their_number_and_short_ones_are_filled_up() -> None:
    (sheet,) = read_csv("代码,名称\n\nN1\n".encode(), name="名册", most_rows=9)
    assert [(row.number, row.values[:2]) for row in sheet.rows] == [(1, ("代码", "名称")), (3, ("N1", ""))]


def test_no_text_becomes_a_formula_and_comes_back_as_it_was() -> None:
    cells = [["=1+1", "-党委"], ["@a", "'引"], ["'=x", "''-y"], ["+8", "县,局\n二"]]
    data = write_csv(NewSheet("名册", HEAD, cells))
    text = data.decode("utf-8-sig")
    assert text.startswith("代码*,名称\r\n'=1+1,'-党委\r\n")
    assert rows(data)[1:] == [tuple(row) for row in cells]


def test_dates_numbers_and_gaps_are_written_plainly() -> None:
    data = write_csv(NewSheet("名册", HEAD, [[dt.date(2026, 1, 2), None], [7, "x"]]))
    assert rows(data)[1:] == [("2026-01-02", ""), ("7", "x")]


@pytest.mark.parametrize("data", [b"\x00\x01", b"\xff\xff\xff", b"x" + b"\x07"])
def test_what_is_no_table_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableWorkbook, match="不是 Excel 工作簿或 CSV"):
        read_csv(data, name="x", most_rows=9)


def test_too_many_rows_are_told() -> None:
    with pytest.raises(UnreadableWorkbook, match="超过2行"):
        read_csv(b"a\nb\nc\n", name="x", most_rows=2)


@given(st.binary(max_size=200))
def test_nothing_breaks_the_reader(data: bytes) -> None:
    try:
        read_csv(data, name="x", most_rows=50)
    except UnreadableWorkbook:
        return
