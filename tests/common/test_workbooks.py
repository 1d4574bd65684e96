import io
import zipfile

import openpyxl
import pytest

from common import workbooks
from common.workbooks import NewColumn, NewSheet, UnreadableWorkbook, read_workbook, write_workbook


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BOOK = saved(openpyxl.Workbook())


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "不是 Excel 工作簿"),
        ("代码,名称\n".encode("gbk"), "不是 Excel 工作簿"),
        (b"PK\x03\x04 broken", "不是 Excel 工作簿"),
        (BOOK[: len(BOOK) // 2], "不是 Excel 工作簿"),
        (zipped(word__document_xml=b"<a/>"), "不是 Excel 工作簿"),
        (zipped(xl__workbook_xml=b"<a/>"), "已损坏"),
        (OLE + b"\0" * 600, "旧格式的表格（.xls 或 .et）"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
        (zipped(xl__workbook_xml=b"<a/>", xl__vbaProject_bin=b"x"), "带有宏"),
        (zipped(xl__workbook_xml=b"<!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>"), "内容不正常"),
        (zipped(xl__workbook_xml=b"<a/>", xl__bomb_xml=b"0" * (61 * 1024 * 1024)), "解开后太大"),
    ],
)
def test_what_is_no_workbook_is_answered_with_what_to_do(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableWorkbook, match=told):
        read_workbook(data, most_rows=10)


def test_too_many_rows_are_refused_and_blank_ones_not_counted() -> None:
    book = openpyxl.Workbook()
    book.active.append(["一"])
    book.active["A5000"] = "二"
    assert [row.number for row in read_workbook(saved(book), most_rows=2)[0].rows] == [1, 5000]
    with pytest.raises(UnreadableWorkbook, match="超过1行"):
        read_workbook(saved(book), most_rows=1)


def test_a_forged_row_number_costs_nothing(monkeypatch) -> None:
    monkeypatch.setattr(workbooks, "_LAST_ROW", 1000)
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="99999999999"><c r="A99999999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else old.read(name))
    assert read_workbook(out.getvalue(), most_rows=10)[0].rows == ()


def test_hidden_sheets_are_named_only() -> None:
    book = openpyxl.Workbook()
    hidden = book.create_sheet("旧")
    hidden.append(["秘"])
    hidden.sheet_state = "veryHidden"
    assert [(sheet.name, sheet.hidden, sheet.rows) for sheet in read_workbook(saved(book), most_rows=9)][1:] == [
        ("旧", True, ())
    ]


def test_leading_zeros_that_only_the_format_shows_are_kept() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 7
    book.active["A1"].number_format = "000"
    assert read_workbook(saved(book), most_rows=9)[0].rows[0].values[0] == "007"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@a", "=cmd|'/c calc'!A1", "007", "2020-01-01", "\x07响"])
def test_text_stays_text(text: str) -> None:
    data = write_workbook([NewSheet("表", (NewColumn("甲"),), [[text]])])
    cell = openpyxl.load_workbook(io.BytesIO(data))["表"]["A2"]
    assert (cell.data_type, cell.value) == ("s", text.replace("\x07", ""))
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))


def test_choices_become_a_drop_down_list() -> None:
    column = NewColumn("甲", note="从中选择", choices=("党委", "党组"), is_required=True)
    book = openpyxl.load_workbook(io.BytesIO(write_workbook([NewSheet("表", (column,), [])])))
    rule = book["表"].data_validations.dataValidation[0]
    assert (rule.type, rule.formula1, rule.prompt) == ("list", "选项!$A$1:$A$2", "从中选择")
    assert (book["表"]["A1"].value, book["选项"].sheet_state) == ("甲*", "hidden")
    assert [cell.value for cell in book["选项"]["A"]] == ["党委", "党组"]
