import datetime as dt
import io
import subprocess
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from documents import previews
from documents.attachments import remove_file
from documents.previews import (
    LONGEST_SIDE,
    FilePreview,
    TablePreview,
    file_preview,
    picture_preview,
    shown_picture,
    text_preview,
)
from documents.word.writer import WordPaper
from tests.files import office, picture


def store(content: bytes) -> str:
    return default_storage.save("kept/a", ContentFile(content))


def test_a_picture_becomes_no_larger_than_a_screen() -> None:
    small = picture_preview(store(picture("JPEG", (4000, 2000))))
    assert small is not None
    with Image.open(io.BytesIO(small)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (LONGEST_SIDE, LONGEST_SIDE // 2))


def test_a_transparent_picture_is_shown_on_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")
    small = picture_preview(store(file.getvalue()))
    assert small is not None
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.getpixel((0, 0)) == (255, 255, 255)


def test_what_is_no_picture_has_no_preview() -> None:
    assert picture_preview(store(b"x")) is None
    assert picture_preview("kept/gone") is None


def test_the_text_of_plain_and_word_files_is_shown() -> None:
    paper = WordPaper("述职报告")
    paper.text("走访XX户。")
    assert text_preview(store(paper.data()), "docx") == "述职报告\n走访XX户。"
    assert text_preview(store("走访***户。".encode("gb18030")), "txt") == "走访***户。"
    assert text_preview(store(b"x"), "docx") == ""
    assert text_preview("kept/gone", "txt") == ""
    assert text_preview(store(b"x"), "xlsx") == ""


def test_a_long_text_is_cut_between_characters() -> None:
    shown = text_preview(store(("党" * 200_000).encode()), "txt")
    assert shown == "党" * 8000 + "……"


def pdf(words: str, size: tuple[float, float] = (595, 842)) -> bytes:
    """One black bar where `words` is not empty, so that a page with something on it can be told from a blank one."""
    file = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=size)
        if words:
            page.obj.Contents = made.make_stream(b"0 0 0 rg 0 0 %d %d re f" % (size[0], size[1] / 2))
        made.save(file)
    return file.getvalue()


def test_the_first_page_of_a_pdf_becomes_a_picture_once(monkeypatch) -> None:
    path = store(pdf("报告"))
    assert file_preview(path, "pdf") == FilePreview(has_picture=True)
    drawn = shown_picture(path, "pdf")
    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as page:
        assert (page.format, page.size) == ("JPEG", (990, LONGEST_SIDE))
        assert page.convert("L").getpixel((400, 300)) > 250
        assert page.convert("L").getpixel((400, 1100)) < 5
    monkeypatch.setattr(subprocess, "run", None)  # nothing is asked again
    assert shown_picture(path, "pdf") == drawn


def test_the_preview_goes_with_its_file() -> None:
    path = store(pdf(""))
    assert shown_picture(path, "pdf")
    remove_file(path)
    assert not list(Path(default_storage.path("kept")).iterdir())
    assert file_preview(path, "pdf") == FilePreview()


def test_a_huge_page_is_drawn_small() -> None:
    drawn = shown_picture(store(pdf("墙报", (14_400, 14_400))), "pdf")
    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as page:
        assert page.size == (LONGEST_SIDE, LONGEST_SIDE)


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "pptx"])
def test_what_cannot_be_opened_has_no_preview_and_is_tried_once(kind: str, monkeypatch) -> None:
    path = store(b"%PDF-1.7 or what you like")
    assert file_preview(path, kind) == FilePreview()
    monkeypatch.setattr(subprocess, "run", None)
    assert file_preview(path, kind) == FilePreview()
    assert shown_picture(path, kind) is None


def test_a_process_that_takes_too_long_is_tried_again_another_time(monkeypatch) -> None:
    path = store(pdf(""))
    with monkeypatch.context() as patched:
        patched.setattr(previews, "WAIT_SECONDS", 0.001)
        assert file_preview(path, "pdf") == FilePreview()
    assert file_preview(path, "pdf") == FilePreview(has_picture=True)


def workbook(rows: list[list[object]], *, hidden: bool = False) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    if hidden:
        book.create_sheet("草稿").append(["别人不该看见"])
        book["草稿"].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_shows_its_first_rows_as_text() -> None:
    rows = [["村", "户数", "兑付日期"], ["大坪村", 23.60, dt.date(2026, 8, 5)], [], ["***", None, "=1+1"]]
    shown = file_preview(store(workbook(rows, hidden=True)), "xlsx")
    expected = [["村", "户数", "兑付日期"], ["大坪村", "23.6", "2026-08-05"], ["***", "", ""]]
    # Nobody has worked the formula out, so it shows nothing; it never shows itself.
    assert shown.tables == (TablePreview("台账", expected, is_cut=False),)


def test_a_long_and_wide_sheet_is_cut_and_says_so() -> None:
    shown = file_preview(store(workbook([["甲" * 150] * 40] * 100)), "xlsx")
    (table,) = shown.tables
    assert (len(table.rows), {len(row) for row in table.rows}, table.is_cut) == (20, {12}, True)
    assert table.rows[0][0] == "甲" * 120 + "……"


def test_a_workbook_that_unpacks_to_too_much_is_not_opened() -> None:
    parts = {"xl/workbook.xml": "x", "xl/sharedStrings.xml": "党" * 30_000_000}
    assert file_preview(store(office(parts)), "xlsx") == FilePreview()


SLIDE = (
    '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
)
SHOW = (
    '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><p:sldIdLst>'
    '<p:sldId id="257" r:id="r2"/><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="x" Target="slides/slide1.xml"/><Relationship Id="r2" Type="x" Target="slides/slide2.xml"/>'
    "</Relationships>"
)


def test_slides_show_their_words_in_the_order_of_the_show() -> None:
    parts = {"ppt/presentation.xml": SHOW, "ppt/_rels/presentation.xml.rels": RELATIONS}
    parts |= {"ppt/slides/slide1.xml": SLIDE.format("第二张"), "ppt/slides/slide2.xml": SLIDE.format("第一张")}
    assert file_preview(store(office(parts)), "pptx").slides == ("第一张", "第二张")


def test_a_slide_reads_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密")
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>' + SLIDE.format("&e;")
    parts = {"ppt/presentation.xml": SHOW.replace("r2", "r1"), "ppt/_rels/presentation.xml.rels": RELATIONS}
    shown = file_preview(store(office(parts | {"ppt/slides/slide1.xml": evil})), "pptx")
    assert "秘密" not in "".join(shown.slides)
