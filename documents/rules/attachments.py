"""Which files may be kept beside a text, told by what they hold and never by what they are called (S-48, S-73, S-156)."""

from __future__ import annotations

import codecs
import warnings
from collections.abc import Collection
from pathlib import PurePath
from typing import BinaryIO

import filetype
import pikepdf
from PIL import Image

from documents.rules.office_files import BROKEN, ENCRYPTED, OfficeFileRefused, office_kind

_OFFICE = "application/vnd.openxmlformats-officedocument"

# Extension as stored → content type as served.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "txt": "text/plain; charset=utf-8",
}
ALL_KINDS = tuple(CONTENT_TYPES)
PICTURES = frozenset({"jpg", "png"})
LONGEST_NAME = 255
MOST_PIXELS = 120_000_000  # a poster scanned at 600 dpi; more is meant to fill the memory of whoever looks
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SUFFIXES = {"jpeg": "jpg", "jpe": "jpg"}
_OPENING_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/GoToR", "/SubmitForm", "/URI")
_TEXT_CONTROLS = frozenset("\t\n\r\f")


class AttachmentRefused(Exception):
    """A file that may not be kept; says which and why."""

    def __init__(self, name: str, why: str) -> None:
        self.name, self.why = name, why
        super().__init__(f"“{name}”不能上传：{why}")


def check_attachment(
    name: str, size: int, file: BinaryIO, *, max_bytes: int, kinds: Collection[str] = ALL_KINDS
) -> str:
    """Return the extension of a file that may be kept, or raise AttachmentRefused. The file is rewound.

    `size` and `max_bytes` in bytes; `kinds` are the extensions that are wanted.
    """
    if size == 0:
        raise AttachmentRefused(name, "文件是空的。")
    if size > max_bytes:
        raise AttachmentRefused(name, f"文件超过{megabytes(max_bytes)}兆。请压缩图片或分成几个文件后再上传。")
    if len(name) > LONGEST_NAME:
        raise AttachmentRefused(name[:40] + "……", f"文件名超过{LONGEST_NAME}字，请改短后再上传。")
    suffix = PurePath(name).suffix.lower().lstrip(".")
    suffix = _SUFFIXES.get(suffix, suffix)
    try:
        kind = _kind(file, suffix)
    except OfficeFileRefused as refusal:
        raise AttachmentRefused(name, str(refusal)) from refusal
    if kind not in kinds:
        raise AttachmentRefused(name, f"只能上传{kinds_label(kinds)}文件（以文件内容为准）。")
    if suffix != kind:
        raise AttachmentRefused(name, f"文件内容是{kind.upper()}，与文件名后缀不一致。")
    return kind


def megabytes(size: int) -> str:
    """20 for 20 MB, 0.5 for half of one."""
    return f"{size / (1024 * 1024):.1f}".removesuffix(".0")


def kinds_label(kinds: Collection[str]) -> str:
    return "、".join(kind.upper() for kind in kinds)


def accept_attribute(kinds: Collection[str]) -> str:
    """For the file chooser of a browser, which is a convenience and no check."""
    named = [*kinds, *(other for other, kind in _SUFFIXES.items() if kind in kinds)]
    return ",".join(f".{kind}" for kind in named)


def _kind(file: BinaryIO, suffix: str) -> str:
    """The extension by content, or nothing for what is not known. Raises OfficeFileRefused for what is known and bad."""
    file.seek(0)
    head = file.read(8192)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return office_kind(file)
    if head.startswith(_OLD_OFFICE):
        raise OfficeFileRefused(_why_old(file))
    found = filetype.guess(head)
    kind = "pdf" if head.startswith(b"%PDF-") else found.extension if found else ""
    if kind == "pdf":
        _check_pdf(file)
    elif kind in PICTURES:
        _check_picture(file)
    elif not kind and suffix == "txt" and decoded(_whole(file)) is not None:
        kind = "txt"
    return kind


def _whole(file: BinaryIO) -> bytes:
    data = file.read()
    file.seek(0)
    return data


def _why_old(file: BinaryIO) -> str:
    if _ENCRYPTED in _whole(file):
        return ENCRYPTED
    return "这是旧格式（如.doc、.xls、.ppt、.wps）。请用Word或WPS打开，另存为.docx、.xlsx、.pptx或PDF后再上传。"


def _check_pdf(file: BinaryIO) -> None:
    """Opens, needs no password, and does nothing by itself when it is opened."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pikepdf.open(file) as pdf:
                acts = _acts_alone(pdf.Root) or len(pdf.pages) == 0
    except pikepdf.PasswordError as error:
        raise OfficeFileRefused(ENCRYPTED) from error
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, OSError) as error:
        raise OfficeFileRefused(BROKEN) from error
    finally:
        file.seek(0)
    if acts:
        raise OfficeFileRefused("PDF文件带有自动运行的程序，可能传播病毒。请打印为普通PDF后再上传。")


def _acts_alone(root: pikepdf.Object) -> bool:
    """Scripts of the document, and whatever but turning to a page happens on opening it."""
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        return True
    if "/AA" in root:
        return True
    opening = root.get("/OpenAction")
    return isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S", "")) in _OPENING_ACTIONS


def _check_picture(file: BinaryIO) -> None:
    """The header is read and the parts are counted, no picture is unfolded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG")) as picture:
                width, height = picture.size
                picture.verify()
    except Image.DecompressionBombError as error:
        raise OfficeFileRefused("图片尺寸过大，请缩小后再上传。") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise OfficeFileRefused(BROKEN) from error
    finally:
        file.seek(0)
    if width * height > MOST_PIXELS:
        raise OfficeFileRefused("图片尺寸过大，请缩小后再上传。")


def decoded(data: bytes, *, is_whole: bool = True) -> str | None:
    """Plain text as Windows and WPS write it, or None: UTF-8 with or without a mark, UTF-16 with one, GB18030.

    The beginning of a file (`is_whole` False) may end within a character.
    """
    mark = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    for encoding in (mark,) if mark else ("utf-8-sig", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data, final=is_whole)
        except UnicodeDecodeError:
            continue
        if all(character >= " " or character in _TEXT_CONTROLS for character in text):
            return text
    return None
