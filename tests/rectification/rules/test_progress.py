import io
import zipfile

import pytest

from rectification.rules import progress
from rectification.rules.progress import EvidenceRefused, check_evidence

PDF, JPG, PNG = b"%PDF-1.7\n", b"\xff\xd8\xff\xe0abcd", b"\x89PNG\r\n\x1a\nabcd"


def office(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def check(name: str, content: bytes, max_bytes: int = 1024 * 1024) -> str:
    return check_evidence(name, len(content), io.BytesIO(content), max_bytes=max_bytes)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("记录.pdf", PDF, "pdf"),
        ("照片.JPG", JPG, "jpg"),
        ("照片.jpeg", JPG, "jpg"),
        ("截图.png", PNG, "png"),
        ("纪要.docx", office("[Content_Types].xml", "word/document.xml"), "docx"),
        ("台账.xlsx", office("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ],
)
def test_what_may_be_kept(name: str, content: bytes, kind: str) -> None:
    assert check(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("页面.pdf", b"<html><script>", "以文件内容为准"),
        ("程序.exe", b"MZ\x90\x00", "以文件内容为准"),
        ("压缩.zip", office("a.txt"), "以文件内容为准"),
        ("坏的.docx", b"PK\x03\x04broken", "以文件内容为准"),
        ("宏.docx", office("word/document.xml", "word/vbaProject.bin"), "以文件内容为准"),
        ("改名.png", PDF, "后缀不一致"),
        ("没有后缀", PDF, "后缀不一致"),
        ("空.pdf", b"", "文件是空的"),
    ],
)
def test_what_may_not(name: str, content: bytes, why: str) -> None:
    with pytest.raises(EvidenceRefused, match=why) as refused:
        check(name, content)
    assert f"“{name}”" in str(refused.value)


def test_too_large_is_said_in_megabytes() -> None:
    with pytest.raises(EvidenceRefused, match="文件超过1兆"):
        check("大.pdf", PDF + b"x" * 1024 * 1024)


def word(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in ({"word/document.xml": "x"} | parts).items():
            archive.writestr(name, text)
    return file.getvalue()


def relation(kind: str, mode: str = "External") -> dict[str, str]:
    found = f'<Relationship Id="r1" Type="http://x/{kind}" Target="http://x/y" TargetMode="{mode}"/>'
    return {"word/_rels/document.xml.rels": f"<Relationships>{found}</Relationships>"}


@pytest.mark.parametrize(
    "parts",
    [
        {"word/VBAPROJECT.BIN": "x"},
        relation("attachedTemplate"),
        relation("oleObject"),
        relation("image"),
        {f"word/{number}.xml": "" for number in range(5001)},
        {"word/_rels/document.xml.rels": " " * (3 * 1024 * 1024)},
    ],
    ids=["macros", "template", "object", "image", "entries", "relations"],
)
def test_what_harms_whoever_opens_it_is_not_taken(parts: dict[str, str]) -> None:
    with pytest.raises(EvidenceRefused, match="以文件内容为准"):
        check("纪要.docx", word(parts))


def test_what_unpacks_to_too_much_is_not_taken(monkeypatch) -> None:
    monkeypatch.setattr(progress, "_MOST_BYTES", 100_000)
    assert check("纪要.docx", word({"word/media/bomb.xml": "0" * 99_999})) == "docx"
    with pytest.raises(EvidenceRefused):
        check("纪要.docx", word({"word/media/bomb.xml": "0" * 100_000}))


@pytest.mark.parametrize("parts", [relation("hyperlink"), relation("image", "Internal")], ids=["link", "own image"])
def test_links_and_own_pictures_are_taken(parts: dict[str, str]) -> None:
    assert check("纪要.docx", word(parts)) == "docx"


def test_an_office_file_under_a_password_does_not_break_the_check() -> None:
    content = bytearray(word(relation("hyperlink")))
    for at in (content.index(b"PK\x01\x02") + 8, 6):
        content[at] |= 1
    at = content.rindex(b"PK\x01\x02") + 8
    content[at] |= 1
    with pytest.raises(EvidenceRefused):
        check("纪要.docx", bytes(content))
