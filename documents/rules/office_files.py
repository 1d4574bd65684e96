"""A look inside a DOCX, XLSX or PPTX file: its table of contents and its relations, nothing else is unpacked.

Not taken: macros, parts fetched from elsewhere when the file is opened, what unpacks to more than any office's
document, files under a password.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

# Main part → extension.
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
# A document of an office stays far below; what unpacks to more is meant to harm whoever opens it.
MOST_ENTRIES, MOST_BYTES, _MOST_RELATION_BYTES = 5000, 500 * 1024 * 1024, 2 * 1024 * 1024
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
)

BROKEN = "文件已经损坏，打不开。请重新导出或另存后再上传。"
ENCRYPTED = "文件设有密码。请取消密码并保存后再上传。"
TOO_MUCH = "文件展开后过大，不能接收。请删去多余的图片和嵌入的文件后再上传。"
MACROS = "文件带有宏（程序），可能传播病毒。请另存为不带宏的格式后再上传。"
OUTSIDE = "文件引用了外部内容，打开时会到别处取图片、模板或数据。请断开链接、把图片嵌入文件后再上传。"
NO_OFFICE_FILE = "这是压缩包，不是文档。请把里面的文件分别上传。"


class OfficeFileRefused(Exception):
    """`str(error)` says why."""


def office_kind(file: BinaryIO) -> str:
    """docx, xlsx or pptx, for a file that begins as a zip archive. Raises OfficeFileRefused. The file is rewound."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check(archive)
            names = set(archive.namelist())
    except _UNREADABLE as error:
        raise OfficeFileRefused(BROKEN) from error
    finally:
        file.seek(0)
    for part, kind in _PARTS.items():
        if part in names:
            return kind
    raise OfficeFileRefused(NO_OFFICE_FILE)


def _check(archive: zipfile.ZipFile) -> None:
    for refusal in _refusals(archive):
        raise OfficeFileRefused(refusal)


def _refusals(archive: zipfile.ZipFile) -> Iterator[str]:
    parts = archive.infolist()
    if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_BYTES:
        yield TOO_MUCH
    if any(part.flag_bits & 1 for part in parts):
        yield ENCRYPTED
    if any(part.filename.lower().endswith(("vbaproject.bin", ".xlm")) or _is_macro_sheet(part) for part in parts):
        yield MACROS
    for part in parts:
        if part.filename.lower().endswith(".rels") and _fetches(archive, part):
            yield OUTSIDE


def _is_macro_sheet(part: zipfile.ZipInfo) -> bool:
    """Excel 4 macros have no VBA project; they are sheets of a kind of their own."""
    return part.filename.lower().startswith("xl/macrosheets/")


def _fetches(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether the relations name something outside but links, which only a reader's click follows."""
    with archive.open(part) as stream:
        text = stream.read(_MOST_RELATION_BYTES + 1)
    if len(text) > _MOST_RELATION_BYTES:
        raise OfficeFileRefused(TOO_MUCH)
    relations = [relation.lower() for relation in _RELATION.findall(text)]
    return any(b"external" in relation and b"/hyperlink" not in relation for relation in relations)
