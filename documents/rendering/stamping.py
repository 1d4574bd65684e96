"""Many copies of a page that was laid out once, each with codes of its own stamped on.

QR codes and letters are drawn as vectors: no image, no font in the file, sharp on every printer.
A thousand sheets take seconds, where laying each out would take minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import pikepdf
import segno
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from documents.rendering.fonts import font_folder

MM = 72 / 25.4
LETTERS = "GWNumBold.ttf"


@dataclass(frozen=True)
class QR:
    """`left`, `top` and `size` in millimetres from the upper left corner of the sheet."""

    left: float
    top: float
    size: float
    text: str


@dataclass(frozen=True)
class Letters:
    """Digits, capitals and dashes on a line that starts at `left` and stands on `base`, both in millimetres."""

    left: float
    base: float
    points: float
    text: str


Stamp = QR | Letters


def stamp_copies(form: bytes, sheets: Iterable[Sequence[Stamp]]) -> bytes:
    """A PDF with all pages of `form` once for each of `sheets`, the stamps on the first page of each copy.

    Raises ValueError when there is no sheet.
    """
    source = pikepdf.open(io.BytesIO(form))
    target = pikepdf.new()
    target.pages.extend(source.pages)
    originals = list(target.pages)
    height = float(originals[0].mediabox[3])
    before = target.make_stream(b"q\n")
    for stamps in sheets:
        drawn = b"\nQ q 0 g " + b" ".join(_draw(stamp, height) for stamp in stamps) + b" Q\n"
        for number, page in enumerate(originals):
            extra = [target.make_stream(drawn)] if number == 0 else [target.make_stream(b"\nQ\n")]
            target.pages.append(_copy(target, page, before, extra))
    count = len(originals)
    if len(target.pages) == count:
        raise ValueError("nothing to stamp")
    del target.pages[:count]
    # Tags and outlines of the form name pages that are gone.
    for key in ("/StructTreeRoot", "/Outlines", "/MarkInfo"):
        if key in target.Root:
            del target.Root[key]
    out = io.BytesIO()
    target.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def join_files(files: Sequence[bytes]) -> bytes:
    """One PDF of several, in their order."""
    target = pikepdf.new()
    for data in files:
        target.pages.extend(pikepdf.open(io.BytesIO(data)).pages)
    out = io.BytesIO()
    target.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def _copy(
    target: pikepdf.Pdf, page: pikepdf.Page, before: pikepdf.Object, extra: Sequence[pikepdf.Object]
) -> pikepdf.Page:
    contents = page.obj.Contents
    body = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=page.mediabox,
        Resources=page.obj.Resources,
        Contents=pikepdf.Array([before, *body, *extra]),
    )
    return pikepdf.Page(target.make_indirect(made))


def _draw(stamp: Stamp, height: float) -> bytes:
    return _draw_qr(stamp, height) if isinstance(stamp, QR) else _draw_letters(stamp, height)


def _draw_qr(stamp: QR, height: float) -> bytes:
    """Runs of dark modules in a row become one rectangle each."""
    matrix = segno.make(stamp.text, error="m", boost_error=False).matrix
    unit = stamp.size * MM / len(matrix)
    parts = []
    for number, row in enumerate(matrix):
        column = 0
        while column < len(row):
            end = column
            while end < len(row) and row[end]:
                end += 1
            if end > column:
                parts.append(f"{column} {len(matrix) - 1 - number} {end - column} 1 re")
            column = max(end, column + 1)
    place = f"{stamp.left * MM:.3f} {height - (stamp.top + stamp.size) * MM:.3f}"
    return f"q {unit:.5f} 0 0 {unit:.5f} {place} cm {' '.join(parts)} f Q".encode()


def _draw_letters(stamp: Letters, height: float) -> bytes:
    units, outlines = _outlines()
    scale = stamp.points / units
    x, parts = 0.0, []
    for letter in stamp.text:
        path, width = outlines[letter]
        parts.append(f"q 1 0 0 1 {x:.1f} 0 cm {path} f Q")
        x += width
    place = f"{stamp.left * MM:.3f} {height - stamp.base * MM:.3f}"
    return f"q {scale:.6f} 0 0 {scale:.6f} {place} cm {' '.join(parts)} Q".encode()


class _PathPen(BasePen):
    """Writes an outline in the operators of PDF; BasePen turns quadratic curves into cubic ones."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.parts: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  # names of BasePen
        self.parts.append(f"{pt[0]:.0f} {pt[1]:.0f} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  # names of BasePen
        self.parts.append(f"{pt[0]:.0f} {pt[1]:.0f} l")

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:  # noqa: N802  # names of BasePen
        self.parts.append(" ".join(f"{value:.0f}" for point in (pt1, pt2, pt3) for value in point) + " c")

    def _closePath(self) -> None:  # noqa: N802  # names of BasePen
        self.parts.append("h")


@cache
def _outlines() -> tuple[int, dict[str, tuple[str, float]]]:
    """Units of the em, and for each letter its path and its width."""
    with TTFont(font_folder() / LETTERS) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        outlines = {}
        for letter in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ- ":
            pen = _PathPen(glyphs)
            glyphs[names[ord(letter)]].draw(pen)
            outlines[letter] = (" ".join(pen.parts), float(glyphs[names[ord(letter)]].width))
        return int(font["head"].unitsPerEm), outlines
