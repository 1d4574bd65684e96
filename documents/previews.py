"""What can be shown of a file that somebody handed in without opening it in a program: a picture, its text, its first rows.

Nothing here trusts the file: sizes are bounded, and what cannot be read has no preview. PDF, spreadsheets and slides
are opened by a process of its own (`documents.first_look`), once: what it made is kept beside the file and goes with it.
"""

from __future__ import annotations

import dataclasses
import io
import json
import logging
import subprocess
import sys
import threading
import warnings
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from documents.attachments import first_look_path
from documents.rules.attachments import MOST_PIXELS, PICTURES, decoded
from documents.word.package import WordRefused
from documents.word.reader import read_word

logger = logging.getLogger(__name__)

LONGEST_SIDE = 1400  # pixels
MOST_CHARACTERS = 8000
MOST_TEXT_BYTES = 256 * 1024
FIRST_LOOKS = frozenset({"pdf", "xlsx", "pptx"})
WAIT_SECONDS = 20
# So many at a time in one web process; who comes meanwhile is told to download.
_ROOM = threading.BoundedSemaphore(2)


@dataclasses.dataclass(frozen=True)
class TablePreview:
    """The first rows of one sheet, as text; `is_cut` when there are more."""

    name: str
    rows: list[list[str]]
    is_cut: bool


@dataclasses.dataclass(frozen=True)
class FilePreview:
    """What a page shows of a file: one of these, or nothing at all."""

    has_picture: bool = False
    text: str = ""
    slides: tuple[str, ...] = ()
    tables: tuple[TablePreview, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.has_picture or self.text or self.slides or self.tables)


def file_preview(path: str, kind: str) -> FilePreview:
    if kind in PICTURES:
        return FilePreview(has_picture=True)
    if kind not in FIRST_LOOKS:
        return FilePreview(text=text_preview(path, kind))
    made = _first_look(path, kind)
    if not made:
        return FilePreview()
    if kind == "pdf":
        return FilePreview(has_picture=True)
    content = json.loads(made)
    if kind == "pptx":
        return FilePreview(slides=tuple(content)) if any(content) else FilePreview()
    return FilePreview(tables=tuple(TablePreview(**sheet) for sheet in content if sheet["rows"]))


def shown_picture(path: str, kind: str) -> bytes | None:
    """A picture scaled to a screen, or the first page of a PDF, as JPEG."""
    if kind in PICTURES:
        return picture_preview(path)
    return _first_look(path, kind) or None if kind == "pdf" else None


def _first_look(path: str, kind: str) -> bytes:
    """What the process made of the file, now or earlier; empty for what it cannot open."""
    kept = Path(default_storage.path(first_look_path(path)))
    if kept.exists():
        return kept.read_bytes()
    made = _ask_process(path, kind)
    if made is None:
        return b""
    part = kept.with_name(f"{kept.name}.{threading.get_ident()}")
    try:
        part.write_bytes(made)
        part.replace(kept)
    except OSError as error:
        logger.info("A first look is not kept: %s", error)
        part.unlink(missing_ok=True)
    return made


def _ask_process(path: str, kind: str) -> bytes | None:
    """Empty when the file is to blame, None when there was no time for it and another try may succeed."""
    file = Path(default_storage.path(path))
    if not file.exists() or not _ROOM.acquire(timeout=2):
        return None
    command = [sys.executable, "-m", "documents.first_look", kind, str(file)]
    try:
        done = subprocess.run(  # noqa: S603  # our own program; the path is the server's own name for the file
            command, cwd=settings.BASE_DIR, env={}, capture_output=True, timeout=WAIT_SECONDS, check=False
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        logger.warning("No first look at %s: %s", path, error)
        return None
    finally:
        _ROOM.release()
    if done.returncode:
        logger.info("No first look at %s: %s", path, done.stderr[-300:].decode(errors="replace"))
        return b""
    return done.stdout


def picture_preview(path: str) -> bytes | None:
    """The picture as a JPEG no larger than a screen, upright, without what its camera wrote into it."""
    try:
        with default_storage.open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                small = _on_white(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        logger.info("No preview of %s: %s", path, error)
        return None
    out = io.BytesIO()
    small.save(out, "JPEG", quality=82)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    return paper.convert("RGB")


def text_preview(path: str, kind: str) -> str:
    """The beginning of a plain text or Word file; empty for other kinds and for what cannot be read."""
    if kind not in ("txt", "docx") or not default_storage.exists(path):
        return ""
    with default_storage.open(path, "rb") as file:
        if kind == "txt":
            data = file.read(MOST_TEXT_BYTES + 1)
            text = decoded(data, is_whole=len(data) <= MOST_TEXT_BYTES) or ""
        else:
            try:
                text = read_word(file).text
            except WordRefused:
                return ""
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "……"
