"""What a paper is, for the apps that know its content, and making a PDF of it.

A function `content(subject_id: int) -> Paper` in the app that knows the content returns the
parts, rendered from `templates/documents/papers/…`. What a template may use is told in
`documents/templatetags/paper.py`.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from html import unescape

import pikepdf
from django.template.loader import render_to_string

from documents.rendering import assembly, layout, parts
from documents.rendering.fonts import covered_characters
from documents.rendering.pages import style_version, write_pages

TURNED = re.compile(r"class=\"[^\"]*\blandscape\b")
Progress = Callable[[int, int], None]


class PaperRefused(Exception):
    """A content function's way to say, in words for the reader, why there can be no paper yet."""


@dataclass(frozen=True)
class Part:
    title: str  # entry of the outline and line of the contents; "" = not listed
    html: str  # body HTML, rendered from templates/documents/papers/…
    label: str = ""  # second text of the contents line (单位 姓名)
    numbered: bool = True  # page numbers stamped, counted from 1 at the first numbered part
    starts_right: bool = False


@dataclass(frozen=True)
class Paper:
    title: str  # of the PDF, and its file name
    parts: tuple[Part, ...]
    cover: str = ""  # cover HTML; "" = none
    contents: bool = False  # 目录 with page numbers, linked
    grid: bool = True
    keeps_parts: bool = True  # false: nothing of it may stay on the disk but the file itself

    @property
    def is_single(self) -> bool:
        """One text without cover or contents: laid out in one go, and tagged.

        A turned sheet bears its number on its short edge, which only `assembly` can write.
        """
        is_turned = any(TURNED.search(part.html) for part in self.parts)
        return len(self.parts) == 1 and not self.cover and not self.contents and not is_turned


def fingerprint(paper: Paper) -> str:
    """The same for two papers exactly if they would look the same."""
    content = json.dumps(asdict(paper), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{style_version()}\n{content}".encode()).hexdigest()


def missing_characters(paper: Paper) -> str:
    """Characters that no face of the set can draw, each once."""
    covered = covered_characters()
    html = "".join([paper.cover, *(part.html + part.title + part.label for part in paper.parts)])
    text = unescape(re.sub(r"<[^>]*>", "", html))
    return "".join(sorted(c for c in set(text) if ord(c) not in covered and c.isprintable()))


def count_pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def render_paper(paper: Paper, progress: Progress = lambda *_: None) -> bytes:
    """The PDF. `progress(done, total)` is called at least once a part."""
    if not paper.parts:
        raise PaperRefused("没有可以付印的内容")
    if paper.is_single:
        return _render_single(paper, progress)
    total = len(paper.parts) + 1
    known, faces = assembly.known_faces(), assembly.Faces()
    rendered = []
    for done, part in enumerate(paper.parts):
        progress(done, total)
        rendered.append(faces.take(parts.render_part(part.html, known, on_grid=paper.grid, keep=paper.keeps_parts)))
    progress(total - 1, total)
    slots = layout.place(
        [
            layout.Extent(len(pages.pages), part.numbered, part.starts_right)
            for part, pages in zip(paper.parts, rendered, strict=True)
        ]
    )
    front = _render_front(paper, layout.first_numbers(slots))
    pdf = assembly.assemble(
        front and faces.take(front),
        rendered,
        slots,
        faces,
        title=paper.title,
        titles=[part.title for part in paper.parts],
    )
    progress(total, total)
    return pdf


def count_missing_parts(paper: Paper) -> int:
    """How many parts would have to be laid out."""
    if paper.is_single or not paper.keeps_parts:
        return 0
    return sum(not parts.is_kept(part.html, on_grid=paper.grid) for part in paper.parts)


def prepare_parts(paper: Paper, *, goes_on: Callable[[], bool]) -> None:
    """Lay out, from the last on, the parts that are not kept yet, for whoever puts them together."""
    faces = assembly.known_faces()
    for part in reversed(paper.parts if paper.keeps_parts else ()):
        if not parts.is_kept(part.html, on_grid=paper.grid):
            if not goes_on():
                return
            parts.render_part(part.html, faces, on_grid=paper.grid)


def _render_single(paper: Paper, progress: Progress) -> bytes:
    (part,) = paper.parts
    progress(0, 1)
    pdf = write_pages(part.html, paper.title, on_grid=paper.grid, numbered=part.numbered, tagged=True)
    progress(1, 1)
    return pdf


def _render_front(paper: Paper, numbers: dict[int, int]) -> parts.Part | None:
    if not paper.cover and not paper.contents:
        return None
    lines = [
        {
            "href": f"{parts.LINK_HOST}{assembly.PART_ANCHOR}{index}",
            "title": part.title,
            "label": part.label,
            "number": numbers.get(index, 0),
        }
        for index, part in enumerate(paper.parts)
        if part.title
    ]
    html = render_to_string(
        "documents/papers/_front.html",
        {"cover": paper.cover, "contents": paper.contents, "lines": lines},
    )
    pdf = write_pages(html, "", on_grid=False, numbered=False, tagged=False)
    return parts.read_pdf(pdf, assembly.known_faces())
