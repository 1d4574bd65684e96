"""Which files may be kept with a due report, told by their content (S-48)."""

import zipfile
import zlib
from pathlib import PurePath
from typing import BinaryIO

from reporting.rules.refusals import DueReportRefused

# Extension as stored → content type as served.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MOST_ENTRIES, _MOST_BYTES = 5000, 500 * 1024 * 1024


def check_file(name: str, size: int, file: BinaryIO, *, max_bytes: int) -> str:
    """The extension of a PDF or DOCX file that may be kept; anything else raises DueReportRefused. Rewound."""
    if size == 0:
        raise DueReportRefused(f"“{name}”不能上传：文件是空的。")
    if size > max_bytes:
        raise DueReportRefused(f"“{name}”不能上传：文件超过{max_bytes // (1024 * 1024)}兆。")
    kind = _kind(file)
    if kind is None:
        raise DueReportRefused(f"“{name}”不能上传：只能上传PDF或DOCX文件（以文件内容为准），旧格式请另存后再上传。")
    if PurePath(name).suffix.lower() != f".{kind}":
        raise DueReportRefused(f"“{name}”不能上传：文件内容是{kind.upper()}，与文件名后缀不一致。")
    return kind


def _kind(file: BinaryIO) -> str | None:
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head == b"%PDF-":
        return "pdf"
    return "docx" if head.startswith(b"PK\x03\x04") and _is_docx(file) else None


def _is_docx(file: BinaryIO) -> bool:
    """A table of contents is read, nothing is unpacked; macros and zip bombs are not taken."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, zlib.error):
        return False
    finally:
        file.seek(0)
    names = {part.filename for part in parts}
    is_small = len(parts) <= _MOST_ENTRIES and sum(part.file_size for part in parts) <= _MOST_BYTES
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return is_small and not has_macros and "word/document.xml" in names
