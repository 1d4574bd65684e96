"""What is kept of one rendered part: its page streams and the glyphs it uses, about 20 kB.

Put together from these, a packet of 200 reports takes a twentieth of the time of laying it out.
The keys are hashes of content and style, so nothing here is ever out of date, only unused.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings

from documents.rendering.pages import style_version, write_pages

MAGIC = b"part1"
CODE_SPACE = (b"0000", b"ffff")
LINK_HOST = "https://part.invalid/"  # links between parts, until the pages are known


@dataclass(frozen=True)
class Link:
    rect: tuple[float, float, float, float]
    target: str


@dataclass(frozen=True)
class Page:
    stream: bytes  # deflated
    width: float
    height: float
    links: tuple[Link, ...] = ()


@dataclass
class FaceUse:
    """How a part uses a face: the text and the advance of each glyph."""

    name: str  # family as the PDF names it
    text: dict[int, str] = field(default_factory=dict)  # UTF-16 in hexadecimal
    widths: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    pages: tuple[Page, ...]
    faces: dict[str, FaceUse]  # by the name the streams use
    states: str  # graphics states, as PDF source
    # Set when the streams need more than fonts: the whole file, whose resources are taken along.
    whole: bytes = b""


def read_pdf(pdf: bytes, known_faces: frozenset[str]) -> Part:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        resources = document.pages[0].obj.Resources
        faces = {key: _face_use(font) for key, font in resources.get("/Font", {}).items()}
        states = resources.get("/ExtGState", pikepdf.Dictionary())
        is_plain = (
            not len(resources.get("/XObject", {}))
            and not len(resources.get("/Pattern", {}))
            and not len(resources.get("/Shading", {}))
            and not any("/SMask" in state for state in states.values())
            and all(face.name in known_faces for face in faces.values())
        )
        return Part(
            pages=tuple(_page(page.obj) for page in document.pages),
            faces=faces,
            states=states.unparse().decode("latin-1") if is_plain else "",
            whole=b"" if is_plain else pdf,
        )


def _page(page: pikepdf.Object) -> Page:
    _, _, width, height = map(float, page.MediaBox)
    return Page(page.Contents.read_raw_bytes(), width, height, tuple(_links(page)))


def _links(page: pikepdf.Object) -> list[Link]:
    links = []
    for note in page.get("/Annots", []):
        target = str(note.get("/A", {}).get("/URI", ""))
        if target.startswith(LINK_HOST):
            left, bottom, right, top = map(float, note.Rect)
            links.append(Link((left, bottom, right, top), target.removeprefix(LINK_HOST)))
    return links


def _face_use(font: pikepdf.Object) -> FaceUse:
    return FaceUse(
        name=str(font.BaseFont)[len("/ABCDEF+") :],
        text=_read_to_unicode(font.ToUnicode.read_bytes()),
        widths=_read_widths(list(font.DescendantFonts[0].W)),
    )


def _read_to_unicode(data: bytes) -> dict[int, str]:
    pairs = re.findall(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$", data, re.MULTILINE | re.IGNORECASE)
    # The first pair is the range of codes, which looks the same.
    return {int(glyph, 16): text.decode() for glyph, text in pairs if (glyph, text) != CODE_SPACE}


def _read_widths(source: list[Any]) -> dict[int, float]:
    """The two forms of /W: `first [w w w]` and `first last w`."""
    widths: dict[int, float] = {}
    items = iter(source)
    for item in items:
        first, following = int(item), next(items)
        if isinstance(following, pikepdf.Array):
            widths |= {first + i: float(width) for i, width in enumerate(following)}
        else:
            width = float(next(items))
            widths |= dict.fromkeys(range(first, int(following) + 1), width)
    return widths


# --- kept as files ---------------------------------------------------------------------------------


def part_key(html: str, *, on_grid: bool) -> str:
    return hashlib.sha256(f"{style_version()} {on_grid} {html}".encode()).hexdigest()


def _file(key: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "parts" / key[:2] / key


def is_kept(html: str, *, on_grid: bool) -> bool:
    return _file(part_key(html, on_grid=on_grid)).exists()


def render_part(html: str, known_faces: frozenset[str], *, on_grid: bool, keep: bool = True) -> Part:
    """From what is kept, else laid out now and kept; with `keep` false nothing of it stays on the disk."""
    if not keep:
        pdf = write_pages(html, "", on_grid=on_grid, numbered=False, tagged=False)
        return read_pdf(pdf, known_faces)
    file = _file(part_key(html, on_grid=on_grid))
    try:
        part = load(file.read_bytes())
        os.utime(file)
        return part
    except (OSError, ValueError):
        pass  # not there, or cut short by a full disk
    pdf = write_pages(html, "", on_grid=on_grid, numbered=False, tagged=False)
    part = read_pdf(pdf, known_faces)
    _keep(file, dump(part))
    return part


def _keep(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_name(f"{file.name}.{os.getpid()}.part")
    scratch.write_bytes(data)
    scratch.replace(file)


def forget_parts(unused_since: float) -> int:
    """Delete what no paper has used since (seconds of the epoch); whoever asks for it again has it laid out anew."""
    gone = 0
    for file in (Path(settings.MEDIA_ROOT) / "parts").glob("*/*"):
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_mtime < unused_since:
                file.unlink()
                gone += 1
    return gone


def dump(part: Part) -> bytes:
    head = {
        "pages": [
            [len(page.stream), page.width, page.height, [asdict(link) for link in page.links]] for page in part.pages
        ],
        "faces": {key: asdict(use) for key, use in part.faces.items()},
        "states": part.states,
        "whole": len(part.whole),
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    blobs = b"".join([*(page.stream for page in part.pages), part.whole])
    return MAGIC + len(text).to_bytes(4, "big") + text + blobs


def load(data: bytes) -> Part:
    start = len(MAGIC) + 4
    if data[: len(MAGIC)] != MAGIC:
        raise ValueError("not a kept part")
    offset = start + int.from_bytes(data[len(MAGIC) : start], "big")
    head = json.loads(data[start:offset])
    pages = []
    for length, width, height, links in head["pages"]:
        stream = data[offset : offset + length]
        found = tuple(Link((*link["rect"],), link["target"]) for link in links)
        pages.append(Page(stream, width, height, found))
        offset += length
    if len(data) != offset + head["whole"]:
        raise ValueError("cut short")
    faces = {
        key: FaceUse(
            use["name"],
            {int(glyph): text for glyph, text in use["text"].items()},
            {int(glyph): width for glyph, width in use["widths"].items()},
        )
        for key, use in head["faces"].items()
    }
    return Part(tuple(pages), faces, head["states"], data[offset:])
