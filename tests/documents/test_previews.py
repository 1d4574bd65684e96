import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from documents.previews import LONGEST_SIDE, picture_preview, text_preview
from documents.word.writer import WordPaper
from tests.files import picture


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
