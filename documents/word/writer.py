"""A .docx in GB/T 9704 layout: A4, 22 lines of 28 characters, the fonts that offices have (practice.md 4)."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from common.xml_text import xml_text
from documents.rules.paper_text import paragraphs, recognise

SONG, FANG, KAI, HEI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
LATIN = "Times New Roman"
_LINE = Pt(28.95)  # 29 points would leave 21 lines
_GRID = {"w:type": "linesAndChars", "w:linePitch": "579", "w:charSpace": "-848"}

# Characters of a cell beyond which its column of a table gets no wider.
_MOST_SHARE = 16


class WordPaper:
    """Put together line by line, in the order of the calls."""

    def __init__(self, title: str) -> None:
        self.document: Document = docx.Document()
        self.document.core_properties.title = xml_text(title)
        self.document.core_properties.author = ""
        _set_page(self.document)
        _set_styles(self.document)
        self._line(title, "Title")

    def by(self, text: str) -> None:
        """单位、职务、姓名 under the title, and an empty line."""
        self._line(text, "Subtitle")
        self._line("", "Normal")

    def heading(self, text: str, level: int = 1) -> None:
        self._line(text, f"Heading {level}")

    def paragraph(self, text: str, *, lead: int = 0) -> None:
        """A paragraph; its first `lead` characters in 楷体."""
        paragraph = self._line("", "Normal")
        for piece, font in ((text[:lead], KAI), (text[lead:], FANG)):
            if piece:
                _font(paragraph.add_run(xml_text(piece)).font.element.get_or_add_rPr(), font)

    def advice(self, text: str) -> None:
        """What the system says to who writes offline; 楷体, known again by its words."""
        self._line(text, "Quote")

    def text(self, value: str) -> None:
        """Several paragraphs as a person typed them, headings recognised; none is taken apart, so that it comes back."""
        for line in paragraphs(xml_text(value)):
            first, *rest = recognise(line)
            if first.kind in ("h2", "h3") and not first.lead and not rest:
                self._line(line, "Heading 2" if first.kind == "h3" else "Heading 3")
            else:
                self.paragraph(line, lead=len(first.text) if rest else first.lead)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Ruled, in 小四; the headings stand again on every page, no row is torn between two, long texts get more width."""
        table = self.document.add_table(rows=1 + len(rows), cols=len(headings), style="Table Grid")
        table.autofit = False
        lengths = [1 + min(max(map(len, column)), _MOST_SHARE) for column in zip(headings, *rows, strict=True)]
        for column, length in zip(table.columns, lengths, strict=True):
            column.width = Mm(156 * length / sum(lengths))
        for at, values in enumerate([headings, *rows]):
            settings = table.rows[at]._tr.get_or_add_trPr()
            settings.append(OxmlElement("w:cantSplit"))
            if at == 0:
                settings.append(OxmlElement("w:tblHeader"))
            for cell, value, length in zip(table.rows[at].cells, values, lengths, strict=True):
                cell.width = Mm(156 * length / sum(lengths))
                paragraph = cell.paragraphs[0]
                paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
                run = paragraph.add_run(xml_text(value))
                run.font.size = Pt(12)
                _font(run.font.element.get_or_add_rPr(), HEI if at == 0 else FANG)
                _indent(paragraph._p.get_or_add_pPr(), {"w:firstLineChars": "0", "w:firstLine": "0"})

    def data(self) -> bytes:
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    def _line(self, text: str, style: str) -> Paragraph:
        return self.document.add_paragraph(xml_text(text), style=style)


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    for name, value in _GRID.items():
        grid.set(qn(name), value)
    section._sectPr.append(grid)
    document.settings.odd_and_even_pages_header_footer = True
    # Odd pages on the right, one character in; even pages on the left.
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT, "w:rightChars")
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT, "w:leftChars")


def _page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH, indent: str) -> None:
    paragraph.alignment = side
    _indent(paragraph._p.get_or_add_pPr(), {indent: "100"})
    for kind, text in (("", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("", " —")):
        run = paragraph.add_run(text if not kind else "")
        run.font.size = Pt(14)
        _font(run.font.element.get_or_add_rPr(), "宋体", latin="宋体")
        if kind == "instr":
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _set_styles(document: Document) -> None:
    styles = document.styles
    _style(styles["Normal"], FANG)
    _keep_off_the_grid(styles["Normal"])
    for name, font in (("Heading 1", HEI), ("Heading 2", KAI), ("Heading 3", FANG), ("Quote", KAI)):
        _style(styles[name], font)
    for name, font, size in (("Title", SONG, 22), ("Subtitle", KAI, 16)):
        _style(styles[name], font, size=size, is_centred=True)


def _style(style: ParagraphStyle, font: str, *, size: int = 16, is_centred: bool = False) -> None:
    properties = style.element.get_or_add_rPr()
    for child in list(properties):  # colours, slants and theme fonts of the template
        properties.remove(child)
    _font(properties, font)
    style.font.size = Pt(size)
    paragraph = style.element.get_or_add_pPr()
    for border in paragraph.findall(qn("w:pBdr")):
        paragraph.remove(border)
    layout = style.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = _LINE
    layout.space_before = layout.space_after = Pt(0)
    layout.keep_with_next = style.name.startswith("Heading")
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    _indent(paragraph, {"w:firstLineChars": "0" if is_centred else "200", "w:firstLine": "0" if is_centred else "640"})


def _keep_off_the_grid(style: ParagraphStyle) -> None:
    """28 characters a line by spacing: LibreOffice gives a character that is wider than its cell two of them."""
    off, spacing = OxmlElement("w:snapToGrid"), OxmlElement("w:spacing")
    off.set(qn("w:val"), "0")
    spacing.set(qn("w:val"), "-5")  # twentieths of a point: 28 × 15.75 pt on 156 mm
    fonts = style.element.rPr.find(qn("w:rFonts"))
    fonts.addnext(off)
    off.addnext(spacing)
    lines = OxmlElement("w:snapToGrid")
    lines.set(qn("w:val"), "0")
    style.element.pPr.insert_element_before(lines, "w:spacing", "w:ind", "w:jc")


def _indent(properties: OxmlElement, values: dict[str, str]) -> None:
    indent = properties.get_or_add_ind()
    for name, value in values.items():
        indent.set(qn(name), value)


def _font(properties: OxmlElement, font: str, *, latin: str = LATIN) -> None:
    fonts = properties.get_or_add_rFonts()
    for name, value in (("w:ascii", latin), ("w:hAnsi", latin), ("w:cs", latin), ("w:eastAsia", font)):
        fonts.set(qn(name), value)
