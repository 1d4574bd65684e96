"""The duty report as a Word file, and its outline to write in offline. Both are read back by 从 Word 导入 (S-79)."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string
from lxml import html

from documents.word.writer import WordPaper
from reporting.papers.reports import title_of
from reporting.rules.content import CarriedContent, ReportContent
from reporting.rules.outlines import (
    CAUSE_LABEL,
    EXPLANATION_LABEL,
    FILES_LABEL,
    HOW_TO,
    NO_ITEMS,
    ON_THE_PAGE,
    file_line,
    item_hints,
    section_hints,
    status_line,
)
from reporting.rules.reading import NumberedAnswer, Passage, reading
from reporting.rules.schemes import SectionKind

_ROOM = ("（一）", "（二）", "（三）")


def report_file(content: ReportContent) -> bytes:
    """The report in GB/T 9704 layout."""
    paper = _begun(content)
    for passage in reading(content).passages:
        paper.heading(f"{passage.number}、{passage.section.heading}")
        _write_problems(paper, passage)
        for row in passage.answers:
            paper.paragraph(f"{row.number}.{row.item.text}{f'（{row.status}）' if row.status else ''}")
            paper.text(row.item.explanation)
        for line in _part_lines(passage, content):
            paper.paragraph(line)
        paper.text(passage.section.text)
    _name_files(paper, content)
    return paper.data()


def outline_file(content: ReportContent, guidance: Mapping[str, str]) -> bytes:
    """Headings, advice by the key of the section, last year's items, and whatever is written already."""
    paper = _begun(content)
    paper.advice(HOW_TO)
    for passage in reading(content).passages:
        section = passage.section
        paper.heading(f"{passage.number}、{section.heading}")
        for hint in section_hints(section, guidance.get(section.key, "")):
            paper.advice(hint)
        if section.kind == SectionKind.CARRIED:
            _write_items(paper, passage.answers)
        elif section.kind == SectionKind.PROBLEMS:
            _write_problems(paper, passage)
            if not passage.problems:
                _leave_room(paper)
        elif passage.is_part:
            paper.advice(ON_THE_PAGE)
        else:
            paper.text(section.text)
            paper.paragraph("")
    return paper.data()


def _begun(content: ReportContent) -> WordPaper:
    paper = WordPaper(title_of(content))
    paper.by(f"{content.post}　{content.name}")
    return paper


def _part_lines(passage: Passage, content: ReportContent) -> list[str]:
    """Figures, projects, domains and promises in the words of the paper, paragraph by paragraph."""
    if not passage.is_part:
        return []
    context = {"kind": passage.section.kind, "content": content}
    page = html.fragment_fromstring(render_to_string("documents/papers/_report_parts.html", context), "div")
    return [line for block in page if (line := block.text_content().strip())]


def _name_files(paper: WordPaper, content: ReportContent) -> None:
    """What is attached, by name, as on the printed report; 从 Word 导入 knows the lines again and leaves them out."""
    if content.attachments:
        paper.paragraph(FILES_LABEL)
    for number, file in enumerate(content.attachments, start=1):
        paper.paragraph(file_line(number, file.name, file.place))


def _write_problems(paper: WordPaper, passage: Passage) -> None:
    for row in passage.problems:
        paper.paragraph(f"{row.number}{row.problem.text}")
        if row.problem.cause:
            paper.paragraph(f"{CAUSE_LABEL}{row.problem.cause}")


def _leave_room(paper: WordPaper) -> None:
    for number in _ROOM:
        paper.paragraph(number)
        paper.paragraph(CAUSE_LABEL)


def _write_items(paper: WordPaper, answers: tuple[NumberedAnswer, ...]) -> None:
    for row in answers:
        item: CarriedContent = row.item
        paper.paragraph(f"{row.number}.{' '.join(item.text.split())}")
        for hint in item_hints(item):
            paper.advice(hint)
        paper.paragraph(status_line(item))
        paper.paragraph(f"{EXPLANATION_LABEL}{item.explanation}")
    if not answers:
        paper.advice(NO_ITEMS)
