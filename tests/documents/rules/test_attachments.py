import contextlib
import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.rules import attachments, office_files
from documents.rules.attachments import AttachmentRefused, accept_attribute, check_attachment, decoded, megabytes
from tests.files import DOCX, JPG, PDF, PNG, PPTX, XLSX, office, picture

WORD = {"word/document.xml": "x"}


def check(name: str, content: bytes, max_bytes: int = 1024 * 1024, **wanted: tuple[str, ...]) -> str:
    return check_attachment(name, len(content), io.BytesIO(content), max_bytes=max_bytes, **wanted)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("记录.pdf", PDF, "pdf"),
        ("照片.JPG", JPG, "jpg"),
        ("照片.jpeg", JPG, "jpg"),
        ("截图.png", PNG, "png"),
        ("纪要.docx", DOCX, "docx"),
        ("台账.xlsx", XLSX, "xlsx"),
        ("汇报.pptx", PPTX, "pptx"),
        ("说明.txt", "走访XX户。\n".encode(), "txt"),
        ("记事本.txt", "走访XX户。\r\n".encode("gb18030"), "txt"),
        ("记事本.txt", "走访XX户。".encode("utf-16"), "txt"),
    ],
)
def test_what_may_be_kept(name: str, content: bytes, kind: str) -> None:
    assert check(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("页面.pdf", b"<html><script>", "以文件内容为准"),
        ("程序.exe", b"MZ\x90\x00" + bytes(60), "以文件内容为准"),
        ("程序.txt", b"MZ\x90\x00" + bytes(60), "以文件内容为准"),
        ("图.png", b"GIF89a" + bytes(60), "以文件内容为准"),
        ("包.docx", office({"a.txt": "x"}), "这是压缩包"),
        ("坏的.docx", b"PK\x03\x04broken", "已经损坏"),
        ("坏的.pdf", b"%PDF-1.7 broken", "已经损坏"),
        ("坏的.jpg", JPG[:200], "已经损坏"),
        ("坏的.png", PNG[:30], "已经损坏"),
        ("老的.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
        ("密的.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "设有密码"),
        ("改名.png", PDF, "后缀不一致"),
        ("没有后缀", PDF, "后缀不一致"),
        ("空.pdf", b"", "文件是空的"),
    ],
)
def test_what_may_not(name: str, content: bytes, why: str) -> None:
    with pytest.raises(AttachmentRefused, match=why) as refused:
        check(name, content)
    assert f"“{name}”" in str(refused.value)


def test_only_the_kinds_that_are_wanted() -> None:
    assert check("报告.docx", DOCX, kinds=("pdf", "docx")) == "docx"
    with pytest.raises(AttachmentRefused, match="只能上传PDF、DOCX文件"):
        check("照片.png", PNG, kinds=("pdf", "docx"))


def test_too_large_is_said_in_megabytes() -> None:
    with pytest.raises(AttachmentRefused, match="文件超过1兆"):
        check("大.pdf", PDF + b"x" * 1024 * 1024)


@pytest.mark.parametrize(("size", "words"), [(20 * 1024 * 1024, "20"), (512 * 1024, "0.5"), (0, "0")])
def test_megabytes_in_words(size: int, words: str) -> None:
    assert megabytes(size) == words


def relation(kind: str, mode: str = "External", prefix: str = "") -> dict[str, str]:
    found = f'<{prefix}Relationship Id="r1" Type="http://x/{kind}" Target="http://x/y" TargetMode="{mode}"/>'
    return {"word/_rels/document.xml.rels": f"<Relationships>{found}</Relationships>"}


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"word/VBAPROJECT.BIN": "x"}, "带有宏"),
        ({"xl/macrosheets/sheet1.xml": "x"}, "带有宏"),
        (relation("attachedTemplate"), "引用了外部内容"),
        (relation("oleObject"), "引用了外部内容"),
        (relation("image"), "引用了外部内容"),
        (relation("image", prefix="r:"), "引用了外部内容"),
        ({f"word/{number}.xml": "" for number in range(5001)}, "展开后过大"),
        ({"word/_rels/document.xml.rels": " " * (3 * 1024 * 1024)}, "展开后过大"),
    ],
    ids=["macros", "macro sheet", "template", "object", "image", "prefixed", "entries", "relations"],
)
def test_what_harms_whoever_opens_it_is_not_taken(parts: dict[str, str], why: str) -> None:
    with pytest.raises(AttachmentRefused, match=why):
        check("纪要.docx", office(WORD | parts))


def test_what_unpacks_to_too_much_is_not_taken(monkeypatch) -> None:
    monkeypatch.setattr(office_files, "MOST_BYTES", 100_000)
    assert check("纪要.docx", office(WORD | {"word/media/bomb.xml": "0" * 99_000})) == "docx"
    with pytest.raises(AttachmentRefused, match="展开后过大"):
        check("纪要.docx", office(WORD | {"word/media/bomb.xml": "0" * 100_000}))


@pytest.mark.parametrize("parts", [relation("hyperlink"), relation("image", "Internal")], ids=["link", "own image"])
def test_links_and_own_pictures_are_taken(parts: dict[str, str]) -> None:
    assert check("纪要.docx", office(WORD | parts)) == "docx"


def test_an_office_file_under_a_password_does_not_break_the_check() -> None:
    content = bytearray(office(WORD | relation("hyperlink")))
    for at in (content.index(b"PK\x01\x02") + 8, 6):
        content[at] |= 1
    with pytest.raises(AttachmentRefused, match="设有密码"):
        check("纪要.docx", bytes(content))


def pdf(**root: pikepdf.Object) -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        for name, value in root.items():
            made.Root[f"/{name}"] = value
        made.save(file)
    return file.getvalue()


def test_a_pdf_that_acts_by_itself_is_not_taken() -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array()))
    for root in ({"OpenAction": script}, {"Names": names}, {"AA": pikepdf.Dictionary(WC=script)}):
        with pytest.raises(AttachmentRefused, match="自动运行的程序"):
            check("记录.pdf", pdf(**root))
    turned = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([0, pikepdf.Name.Fit]))
    assert check("记录.pdf", pdf(OpenAction=turned)) == "pdf"


def test_a_pdf_under_a_password_is_not_taken() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as made:
        made.save(file, encryption=pikepdf.Encryption(user="a", owner="b"))
    with pytest.raises(AttachmentRefused, match="设有密码"):
        check("记录.pdf", file.getvalue())


def test_a_picture_that_fills_the_memory_is_not_taken(monkeypatch) -> None:
    monkeypatch.setattr(attachments, "MOST_PIXELS", 100)
    assert check("图.png", picture(size=(10, 10))) == "png"
    with pytest.raises(AttachmentRefused, match="图片尺寸过大"):
        check("图.png", picture(size=(11, 10)))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_plain_text_is_read_as_it_was_written(text: str) -> None:
    assert decoded(text.encode("utf-8-sig")) == text


@given(st.binary(max_size=300))
def test_nothing_breaks_the_check(content: bytes) -> None:
    for name in ("a.docx", "a.pdf", "a.png", "a.txt"):
        for head in (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"):
            with contextlib.suppress(AttachmentRefused):
                check(name, head + content)


def test_the_file_chooser_offers_every_suffix_of_a_kind() -> None:
    assert accept_attribute(("pdf", "jpg")) == ".pdf,.jpg,.jpeg,.jpe"
