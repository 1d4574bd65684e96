import io
import random
import zipfile

import pytest

from documents.word import package
from documents.word.package import WordRefused
from documents.word.reader import read_word
from tests.documents.word.ooxml import archive, p, r, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (OLE + b"\0" * 600, "旧版 Word（.doc）或 WPS"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "不是 .docx 格式"),
        (b"<html>", "不是 .docx 格式"),
        (b"text", "不是 Word 文档"),
        (b"PK\x03\x04 and nothing", "已经损坏"),
        (archive({"xl/workbook.xml": "<x/>"}), "Excel"),
        (archive({"OFD.xml": "<x/>"}), "OFD"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        (archive({"photo.jpg": "x"}), "不是 Word 文档"),
        (word_file(p(r("x")), extra={"word/vbaProject.bin": "x"}), "带有宏"),
        (archive({"word/document.xml": "<broken"}), "已经损坏"),
        (archive({"word/document.xml": "<nothing/>"}), "已经损坏"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(WordRefused, match=words):
        read_word(io.BytesIO(data))


def test_nothing_is_expanded_or_fetched(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密")
    document = word_file("")
    body = zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()
    for doctype in (f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret}">]>', '<!DOCTYPE d [<!ENTITY x "lol">]>'):
        for encoding in ("utf-8", "utf-16"):
            text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{body}'.replace(
                "<w:sectPr/>", p(r("")) + "&x;"
            )
            file = io.BytesIO()
            with zipfile.ZipFile(file, "w") as made:
                made.writestr("word/document.xml", text.encode(encoding))
            with pytest.raises(WordRefused):
                read_word(file)


def test_what_unpacks_to_too_much_is_refused_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = archive({"word/document.xml": " " * (package._MOST_PART_BYTES + 1)})
    with pytest.raises(WordRefused, match="过大"):
        read_word(io.BytesIO(bomb))
    with pytest.raises(WordRefused, match="过大"):
        read_word(io.BytesIO(archive({f"{number}": "" for number in range(2001)})))
    with pytest.raises(WordRefused, match="超过20兆"):
        read_word(io.BytesIO(b"PK\x03\x04" + b"0" * package.MOST_BYTES))


def test_a_deep_or_endless_text_ends_in_words() -> None:
    deep = "<w:smartTag>" * 240 + r("深") + "</w:smartTag>" * 240
    assert read_word(io.BytesIO(word_file(p(deep)))).text == "深"
    with pytest.raises(WordRefused):
        read_word(io.BytesIO(word_file(p("<w:smartTag>" * 400 + "</w:smartTag>" * 400))))
    with pytest.raises(WordRefused, match="段落太多"):
        read_word(io.BytesIO(word_file(p(r("x")) * 20_001)))


def test_a_file_under_a_password_is_said_to_be_one() -> None:
    data = bytearray(word_file(p(r("x"))))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1
    with pytest.raises(WordRefused, match="密码"):
        read_word(io.BytesIO(bytes(data)))


def test_damaged_files_are_refused_or_read_never_worse() -> None:
    whole = word_file(p(r("正文")) * 5, numbering="<w:num/>", styles="<w:style/>", footnotes="<w:footnote/>")
    chance = random.Random(2027)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_word(io.BytesIO(bytes(data[: chance.randrange(len(data) // 2, len(data) + 1)])))
        except WordRefused:
            continue


def test_nonsense_inside_sound_xml_is_read_past() -> None:
    numbering = '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="x"><w:start w:val="-"/><w:lvlText w:val="%9%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    styles = '<w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>'
    body = p(
        r("甲"),
        '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="-5"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="z"/>',
    )
    sign = '<w:r><w:sym w:char="ZZ"/><w:sym w:char="D800"/><w:sym w:char="FFFFFF"/></w:r>'
    assert "甲" in read_word(io.BytesIO(word_file(body + p(sign), numbering=numbering, styles=styles))).text
