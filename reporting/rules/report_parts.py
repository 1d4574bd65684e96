"""Gaps and texts of the parts beside texts, problems and last year's items (S-69 to S-72).

Each part of the page has an anchor: the kind and the place, counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from reporting.rules.content import ReportContent, SectionContent
from reporting.rules.schemes import SectionKind

PART_KINDS = frozenset({SectionKind.FIGURES, SectionKind.PROJECTS, SectionKind.DOMAINS, SectionKind.PROMISES})


def part_gaps(content: ReportContent, section: SectionContent) -> Iterator[tuple[str, str]]:
    """(anchor, sentence) of what is missing. A project is always asked for, whatever the scheme says (S-70)."""
    if section.kind == SectionKind.PROJECTS:
        for number, project in enumerate(content.projects, start=1):
            if not project.text.strip():
                yield f"project-{number}", f"领办项目“{project.title}”还没有写推进情况。"
    elif section.kind == SectionKind.PROMISES:
        yield from _promise_gaps(content, section)
    elif section.required:
        for anchor, name, text in _required(content, section.kind):
            if not text.strip():
                yield anchor, f"“{section.heading}”中“{name}”还没有填写。"


def _required(content: ReportContent, kind: str) -> Iterator[tuple[str, str, str]]:
    if kind == SectionKind.FIGURES:
        for number, figure in enumerate(content.figures, start=1):
            yield f"figure-{number}", figure.name, figure.value
    elif kind == SectionKind.DOMAINS:
        for number, domain in enumerate(content.domains, start=1):
            yield f"domain-{number}", domain.name, domain.text


def _promise_gaps(content: ReportContent, section: SectionContent) -> Iterator[tuple[str, str]]:
    if section.required and not any(promise.text.strip() for promise in content.promises):
        yield "id_promises-0-text", f"“{section.heading}”至少要写一项承诺。"
        return
    for index, promise in enumerate(content.promises):
        if not promise.text.strip():
            yield f"id_promises-{index}-text", f"第{index + 1}项承诺写了时限，但没有写承诺什么。"


def part_places(content: ReportContent, kind: str) -> Iterator[tuple[str, str, str]]:
    """Anchor, name and text of what the author wrote in a section of this kind."""
    if kind == SectionKind.PROJECTS:
        for number, project in enumerate(content.projects, start=1):
            yield f"project-{number}", f"领办项目“{project.title}”", project.text
    elif kind == SectionKind.DOMAINS:
        for number, domain in enumerate(content.domains, start=1):
            yield f"domain-{number}", f"“{domain.name}”", domain.text
    elif kind == SectionKind.PROMISES:
        for index, promise in enumerate(content.promises):
            yield f"id_promises-{index}-text", f"第{index + 1}项承诺", promise.text


def part_lines(content: ReportContent, kind: str) -> Iterator[str]:
    """A section of this kind as plain lines, to be compared with another version's."""
    if kind == SectionKind.FIGURES:
        yield from (f"{figure.name}：{figure.told}" for figure in content.given_figures)
    elif kind == SectionKind.PROMISES:
        yield from (f"{row.text}（{row.due_text}）" if row.due_text else row.text for row in content.promises)
    else:
        for _anchor, name, text in part_places(content, kind):
            yield from f"{name}：{text}".splitlines()
