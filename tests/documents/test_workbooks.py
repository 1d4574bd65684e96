import io

from openpyxl import load_workbook

from documents.workbooks import workbook_answer, workbook_bytes


def cells(content: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.rows]


def test_what_looks_like_a_formula_stays_text() -> None:
    content = workbook_bytes("重点任务", ["任务", "数"], [["=1+1", 3], ["@SUM(A1)", None], ["XX", 0]])
    assert cells(content) == [["任务", "数"], ["=1+1", 3], ["@SUM(A1)", None], ["XX", 0]]
    sheet = load_workbook(io.BytesIO(content)).active
    assert [(sheet.cell(row, 1).data_type, sheet.cell(row, 1).quotePrefix) for row in (2, 3, 4)] == [
        ("s", True),
        ("s", True),
        ("s", False),
    ]


def test_what_no_workbook_can_hold_is_left_out() -> None:
    assert cells(workbook_bytes("a/b:c", ["x"], [["甲\x00\x0b乙"]])) == [["x"], ["甲乙"]]


def test_a_download_is_named_after_its_title() -> None:
    answer = workbook_answer("某县委2026年度", ["x"], [])
    assert answer["Content-Disposition"].endswith(".xlsx")
    assert cells(answer.content) == [["x"]]
