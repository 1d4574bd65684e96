"""What can be shown of a file that somebody handed in without opening it in a program: a small picture, or its text.

Nothing here trusts the file: sizes are bounded, and what cannot be read has no preview. PDF is shown by the browser's
own viewer; it is not drawn here.
"""

from __future__ import annotations

import io
import logging
import warnings

from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from documents.rules.attachments import MOST_PIXELS, decoded
from documents.word.package import WordRefused
from documents.word.reader import read_word

logger = logging.getLogger(__name__)

LONGEST_SIDE = 1400  # pixels
MOST_CHARACTERS = 8000
MOST_TEXT_BYTES = 256 * 1024


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
