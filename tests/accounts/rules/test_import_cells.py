import datetime as dt

import pytest

from accounts.rules.import_cells import BadCell, choice_of, code_of, date_of, remark_on_date, text_of, yes_no_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  柳河镇　", "柳河镇"),
        ("'柳河镇", "柳河镇"),
        ("***", "***"),
        ("XX同志，，", "XX同志，，"),
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "是"),
        ("\ufeff张\u200b某", "张某"),
        ("Ａ型", "Ａ型"),
    ],
)
def test_text_stays_as_typed_but_for_what_nobody_sees(cell: object, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("ＱＸ－Ｔ０１", "QX-T01"),
        ("'001", "001"),
        ("＇001", "001"),
        (1001.0, "1001"),
        (1001, "1001"),
        ("+1", "+1"),
    ],
)
def test_a_code_is_one_however_it_is_written(cell: object, code: str) -> None:
    assert code_of(cell) == code


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2020-1-5", dt.date(2020, 1, 5)),
        ("2020/01/05", dt.date(2020, 1, 5)),
        ("２０２０．１．５", dt.date(2020, 1, 5)),
        ("2020年1月5日", dt.date(2020, 1, 5)),
        ("2020-01-05 00:00:00", dt.date(2020, 1, 5)),
        ("'20200105", dt.date(2020, 1, 5)),
        (20200105, dt.date(2020, 1, 5)),
        (43835, dt.date(2020, 1, 5)),
        (43835.0, dt.date(2020, 1, 5)),
        (dt.datetime(2020, 1, 5, tzinfo=dt.UTC), dt.date(2020, 1, 5)),
        ("2024.3", dt.date(2024, 3, 1)),
        (2024.3, dt.date(2024, 3, 1)),
        ("2024.10", dt.date(2024, 10, 1)),
        ("2024.1", dt.date(2024, 1, 1)),
        ("２０２４年３月", dt.date(2024, 3, 1)),
        ("2024-03", dt.date(2024, 3, 1)),
        (202403, dt.date(2024, 3, 1)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_in_every_usual_way(cell: object, date: dt.date | None) -> None:
    assert date_of(cell) == date


@pytest.mark.parametrize(
    "cell", [float("inf"), float("nan"), "2024.13", 2020.0, "X月X日", "2020-02-30", "20201301", "202413", "去年", True]
)
def test_what_is_no_day_is_said(cell: object) -> None:
    with pytest.raises(BadCell, match="2020-01-15"):
        date_of(cell)


def test_a_number_that_excel_has_cut_is_not_guessed() -> None:
    """2024.10 typed as a number is 2024.1 to a program."""
    with pytest.raises(BadCell, match="分不清是1月还是10月"):
        date_of(2024.1)


@pytest.mark.parametrize(
    ("cell", "remark"),
    [
        ("2024.3", "只写到月，按2024-03-01登记"),
        (2024.3, "只写到月，按2024-03-01登记"),
        ("2024-3-5", ""),
        (None, ""),
        (43835, ""),
    ],
)
def test_a_month_is_said_to_be_one(cell: object, remark: str) -> None:
    assert remark_on_date(cell) == remark


@pytest.mark.parametrize(
    ("cell", "answer"), [("是", True), ("√", True), (1, True), ("", False), (None, False), ("N", False)]
)
def test_yes_and_no(cell: object, answer: bool) -> None:
    assert yes_no_of(cell) is answer


def test_what_cannot_be_meant_is_refused() -> None:
    for read, cell in ((code_of, 10**16), (code_of, "Q X"), (text_of, "#N/A"), (yes_no_of, "也许")):
        with pytest.raises(BadCell):
            read(cell)


def test_a_label_is_found_however_its_brackets_are_typed() -> None:
    labels = {"县（市、区）级": "county", "市级": "city"}
    assert choice_of("县(市、区) 级", labels) == "county"
    with pytest.raises(BadCell, match="从“县（市、区）级”“市级”中选择"):
        choice_of("乡级", labels)
