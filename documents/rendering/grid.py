"""Lays the paragraphs of a paper's HTML on the grid of 28 characters.

Authors of papers write plain paragraphs and headings; this finds them and breaks their lines.
Tables, centred lines and whatever holds a picture are left to the layout engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from documents.rules.lines import Line, balance_title, break_lines

COLUMNS = 28
TITLE_COLUMNS = 20  # 二号 characters in 156 mm
PARAGRAPHS = frozenset({"p", "h2", "h3", "h4"})
NOT_INDENTED = frozenset({"to", "flush"})
LEFT_ALONE = frozenset({"by", "center", "right", "note", "hang", "hanging", "free", "signature", "imprint", "cover"})
NOT_ENTERED = frozenset({"table", "svg", "head"})
INLINE = frozenset({"a", "b", "br", "em", "i", "span", "strong", "sub", "sup", "u"})

# A piece of text and the inline elements around it, outermost first.
Run = tuple[str, tuple[Element, ...]]


def lay_on_grid(root: Element) -> None:
    """Break the lines of every paragraph and title under `root`, in place."""
    for child in list(root):
        if "by" in _classes(child):
            _balance(child, COLUMNS)
        if child.tag in NOT_ENTERED or LEFT_ALONE & _classes(child):
            continue
        if child.tag == "h1":
            _balance(child, TITLE_COLUMNS)
        elif child.tag not in PARAGRAPHS:
            lay_on_grid(child)
        elif all(part.tag in INLINE and "fill" not in _classes(part) for part in child.iter() if part is not child):
            _break_paragraph(child)


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def _balance(title: Element, columns: int) -> None:
    """A title, or the line under it, in lines of about equal length: no last character alone."""
    if len(title):
        return
    text = _tidy(title.text or "", "").strip()
    first, *others = balance_title(text, columns=columns)
    title.text = first
    for line in others:
        SubElement(title, "br").tail = line


def _tidy(text: str, before: str) -> str:
    """Without the line ends of the template: Chinese has no blanks there. Other blanks stay."""

    def join(match: re.Match[str]) -> str:
        left = text[match.start() - 1] if match.start() else before[-1:]
        right = text[match.end() : match.end() + 1]
        return " " if left.isascii() and right.isascii() and left.strip() and right.strip() else ""

    # A tab has no width of its own on this grid; two cells is what people use it for.
    return re.sub(r"[ \t]*\n\s*", join, text).replace("\t", "\u3000\u3000")


def _runs(element: Element, path: tuple[Element, ...] = ()) -> Iterator[Run]:
    if element.text:
        yield element.text, path
    for child in element:
        if child.tag == "br":
            yield "\r", path
        else:
            yield from _runs(child, (*path, child))
        if child.tail:
            yield child.tail, path


def _tidy_runs(paragraph: Element) -> list[Run]:
    runs: list[Run] = []
    before = ""
    for text, path in _runs(paragraph):
        tidy = "\n" if text == "\r" else _tidy(text, before)
        if not before:
            tidy = tidy.lstrip(" ")
        if tidy:
            runs.append((tidy, path))
            before = tidy
    if runs:
        runs[-1] = (runs[-1][0].rstrip(" "), runs[-1][1])
    return runs


def _break_paragraph(paragraph: Element) -> None:
    runs = _tidy_runs(paragraph)
    indent = 0 if NOT_INDENTED & _classes(paragraph) else 2
    lines: list[Line] = []
    for i, chunk in enumerate("".join(text for text, _ in runs).split("\n")):
        lines += break_lines(chunk, columns=COLUMNS, indent=0 if i else indent) or [Line("", 0)]
    _refill(paragraph, runs, lines)
    paragraph.set("class", f"{paragraph.get('class', '')} g".strip())


def _refill(paragraph: Element, runs: list[Run], lines: list[Line]) -> None:
    for child in list(paragraph):
        paragraph.remove(child)
    paragraph.text = None
    pieces = iter(_pieces(runs, lines))
    for number, line in enumerate(lines):
        if number:
            _append_text(paragraph, "\n")
        left = len(line.text)
        while left:
            text, path = next(pieces)
            _append_piece(paragraph, text, path, _spacing(line))
            left -= len(text)


def _pieces(runs: list[Run], lines: list[Line]) -> Iterator[Run]:
    """The runs, cut where lines end. A hard line end is a cut of its own and is dropped."""
    cuts = [0]
    for line in lines:
        cuts.append(cuts[-1] + len(line.text))
    offset = 0
    for text, path in runs:
        if text == "\n":
            continue
        ends = [cut - offset for cut in cuts if offset < cut < offset + len(text)]
        for start, end in pairwise([0, *ends, len(text)]):
            yield text[start:end], path
        offset += len(text)


def _spacing(line: Line) -> str:
    gaps = len(line.text.rstrip(" ")) - 1
    return f"letter-spacing:{line.spare / gaps:.4f}em" if line.spare and gaps > 0 else ""


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _append_piece(paragraph: Element, text: str, path: tuple[Element, ...], spacing: str) -> None:
    target = paragraph
    for element in path:
        target = SubElement(target, element.tag, dict(element.attrib))
        element.attrib.pop("id", None)  # only the first piece may keep it
    if spacing:
        target = SubElement(target, "span", {"style": spacing})
    _append_text(target, text)
