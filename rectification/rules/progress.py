"""Which files may show progress, told by their content, and what can be wrong with a report of it (S-156)."""

import re
import zipfile
import zlib
from pathlib import PurePath
from typing import BinaryIO

_OFFICE = "application/vnd.openxmlformats-officedocument"

# Extension as stored → content type as served.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
_SIGNATURES = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
# A document of an office stays far below; what unpacks to more is meant to harm whoever opens it.
_MOST_ENTRIES, _MOST_BYTES, _MOST_RELATION_BYTES = 5000, 500 * 1024 * 1024, 2 * 1024 * 1024
_RELATION = re.compile(rb"<Relationship\b[^>]*>")


class EvidenceRefused(Exception):
    """A file that cannot be taken as evidence; says which and why."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        super().__init__(f"“{name}”不能上传：{why}")


class ProgressRefused(Exception):
    """The report of progress cannot be taken; `str(error)` says why."""


class NoProgress(Exception):
    def __init__(self) -> None:
        super().__init__("还没有填报过整改进展，不能申请销号。请先填报进展、上传佐证材料。")


def evidence_kind(file: BinaryIO) -> str | None:
    """Extension by what the file holds, whatever it is called; None for anything else. The file is rewound."""
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    return _office_kind(file) if head.startswith(b"PK\x03\x04") else None


def _office_kind(file: BinaryIO) -> str | None:
    """Table of contents and relations are read, nothing else is unpacked.

    Not taken: macros, parts that are fetched from elsewhere when the file is opened, zip bombs.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            if not _is_harmless(archive):
                return None
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, zlib.error):
        return None
    finally:
        file.seek(0)
    return next((kind for part, kind in _PARTS.items() if part in names), None)


def _is_harmless(archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    if len(parts) > _MOST_ENTRIES or sum(part.file_size for part in parts) > _MOST_BYTES:
        return False
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        return False
    return not any(_fetches(archive, part) for part in parts if part.filename.lower().endswith(".rels"))


def _fetches(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether the relations name something outside but links, which only a reader's click follows."""
    with archive.open(part) as stream:
        text = stream.read(_MOST_RELATION_BYTES + 1)
    relations = [relation.lower() for relation in _RELATION.findall(text)]
    outside = [relation for relation in relations if b"external" in relation and b"/hyperlink" not in relation]
    return bool(outside) or len(text) > _MOST_RELATION_BYTES


def check_evidence(name: str, size: int, file: BinaryIO, *, max_bytes: int) -> str:
    """Return the extension of a file that may be kept, or raise EvidenceRefused. `size` and `max_bytes` in bytes."""
    if size == 0:
        raise EvidenceRefused(name, "文件是空的。")
    if size > max_bytes:
        raise EvidenceRefused(name, f"文件超过{max_bytes // (1024 * 1024)}兆。")
    kind = evidence_kind(file)
    if kind is None:
        raise EvidenceRefused(name, "只能上传PDF、JPG、PNG、DOCX、XLSX文件（以文件内容为准）。")
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if {"jpeg": "jpg"}.get(suffix, suffix) != kind:
        raise EvidenceRefused(name, f"文件内容是{kind.upper()}，与文件名后缀不一致。")
    return kind
