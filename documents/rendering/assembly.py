"""Puts kept parts together into one file: one subset per face, page numbers, links, outline.

The structure tags of the parts are lost in this, so papers made of several parts are not tagged.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from documents.rendering.faces import ASCENT, FACES
from documents.rendering.fonts import font_folder
from documents.rendering.layout import BLANK, Slot
from documents.rendering.parts import FaceUse, Page, Part
from documents.rendering.pdf_writer import CATALOG, PAGES, Copier, PdfWriter, stream_body, text

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
NUMBER_SIZE = 14  # 四号
DASH_BELOW_TEXT = 7 * MM
MIRROR = 2 * MM  # the margins of left and right pages differ by this
DIGITS, DASHES = "GW-Num", "GW-SongTi"
DASH_MIDDLE = 0.38  # of the size, above the baseline
# The stamps name their fonts so; the streams of parts have names of their own for all faces.
DIGITS_KEY, DASHES_KEY = b"/GWn", b"/GWd"
PART_ANCHOR = "part-"  # and the number of a part: where a line of the contents leads

TO_UNICODE_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo"
    " << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
    " /CMapName /Adobe-Identity-UCS def /CMapType 2 def"
    " 1 begincodespacerange <0000> <ffff> endcodespacerange"
)


@cache
def face_files() -> dict[str, Path]:
    """Our faces by the name under which they stand in a PDF."""
    return {face.family.replace(" ", "-") + ("-Bold" if face.bold else ""): font_folder() / face.file for face in FACES}


def known_faces() -> frozenset[str]:
    return frozenset(face_files())


@cache
def _glyphs(face: str, characters: str) -> dict[str, tuple[int, float]]:
    """The glyph and the advance (in thousandths) of each character."""
    with TTFont(face_files()[face], lazy=True) as font:
        cmap, advances = font.getBestCmap(), font["hmtx"]
        per_thousand = 1000 / font["head"].unitsPerEm
        return {
            char: (font.getGlyphID(cmap[ord(char)]), advances[cmap[ord(char)]][0] * per_thousand) for char in characters
        }


def _digits() -> dict[str, tuple[int, float]]:
    return _glyphs(DIGITS, "0123456789 ")


def _dash() -> tuple[int, float]:
    return _glyphs(DASHES, "—")["—"]


# --- one subset per face --------------------------------------------------------------------------


class Faces:
    """Which glyphs of which face all parts together use.

    A part gives its glyphs away when it is taken in: kept in 200 parts they take 40 MB.
    """

    def __init__(self) -> None:
        self.uses: dict[str, FaceUse] = {}
        for face, characters in ((DIGITS, "0123456789 "), (DASHES, "—")):
            use = self.uses[face] = FaceUse(face)
            for char, (glyph, width) in _glyphs(face, characters).items():
                use.text[glyph] = char.encode("utf-16-be").hex()
                use.widths[glyph] = width

    def take(self, part: Part) -> Part:
        """The part, knowing only the names of its faces from now on."""
        if part.whole:
            return part
        for use in part.faces.values():
            total = self.uses.setdefault(use.name, FaceUse(use.name))
            total.text.update(use.text)
            total.widths.update(use.widths)
        return replace(part, faces={key: FaceUse(use.name) for key, use in part.faces.items()})


def subset(file: Path, glyphs: Sequence[int]) -> bytes:
    """Only these glyphs, under their old numbers, which the page streams use."""
    flags = hb.SubsetFlags
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = flags.RETAIN_GIDS | flags.NO_HINTING | flags.DESUBROUTINIZE
    kept = hb.subset(hb.Face(hb.Blob.from_file_path(str(file))), wanted)
    # Keeping the numbers keeps an empty glyph for every other one; those after the last go.
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(range(max(glyphs) + 1))
    wanted.flags = flags.NO_HINTING | flags.DESUBROUTINIZE
    return bytes(hb.subset(kept, wanted).blob.data)


def _to_unicode(texts: dict[int, str]) -> bytes:
    pairs = sorted(texts.items())
    lines = [TO_UNICODE_HEAD]
    for start in range(0, len(pairs), 100):
        chunk = pairs[start : start + 100]
        lines.append(f"{len(chunk)} beginbfchar")
        lines += [f"<{glyph:04x}> <{utf16}>" for glyph, utf16 in chunk]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()


def _write_face(writer: PdfWriter, use: FaceUse) -> int:
    data = subset(face_files()[use.name], sorted(use.text))
    is_cff = data[:4] == b"OTTO"
    kind = b"/Subtype/OpenType" if is_cff else b"/Length1 %d" % len(data)
    program = writer.add_stream(data, kind)
    to_unicode = writer.add_stream(_to_unicode(use.text))
    tag = hashlib.md5(use.name.encode(), usedforsecurity=False).digest()[:6]
    name = bytes(65 + byte % 26 for byte in tag) + b"+" + use.name.encode()
    ascent = round(ASCENT * 1000)
    descriptor = writer.add(
        b"<</Type/FontDescriptor/FontName/%s/Flags 4/Ascent %d/Descent %d/CapHeight %d/ItalicAngle 0"
        b"/StemV 80/FontBBox[0 %d 1000 %d]/%s %d 0 R>>"
        % (
            *(name, ascent, ascent - 1000, ascent, ascent - 1000, ascent),
            *(b"FontFile3" if is_cff else b"FontFile2", program),
        )
    )
    widths = b"".join(b"%d[%g]" % pair for pair in sorted(use.widths.items()))
    descendant = writer.add(
        b"<</Type/Font/Subtype/%s/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor %d 0 R/W[%s]>>"
        % (b"CIDFontType0" if is_cff else b"CIDFontType2", name, descriptor, widths)
    )
    return writer.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]"
        b"/ToUnicode %d 0 R>>" % (name, descendant, to_unicode)
    )


# --- what is stamped on a page --------------------------------------------------------------------


def number_stamp(number: int, *, landscape: bool) -> bytes:
    """「— 7 —」 where page_numbers.css puts it."""
    digits, (dash, dash_width) = _digits(), _dash()
    shown = f" {number} "
    width = (2 * dash_width + sum(digits[char][1] for char in shown)) * NUMBER_SIZE / 1000
    x = WIDTH - 26 * MM - NUMBER_SIZE - width if number % 2 else 26 * MM + NUMBER_SIZE
    y = 35 * MM - DASH_BELOW_TEXT - DASH_MIDDLE * NUMBER_SIZE
    # A turned sheet is bound with its head to the left.
    matrix = b"0 -1 1 0 %.2f %.2f" % (y, WIDTH - x) if landscape else b"1 0 0 1 %.2f %.2f" % (x, y)
    codes = "".join(f"{digits[char][0]:04x}" for char in shown).encode()
    return b"q BT %s Tm %s %d Tf <%04x> Tj %s %d Tf <%s> Tj %s %d Tf <%04x> Tj ET Q\n" % (
        *(matrix, DASHES_KEY, NUMBER_SIZE, dash),
        *(DIGITS_KEY, NUMBER_SIZE, codes, DASHES_KEY, NUMBER_SIZE, dash),
    )


class _Assembly:
    """One file in the making. Every page's object is numbered first, so that links can point."""

    def __init__(self, front: Part | None, parts: Sequence[Part], slots: Sequence[Slot], faces: Faces) -> None:
        self.writer = PdfWriter()
        self.parts = list(parts)
        if front is not None:
            self.parts.append(front)
            index = len(self.parts) - 1
            slots = [*(Slot(index, page) for page in range(len(front.pages))), *_padding(front), *slots]
        self.slots = slots
        self.pages = [self.writer.reserve() for _ in slots]
        self.starts = {slot.part: position for position, slot in enumerate(slots) if slot.part >= 0 and slot.page == 0}
        self.fonts = {name: _write_face(self.writer, use) for name, use in faces.uses.items()}
        self._resources: dict[int, int] = {}

    def write_pages(self) -> None:
        for position, slot in enumerate(self.slots):
            self._write_page(position, slot)
        kids = b" ".join(b"%d 0 R" % page for page in self.pages)
        self.writer.put(PAGES, b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.pages), kids))

    def _write_page(self, position: int, slot: Slot) -> None:
        head = b"<</Type/Page/Parent %d 0 R" % PAGES
        if slot == BLANK:
            blank = b"/MediaBox[0 0 %.3f %.3f]/Resources<<>>>>" % (WIDTH, HEIGHT)
            self.writer.put(self.pages[position], head + blank)
            return
        page = self.parts[slot.part].pages[slot.page]
        is_landscape = page.width > page.height
        # Parts are laid out from a right-hand page on; one that falls on the left is moved.
        shift = 0.0
        if not is_landscape and position % 2 != slot.page % 2:
            shift = -MIRROR if position % 2 else MIRROR
        stamp = number_stamp(slot.number, landscape=is_landscape) if slot.number else b""
        contents = (
            self._stream(b"q 1 0 0 1 %.4f 0 cm\n" % shift),
            self.writer.add_deflated(page.stream),
            self._stream(b"\nQ\n" + stamp),
        )
        body = b"/MediaBox[0 0 %.3f %.3f]/Resources %d 0 R/Contents[%d 0 R %d 0 R %d 0 R]%s>>" % (
            *(page.width, page.height, self._resources_of(slot.part), *contents),
            self._links(page, shift),
        )
        self.writer.put(self.pages[position], head + body)

    def _stream(self, data: bytes) -> int:
        return self.writer.add(stream_body(data, b""))

    def _links(self, page: Page, shift: float) -> bytes:
        notes = []
        for link in page.links:
            part = link.target.removeprefix(PART_ANCHOR)
            if part.isdigit() and int(part) in self.starts:
                left, bottom, right, top = link.rect
                target = self.pages[self.starts[int(part)]]
                notes.append(
                    b"<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect[%.2f %.2f %.2f %.2f]"
                    b"/Dest[%d 0 R/Fit]>>" % (left + shift, bottom, right + shift, top, target)
                )
        return b"/Annots[%s]" % b"".join(notes) if notes else b""

    def _resources_of(self, index: int) -> int:
        if index not in self._resources:
            self._resources[index] = self.writer.add(self._resources_body(self.parts[index]))
        return self._resources[index]

    def _resources_body(self, part: Part) -> bytes:
        stamps = ((DIGITS_KEY, DIGITS), (DASHES_KEY, DASHES))
        fonts = b"".join(b"%s %d 0 R" % (key, self.fonts[face]) for key, face in stamps)
        if part.whole:
            with pikepdf.open(io.BytesIO(part.whole)) as source:
                copier = Copier(self.writer)
                resources = source.pages[0].obj.Resources
                fonts += copier.entries(resources.get("/Font", pikepdf.Dictionary()))
                others = copier.entries(resources, without=frozenset({"/Font"}))
            return b"<</Font<<%s>>%s>>" % (fonts, others)
        for key, use in part.faces.items():
            fonts += b"%s %d 0 R" % (key.encode(), self.fonts[use.name])
        return b"<</Font<<%s>>/ExtGState %s>>" % (fonts, part.states.encode("latin-1"))

    def finish(self, title: str, titles: Sequence[str]) -> bytes:
        outline = self._write_outline(titles)
        first = min((i for i, slot in enumerate(self.slots) if slot.number), default=0)
        labels = b"/PageLabels<</Nums[0<</S/r>>%d<</S/D/St 1>>]>>" % first if first else b""
        self.writer.put(
            CATALOG,
            b"<</Type/Catalog/Pages %d 0 R%s%s/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>"
            % (PAGES, outline, labels),
        )
        return self.writer.finish(b"<</Title %s>>" % text(title))

    def _write_outline(self, titles: Sequence[str]) -> bytes:
        listed = [(i, title) for i, title in enumerate(titles) if title and i in self.starts]
        if not listed:
            return b""
        root = self.writer.reserve()
        items = [self.writer.reserve() for _ in listed]
        for place, (part, title) in enumerate(listed):
            target = self.pages[self.starts[part]]
            before = b"/Prev %d 0 R" % items[place - 1] if place else b""
            after = b"/Next %d 0 R" % items[place + 1] if place + 1 < len(items) else b""
            body = b"<</Title %s/Parent %d 0 R/Dest[%d 0 R/Fit]%s%s>>"
            self.writer.put(items[place], body % (text(title), root, target, before, after))
        self.writer.put(
            root,
            b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (items[0], items[-1], len(items)),
        )
        return b"/Outlines %d 0 R/PageMode/UseOutlines" % root


def _padding(front: Part) -> list[Slot]:
    """Cover and contents fill whole sheets, so that the first part begins on the right."""
    return [BLANK] * (len(front.pages) % 2)


def assemble(
    front: Part | None,
    parts: Sequence[Part],
    slots: Sequence[Slot],
    faces: Faces,
    *,
    title: str,
    titles: Sequence[str],
) -> bytes:
    """One file. `front` is cover and contents; `titles` (one a part) make the outline.

    All parts have been taken in by `faces`.
    """
    assembly = _Assembly(front, parts, slots, faces)
    assembly.write_pages()
    return assembly.finish(title, titles)
