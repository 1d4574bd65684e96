"""The office's own fonts (方正小标宋, 仿宋_GB2312 …): used where they fit our page, else left out.

They are bought, so they are never part of this product: an office puts its files into a folder.
"""

from __future__ import annotations

import io
import logging
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from documents.rendering.faces import ASCENT, OFFICE_FAMILIES

logger = logging.getLogger(__name__)
MAY_DIFFER = 0.02  # of a character's height; more, and a page loses a line
PROBE = "的一是在党委书记述职评议考核年月日，。、；：“”（）《》"


def office_families(folder: Path | None) -> dict[str, tuple[str, ...]]:
    """For each kind of type, the families of the folder to ask before ours."""
    if folder is None:
        return {}
    found = {name for file in sorted(folder.rglob("*")) for name in _usable_families(file)}
    return {
        role: tuple(name for name in names if name in found)
        for role, names in OFFICE_FAMILIES.items()
        if found.intersection(names)
    }


def _usable_families(file: Path) -> set[str]:
    families: set[str] = set()
    if file.suffix.lower() not in (".ttf", ".otf", ".ttc"):
        return families
    try:
        data = io.BytesIO(file.read_bytes())
        is_collection = file.suffix.lower() == ".ttc"
        fonts = TTCollection(data, lazy=True).fonts if is_collection else [TTFont(data, lazy=True)]
        for font in fonts:
            problem = _problem(font)
            names = {str(name) for name in font["name"].names if name.nameID in (1, 16)}
            if problem:
                logger.warning("Font %s is not used: %s", file.name, problem)
            else:
                families |= names
    except (TTLibError, OSError, KeyError) as error:
        logger.warning("Font %s cannot be read: %s", file.name, error)
    return families


def _problem(font: TTFont) -> str:
    """Why the font would spoil a page; empty when it would not."""
    units = font["head"].unitsPerEm
    ascent, descent = font["hhea"].ascent / units, -font["hhea"].descent / units
    if abs(ascent - ASCENT) > MAY_DIFFER or abs(descent - (1 - ASCENT)) > MAY_DIFFER:
        return f"vertical metrics {ascent:.3f}/{descent:.3f}"
    missing = [char for char in PROBE if ord(char) not in font.getBestCmap()]
    if missing:
        return f"no {''.join(missing)}"
    if "CFF " in font:
        # WeasyPrint takes glyph numbers for character ids, which is wrong for such a font.
        charset = font["CFF "].cff.topDictIndex[0].charset
        if any(name != f"cid{i:05d}" for i, name in enumerate(charset) if i):
            return "its characters are not in the order of their glyphs"
    return ""
