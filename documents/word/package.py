"""Opens an uploaded Word file so that nothing in it can harm: sizes bounded, no entities, no macros, nothing fetched."""

from __future__ import annotations

import lzma
import posixpath
import zipfile
import zlib
from typing import BinaryIO

from lxml import etree

MOST_BYTES = 20 * 1024 * 1024
_MOST_ENTRIES = 2000
_MOST_UNPACKED = 300 * 1024 * 1024
_MOST_PART_BYTES = 8 * 1024 * 1024  # of XML; a report of 20,000 characters has less than one
_STRICT = b"http://purl.oclc.org/ooxml/"
_LAX = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    etree.XMLSyntaxError,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    OverflowError,
    KeyError,
)


class WordRefused(Exception):
    """The file cannot be read; `str(error)` says why and what to do."""


SAVE_AS = "请用 Word 或 WPS 打开，点“另存为”，文件类型选“Word 文档（*.docx）”，再上传另存的文件。"
BROKEN = f"文件已经损坏，读不出内容。{SAVE_AS}"
_OTHERS = {
    "xl/": "这是 Excel 表格，不是 Word 文件。请上传 .docx 文件。",
    "ppt/": "这是演示文稿，不是 Word 文件。请上传 .docx 文件。",
    "ofd.xml": "这是 OFD 版式文件，读不出段落。请上传原来的 Word 文件（.docx）。",
    "mimetype": f"这是 OpenDocument 文件（.odt）。{SAVE_AS}",
}


def _refusal_of(head: bytes, data: bytes) -> str:
    """Why a file that is no package is refused; empty for a package."""
    if not data:
        return "文件是空的，请重新选择。"
    if head.startswith(b"PK\x03\x04"):
        return ""
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "文件设有打开密码，读不出内容。请用 Word 或 WPS 打开，取消密码并保存后再上传。"
        return f"这是旧版 Word（.doc）或 WPS 文字（.wps）文件。{SAVE_AS}"
    if head.startswith(b"%PDF"):
        return "这是 PDF 文件，读不出段落。请上传原来的 Word 文件（.docx）；只有 PDF 的，请打开后复制文字，粘贴到撰写页面。"
    if head.lstrip().lower().startswith((b"{\\rtf", b"<html", b"<!doc", b"<?xml")):
        return f"文件虽是文档，但不是 .docx 格式。{SAVE_AS}"
    return f"这不是 Word 文档。{SAVE_AS}"


class Package:
    """The parts of a .docx by the role they play. Raises WordRefused for whatever is not to be read."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        data = file.read(MOST_BYTES + 1)
        file.seek(0)
        if len(data) > MOST_BYTES:
            raise WordRefused(f"文件超过{MOST_BYTES // 1024 // 1024}兆。请删去图片后另存，再上传。")
        refusal = _refusal_of(data[:16], data)
        if refusal:
            raise WordRefused(refusal)
        try:
            self._open(file)
        except _UNREADABLE as error:
            raise WordRefused(BROKEN) from error

    def _open(self, file: BinaryIO) -> None:
        self.archive = zipfile.ZipFile(file)
        entries = self.archive.infolist()
        if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            raise WordRefused(f"文件展开后过大，不能读取。请删去图片和嵌入的文件，{SAVE_AS}")
        self.names = {entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise WordRefused("文件设有密码，读不出内容。请取消密码并保存后再上传。")
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise WordRefused(f"文件带有宏（.docm），不能上传。{SAVE_AS}")
        self.main = self._main()

    def _main(self) -> str:
        """The main part is found by the package's relations: some programs do not call it document.xml."""
        found = self._related("", "officeDocument") or "word/document.xml"
        if found in self.names and not found.startswith(("xl/", "ppt/")):
            return found
        for beginning, refusal in _OTHERS.items():
            if any(name.lower().startswith(beginning) for name in self.names):
                raise WordRefused(refusal)
        raise WordRefused(_refusal_of(b"?", b"?") if found not in self.names else BROKEN)

    def document(self) -> etree._Element:
        root = self._xml(self.main)
        if root is None:
            raise WordRefused(BROKEN)
        return root

    def part(self, role: str) -> etree._Element | None:
        """styles, numbering, footnotes, endnotes: the part that plays this role for the document, if there is one."""
        name = self._related(self.main, role)
        return self._xml(name) if name else None

    def _related(self, source: str, role: str) -> str | None:
        folder, name = posixpath.split(source)
        relations = self._xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if relations is None else relations:
            if str(relation.get("Type", "")).endswith(f"/{role}") and relation.get("TargetMode") != "External":
                target = str(relation.get("Target", ""))
                return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        return None

    def _xml(self, name: str) -> etree._Element | None:
        if name not in self.names:
            return None
        try:
            with self.archive.open(name) as stream:
                data = stream.read(_MOST_PART_BYTES + 1)  # what is unpacked counts, not what is announced
            if len(data) > _MOST_PART_BYTES:
                raise WordRefused(f"文件展开后过大，不能读取。{SAVE_AS}")
            root = _parsed(data)
        except _UNREADABLE as error:
            raise WordRefused(BROKEN) from error
        return root


def _parsed(data: bytes) -> etree._Element:
    if _STRICT in data:
        for strict, lax in _LAX.items():
            data = data.replace(strict, lax)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise WordRefused(BROKEN)
    return root
