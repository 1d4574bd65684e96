"""Reads a .docx as a person reads it on paper, paragraph by paragraph, and names what it did not take over.

Numbers that Word makes, insertions, text boxes (once), tables, notes and the base of ruby are text; what was
deleted, comments, pictures and hidden text are not. The usual libraries lose some of the first or repeat it.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO

from lxml import etree

from documents.word.numbering import Numbering, W, number, val
from documents.word.package import BROKEN, Package, WordRefused

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML = "{urn:schemas-microsoft-com:vml}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DRAWN = re.compile(r"/(chart|diagram)\}?")

MOST_PARAGRAPHS = 20_000
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None) | {0xA0: " "}
_SKIPPED = {
    W + name
    for name in [
        "pPr",
        "rPr",
        "rubyPr",
        "rt",
        "instrText",
        "delText",
        "delInstrText",
        "sdtPr",
        "sdtEndPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "annotationRef",
    ]
}
_WORDS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Signs of the fonts Wingdings and Wingdings 2 that forms are full of.
_SIGNS = {0x52: "☑", 0xA3: "□", 0xA8: "□", 0xFC: "✓", 0xFE: "☑", 0x6F: "□", 0x6C: "●", 0xD8: "➢"}


@dataclasses.dataclass(frozen=True)
class Paragraph:
    """`level` is 1 for 标题 1 and so on, 0 for running text. `is_row`: the short cells of a row of a table."""

    text: str
    level: int = 0
    is_row: bool = False


@dataclasses.dataclass(frozen=True)
class WordText:
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


def read_word(file: BinaryIO) -> WordText:
    """The text of a .docx. Raises WordRefused, which says what to do, for anything that cannot be read."""
    package = Package(file)
    try:
        return _Reader(package).read()
    except (RecursionError, MemoryError) as error:
        raise WordRefused(BROKEN) from error


class _Reader:
    def __init__(self, package: Package) -> None:
        self.document = package.document()
        styles = package.part("styles")
        self.numbering = Numbering(package.part("numbering"), styles)
        self.levels, self.hidden_styles = _styles(styles)
        self.footnotes = {role: _notes(package.part(role)) for role in ("footnotes", "endnotes")}
        self.found: Counter[str] = Counter()
        self.hidden: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self.carried_over = ""  # of paragraphs whose mark was deleted: they go on in the next one

    def read(self) -> WordText:
        body = self.document.find(W + "body")
        if body is None:
            raise WordRefused(BROKEN)
        self._blocks(body)
        self._add(self.carried_over, 0)
        return WordText(tuple(self.paragraphs), tuple(_named(self.found, self.hidden)))

    # --- Blocks --------------------------------------------------------------------------------
    def _blocks(self, parent: etree._Element) -> None:
        for element in parent:
            if element.tag == W + "p":
                self._paragraph(element)
            elif element.tag == W + "tbl":
                self._table(element)
            elif element.tag == W + "altChunk":
                self.found["foreign"] += 1
            elif not self._is_taken_out(element):
                self._blocks(_branch(element) if element.tag == MC + "AlternateContent" else element)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(W + "pPr")
        label = self.numbering.label(properties)
        inline = _Inline(self, is_hidden=val(properties, "pStyle") in self.hidden_styles)
        inline.walk(paragraph)
        text = "".join(inline.words)
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.found["revisions"] += 1
            self.carried_over += (label if text.strip() else "") + text
        else:
            self._add(self.carried_over + (label if text.strip() else "") + text, self._level(properties))
            self.carried_over = ""
        for note in inline.notes:
            self._note(note)
        for box in inline.boxes:
            self.found["boxes"] += 1
            self._blocks(box)

    def _add(self, text: str, level: int, *, is_row: bool = False) -> None:
        for line in map(str.strip, text.translate(_INVISIBLE).split("\n")):
            if line:
                if len(self.paragraphs) >= MOST_PARAGRAPHS:
                    raise WordRefused("文档段落太多，不像一份述职报告。请只留报告正文，另存后再上传。")
                self.paragraphs.append(Paragraph(line, level, is_row))
                level = 0

    def _level(self, properties: etree._Element | None) -> int:
        own = val(properties, "outlineLvl")
        if own is not None:
            return number(own, 9) + 1 if 0 <= number(own, 9) < 9 else 0
        return self.levels.get(val(properties, "pStyle") or "", 0)

    def _note(self, note: etree._Element) -> None:
        self.found["notes"] += 1
        inline = _Inline(self, is_note=True)
        for paragraph in note.iter(W + "p"):
            inline.walk(paragraph)
        text = "".join(inline.words).strip()
        if text:
            self._add(f"（注：{text}）", 0)

    def _table(self, table: etree._Element) -> None:
        """Rows of short cells are a line each; a table that only lays out text gives its paragraphs."""
        self.found["tables"] += 1
        for row in self._inside(table, W + "tr"):
            mark = row.find(W + "trPr")
            changes = [] if mark is None else [name for name in ("ins", "del") if mark.find(W + name) is not None]
            self.found["revisions"] += bool(changes)
            if "del" not in changes:
                self._row(row)

    def _row(self, row: etree._Element) -> None:
        outer, cells = self.paragraphs, []
        for cell in self._inside(row, W + "tc"):
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            if merged is None or merged.get(W + "val") == "restart":
                self.paragraphs = []
                self._blocks(cell)
                cells.append(self.paragraphs)
        self.paragraphs = outer
        cells = [cell for cell in cells if cell]
        if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
            self._add("　".join(cell[0].text for cell in cells), 0, is_row=True)
        else:
            for paragraph in (paragraph for cell in cells for paragraph in cell):
                self._add(paragraph.text, paragraph.level, is_row=paragraph.is_row)

    def _inside(self, parent: etree._Element, tag: str) -> Iterator[etree._Element]:
        """Rows of a table, cells of a row: also those that are wrapped into a control or an insertion."""
        for element in parent:
            if element.tag == tag:
                yield element
            elif element.tag not in (W + "tbl", W + "tc", W + "tr") and not self._is_taken_out(element):
                yield from self._inside(element, tag)

    def _is_taken_out(self, element: etree._Element) -> bool:
        """Deletions are counted and left out, insertions counted and read; what was moved is read at its new place."""
        if element.tag in (W + "ins", W + "del", W + "moveTo"):
            self.found["revisions"] += 1
        if element.tag in (W + "del", W + "moveFrom"):
            self.found["deleted"] += 1
            return True
        return element.tag in _SKIPPED


class _Inline:
    """The words of one paragraph, with the text boxes and notes that hang on it."""

    def __init__(self, reader: _Reader, *, is_hidden: bool = False, is_note: bool = False) -> None:
        self.reader, self.is_hidden, self.is_note = reader, is_hidden, is_note
        self.words: list[str] = []
        self.boxes: list[etree._Element] = []
        self.notes: list[etree._Element] = []
        self.special: dict[str, Callable[[etree._Element], None]] = {
            W + "r": self._run,
            W + "sym": self._sign,
            W + "txbxContent": self.boxes.append,
            W + "ruby": self._ruby,
            W + "object": self._object,
            W + "drawing": self._drawing,
            W + "footnoteReference": lambda element: self._reference(element, "footnotes"),
            W + "endnoteReference": lambda element: self._reference(element, "endnotes"),
            MC + "AlternateContent": lambda element: self.walk(_branch(element)),
            VML + "imagedata": lambda element: self._count("pictures"),
            W + "commentReference": lambda element: self._count("comments"),
            W + "subDoc": lambda element: self._count("foreign"),
        }

    def walk(self, parent: etree._Element) -> None:
        for element in parent:
            tag = element.tag
            if tag in (W + "t", MATH_TEXT):
                self.words.append(element.text or "")
            elif tag in self.special:
                self.special[tag](element)
            elif tag.startswith(W) and tag[len(W) :] in _WORDS:
                self.words.append(_WORDS[tag[len(W) :]])
            elif tag == W + "p" or self.reader._is_taken_out(element):
                continue
            else:
                self.walk(element)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        vanish = None if properties is None else properties.find(W + "vanish")
        by_style = self.is_hidden or val(properties, "rStyle") in self.reader.hidden_styles
        is_hidden = by_style if vanish is None else vanish.get(W + "val") not in ("0", "false", "off")
        if not is_hidden:
            self.walk(run)
            return
        hidden = _Inline(self.reader)
        hidden.walk(run)
        if "".join(hidden.words).strip():
            self.reader.hidden.append("".join(hidden.words))

    def _sign(self, element: etree._Element) -> None:
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            code = 0
        if 0xF000 <= code <= 0xF0FF or code < 0x20 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            self._count("signs")
            self.words.append(_SIGNS.get(code & 0xFF, "□"))
        else:
            self.words.append(chr(code))

    def _ruby(self, element: etree._Element) -> None:
        self._count("ruby")
        base = element.find(W + "rubyBase")
        if base is not None:
            self.walk(base)

    def _object(self, element: etree._Element) -> None:
        self._count("objects")

    def _drawing(self, element: etree._Element) -> None:
        for inner in element.iter():
            if inner.tag == PICTURE:
                self._count("pictures")
        if any(_DRAWN.search(str(inner.get("uri", ""))) for inner in element.iter()):
            self._count("charts")
        self.walk(element)

    def _reference(self, element: etree._Element, role: str) -> None:
        note = self.reader.footnotes[role].get(element.get(W + "id", ""))
        if note is not None and not self.is_note:
            self.notes.append(note)

    def _count(self, what: str) -> None:
        self.reader.found[what] += 1


def _branch(alternatives: etree._Element) -> etree._Element:
    """One way of saying the same thing several times: the first that holds text, or the first."""
    branches = [branch for branch in alternatives if branch.tag in (MC + "Choice", MC + "Fallback")]
    with_text = (branch for branch in branches if next(branch.iter(W + "t", MATH_TEXT), None) is not None)
    return next(with_text, branches[0] if branches else alternatives)


def _styles(styles: etree._Element | None) -> tuple[dict[str, int], set[str | None]]:
    """Levels of the styles that are headings, and the styles that hide their text."""
    levels: dict[str, int] = {}
    hidden: set[str | None] = set()
    for style in () if styles is None else styles.iter(W + "style"):
        name, level = style.get(W + "styleId", ""), val(style, "pPr/outlineLvl")
        heading = re.fullmatch(r"(?:heading|标题) ?([1-9])", (val(style, "name") or "").lower())
        if level is not None and 0 <= number(level, 9) < 9:
            levels[name] = number(level) + 1
        elif heading:
            levels[name] = int(heading[1])
        vanish = style.find(f"{W}rPr/{W}vanish")
        if vanish is not None and vanish.get(W + "val") not in ("0", "false", "off"):
            hidden.add(name)
    return levels, hidden


def _notes(part: etree._Element | None) -> dict[str, etree._Element]:
    tags = (W + "footnote", W + "endnote")
    notes = () if part is None else (note for note in part if note.tag in tags and note.get(W + "type") is None)
    return {note.get(W + "id", ""): note for note in notes}


_SENTENCES = {
    "comments": "批注 {n} 条，没有导入。",
    "pictures": "图片 {n} 张，没有导入。",
    "charts": "图表或图示 {n} 个，没有导入，其中的文字请自行补上。",
    "objects": "嵌入的对象 {n} 个，没有导入。",
    "foreign": "文档里嵌有另一个文件 {n} 处，没有导入，请打开原文复制。",
    "boxes": "文本框 {n} 个，文字接在所在段落之后。",
    "tables": "表格 {n} 个，一行写成一段，各格之间空一格。",
    "notes": "脚注、尾注 {n} 条，写成“（注：……）”接在所在段落之后。",
    "ruby": "拼音标注 {n} 处，只取正文文字。",
    "signs": "特殊符号 {n} 个，请核对。",
}


def _named(found: Counter[str], hidden: list[str]) -> Iterator[str]:
    if found["revisions"] or found["deleted"]:
        deleted = "，标为删除的文字没有导入" if found["deleted"] else ""
        yield f"有 {found['revisions']} 处修订，按接受后的文字导入{deleted}。"
    for what, sentence in _SENTENCES.items():
        if found[what]:
            yield sentence.format(n=found[what])
    if hidden:
        words = "、".join(f"“{text.strip()[:20]}{'…' if len(text.strip()) > 20 else ''}”" for text in hidden[:3])
        yield f"隐藏文字 {len(hidden)} 处，没有导入：{words}{'等' if len(hidden) > 3 else ''}。"
