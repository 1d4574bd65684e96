import datetime as dt

import openpyxl

from accounts.rules.imports import ImportRow, ReadRows, read_rows
from common.workbooks import Row, Sheet, read_workbook
from tests.accounts.workbooks import HEADS, saved

HEAD = ("代码", "名称", "类型", "层级")


def read(name: str, *rows: tuple) -> ReadRows:
    return read_rows([Sheet(name, tuple(Row(number, row) for number, row in enumerate(rows, start=1)))])


def test_a_head_is_found_below_a_title_and_merged_over_two_rows() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["XX县党组织名册（2026年）"])
    page.merge_cells("A1:D1")
    page.append([])
    page.append(["代码*", "名 称（全称）", "基本情况", None, "备注"])
    page.append([None, None, "类型", "层级"])
    page.append(["T1", "甲镇党委", "党委", "市级", "略"])
    found = read_rows(read_workbook(saved(book), most_rows=10))
    expected = {"code": "T1", "name": "甲镇党委", "kind": "committee", "level": "city"}
    assert found.rows == (ImportRow("Sheet", 5, "organizations", expected),)
    assert found.notes == ("工作表“Sheet”的这些列没有读取：备注。",)


def test_posts_are_told_from_people_by_their_head() -> None:
    assert (
        read("甲", tuple(HEADS["posts"]), ("P1", "", "X", "", "书记", "党组织书记", *[None] * 6)).rows[0].kind
        == "posts"
    )
    assert read("甲", ("姓名", "人员代码"), ("张某", "P1")).rows[0].kind == "people"


def test_a_sheet_of_ours_without_a_needed_column_is_refused_by_name() -> None:
    found = read("党组织", ("代码", "名称"), ("T1", "甲"))
    assert found.faults == ("工作表“党组织”没有找到表头，表头要有：代码、名称、类型、层级。",)


def test_the_guide_of_our_own_template_is_passed_over_without_a_word() -> None:
    assert read_rows([Sheet("填写说明", (Row(1, ("工作表", "列")),))]).notes == ()


def test_hidden_and_strange_sheets_are_named_and_left() -> None:
    sheets = [Sheet("旧数据", hidden=True), Sheet("说明", (Row(1, ("随便写的",)),))]
    found = read_rows(sheets)
    assert found.notes == ("“旧数据”是隐藏的工作表，没有读取。", "“说明”不是党组织、人员、任职三种表，没有读取。")
    assert found.faults == ("文件里没有可以导入的内容。请下载模板，在“人员、任职、党组织”三张工作表中填写。",)


def test_two_columns_of_one_name_are_refused() -> None:
    assert "有两列都叫“代码”" in read("甲", (*HEAD, "代码"), ("T1", "甲", "党委", "市级", "T2")).faults[0]


def test_rows_with_white_space_only_and_examples_are_left() -> None:
    found = read("甲", HEAD, ("示例-1", "甲", "党委", "市级"), ("", None, "", None))
    assert (found.rows, found.notes) == ((), ("工作表“甲”的1行示例没有读取。",))


def test_a_row_survives_being_kept() -> None:
    row = ImportRow("任职", 3, "posts", {"start": dt.date(2020, 1, 5), "end": None, "is_primary": True}, ("错",))
    assert ImportRow.from_plain(row.as_plain()) == row
