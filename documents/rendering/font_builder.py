"""Builds the font set of our papers from fonts that Debian packages.

Three things are wrong with fonts as they are shipped. WeasyPrint writes glyph numbers as
character ids, which is right only when a CFF font's charset is the identity: else characters
vanish in print though a browser shows them. Vertical metrics differ. And layout tables cost time.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from documents.rendering.characters import LATIN, base_characters, is_han
from documents.rendering.faces import ASCENT, FACES, Face

USELESS_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "DSIG", "VORG", "vhea", "vmtx", "JSTF", "gasp", "FFTM", "meta"]
USELESS_TABLES += ["LTSH", "PCLT", "hdmx", "VDMX", "kern"]
COVERAGE_FILE = "coverage.txt"
LICENCE_FILES = ("copyright", "COPYING.gz", "COPYING", "OFL.txt", "LICENSE.txt")
LICENCE_PACKAGES = (
    "fonts-noto-cjk",
    "fonts-noto-cjk-extra",
    "fonts-lxgw-wenkai",
    "fonts-liberation",
    "texlive-lang-chinese",
)


class FontSourceMissing(Exception):
    """A font to build from is not on this machine; the message says which package has it."""


_PACKAGES = {
    "Fandol": "texlive-lang-chinese",
    "Noto": "fonts-noto-cjk",
    "LXGW": "fonts-lxgw-wenkai",
    "Liberation": "fonts-liberation",
}


def find_sources(folders: Iterable[Path]) -> dict[str, Path]:
    """Where each source font lies; earlier folders win."""
    wanted = {face.source for face in FACES}
    found: dict[str, Path] = {}
    for folder in folders:
        for root, _, names in os.walk(folder, followlinks=True):
            for name in wanted.intersection(names):
                found.setdefault(name, Path(root) / name)
    missing = sorted(wanted - set(found))
    if missing:
        packages = sorted({_PACKAGES[k] for k in _PACKAGES for name in missing if name.startswith(k)})
        raise FontSourceMissing(f"缺少字体文件 {'、'.join(missing)}，请安装软件包 {'、'.join(packages)}")
    return found


def build_set(folders: Iterable[Path], target: Path, report: Callable[[int, int], None] = lambda *_: None) -> None:
    """Build every face into the folder `target`; `report(done, total)` after each."""
    sources = find_sources(folders)
    covered: set[int] = set()
    for done, face in enumerate(FACES):
        report(done, len(FACES))
        data = build_face(sources[face.source], face)
        (target / face.file).write_bytes(data)
        covered |= set(TTFont(io.BytesIO(data), lazy=True).getBestCmap())
    copy_licences(sources.values(), target / "licences")
    text = "\n".join(f"{code:x}" for code in sorted(covered))
    (target / COVERAGE_FILE).write_text(text, encoding="ascii")
    report(len(FACES), len(FACES))


def build_face(source: Path, face: Face) -> bytes:
    whole = hb.Face(hb.Blob.from_file_path(str(source)), face.index)
    font = TTFont(io.BytesIO(_subset(whole, _characters_of(face, whole))))
    _rename(font, face)
    _set_metrics(font)
    if "CFF " in font:
        _make_charset_identity(font, face)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _characters_of(face: Face, whole: hb.Face) -> set[int]:
    if face.holds == "latin":
        return {ord(char) for char in LATIN}
    if face.holds == "rest":
        return {c for c in whole.unicodes if is_han(chr(c)) and chr(c) not in base_characters()}
    # Digits and letters of all faces are the Latin face's.
    kept = base_characters() - frozenset(face.without) - (LATIN - {" "})
    return {ord(char) for char in kept}


def _subset(whole: hb.Face, characters: set[int]) -> bytes:
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(characters)
    flags = hb.SubsetFlags
    wanted.flags = flags.NO_HINTING | flags.DESUBROUTINIZE | flags.NOTDEF_OUTLINE
    for table in USELESS_TABLES:
        wanted.drop_table_tag_set.add(int.from_bytes(table.encode(), "big"))
    return bytes(hb.subset(whole, wanted).blob.data)


def _rename(font: TTFont, face: Face) -> None:
    """Our own family names, so that nothing else on the machine can stand in unseen."""
    style = "Bold" if face.bold else "Regular"
    postscript = f"{face.family.replace(' ', '')}-{style}"
    names = font["name"]
    legal = {i: str(names.getDebugName(i) or "") for i in (0, 13, 14)}
    names.names = []
    ours = {
        1: face.family,
        2: style,
        3: f"{postscript};gw",
        4: f"{face.family} {style}",
        5: "Version 1.0",
        6: postscript,
    }
    for number, value in sorted({**legal, **ours}.items()):
        if value:
            names.setName(value, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if face.bold else 400


def _set_metrics(font: TTFont) -> None:
    units = font["head"].unitsPerEm
    ascent = round(units * ASCENT)
    descent = units - ascent
    head, os2 = font["hhea"], font["OS/2"]
    head.ascent, head.descent, head.lineGap = ascent, -descent, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ascent, -descent, 0
    os2.usWinAscent, os2.usWinDescent = ascent, descent
    os2.fsSelection &= ~(1 << 7)


def _make_charset_identity(font: TTFont, face: Face) -> None:
    cff = font["CFF "].cff
    top = cff.topDictIndex[0]
    strings = top.CharStrings
    names = [".notdef", *(f"cid{i:05d}" for i in range(1, len(top.charset)))]
    strings.charStrings = {new: strings.charStrings[old] for new, old in zip(names, top.charset, strict=True)}
    top.charset = names
    if hasattr(top, "ROS"):
        top.ROS = ("Adobe", "Identity", 0)
    cff.fontNames = [f"{face.family.replace(' ', '')}-{'Bold' if face.bold else 'Regular'}"]
    font.setGlyphOrder(names)


def copy_licences(sources: Iterable[Path], target: Path) -> None:
    """What the licences of the sources ask for: they travel with every copy of the fonts."""
    target.mkdir(exist_ok=True)
    for package in LICENCE_PACKAGES:
        text = Path("/usr/share/doc") / package / "copyright"
        if text.is_file():
            shutil.copyfile(text, target / f"{package}.txt")
    for folder in sorted({source.parent for source in sources}):
        for name in LICENCE_FILES:
            file = folder / name
            if not file.is_file():
                continue
            data = file.read_bytes()
            if file.suffix == ".gz":
                data = gzip.decompress(data)
            (target / f"{folder.name}-{file.stem}.txt").write_bytes(data)
