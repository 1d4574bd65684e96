"""The beginning of a file that somebody handed in, made in a process of its own: `python -m documents.first_look KIND PATH`.

What opens PDF and spreadsheets is large and was written by others, and so was the file. The process may use a bounded
amount of time and memory, writes no file, asks no network, and knows nothing of ours: no settings, no database.
PDF gives a JPEG of its first page, spreadsheets and slides JSON.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import posixpath
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
from lxml import etree

from common.workbooks import peek_workbook

LONGEST_SIDE = 1400  # pixels
CPU_SECONDS = 10
_MEMORY = 1536 * 1024 * 1024
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 5, 20, 12
MOST_CHARACTERS = 120  # of a cell
MOST_SLIDES, MOST_SLIDE_CHARACTERS = 30, 8000
_MOST_PART_BYTES = 8 * 1024 * 1024
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def first_page(path: Path) -> bytes:
    """The first page of a PDF, no larger than a screen. Forms are not drawn, so no script of theirs is looked at."""
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        scale = LONGEST_SIDE / max(page.get_size())
        picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=82)
    return out.getvalue()


def first_rows(path: Path) -> bytes:
    """The first rows of the visible sheets of a workbook, as text; of a formula what was last shown."""
    sheets = peek_workbook(path.read_bytes(), sheets=MOST_SHEETS, rows=MOST_ROWS + 1, columns=MOST_COLUMNS + 1)
    return _json([_table(sheet.name, [row.values for row in sheet.rows]) for sheet in sheets if not sheet.hidden])


def _table(name: str, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    is_cut = len(rows) > MOST_ROWS or any(value not in (None, "") for row in rows for value in row[MOST_COLUMNS:])
    shown = [[_shown(value) for value in row[:MOST_COLUMNS]] for row in rows[:MOST_ROWS]]
    width = max((place for row in shown for place, text in enumerate(row, start=1) if text), default=0)
    return {"name": name, "rows": [row[:width] + [""] * (width - len(row)) for row in shown], "is_cut": is_cut}


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        text = f"{value:%Y-%m-%d}" if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    elif isinstance(value, float | Decimal):
        text = f"{value:.10g}"
    else:
        text = str(value)
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "……"


def slide_texts(path: Path) -> bytes:
    """What is written on the slides, slide by slide, in the order in which they are shown."""
    slides: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for part in _slide_parts(archive):
            paragraphs = _parsed(archive, part).iter(f"{_DRAWING}p")
            lines = ["".join(run.text or "" for run in paragraph.iter(f"{_DRAWING}t")) for paragraph in paragraphs]
            slides.append("\n".join(line for line in lines if line.strip()))
            if len(slides) == MOST_SLIDES or sum(map(len, slides)) > MOST_SLIDE_CHARACTERS:
                break
    return _json(slides)


def _slide_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    relations = _parsed(archive, "ppt/_rels/presentation.xml.rels")
    targets = {str(each.get("Id")): str(each.get("Target")) for each in relations}
    for slide in _parsed(archive, "ppt/presentation.xml").iter(f"{_SLIDES}sldId"):
        yield posixpath.normpath(posixpath.join("/ppt", targets[str(slide.get(_ID))])).lstrip("/")


def _parsed(archive: zipfile.ZipFile, part: str) -> Any:
    entry = archive.getinfo(part)
    if entry.file_size > _MOST_PART_BYTES:
        raise ValueError(part)
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(entry), reader)


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


MAKERS: dict[str, Callable[[Path], bytes]] = {"pdf": first_page, "xlsx": first_rows, "pptx": slide_texts}


def main(kind: str, path: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(MAKERS[kind](Path(path)))


if __name__ == "__main__":
    main(*sys.argv[1:])
