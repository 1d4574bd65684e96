"""The pieces of text an author wrote, each with a name that stays when the text around it changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from reporting.rules.content import ReportContent
from reporting.rules.report_parts import PART_KINDS, part_lines, part_places
from reporting.rules.schemes import SectionKind


@dataclasses.dataclass(frozen=True)
class Place:
    """`key` names the piece within the report, `anchor` its field on the writing page, `name` is for people."""

    key: str
    anchor: str
    name: str
    section: str
    text: str


def section_anchor(key: str) -> str:
    return f"id_section_{key}"


def places(content: ReportContent) -> Iterator[Place]:
    """In the order of the page; what was handed down from last year is not the author's text."""
    for section in content.sections:
        if section.kind == SectionKind.PROBLEMS:
            for index, problem in enumerate(content.problems):
                number = index + 1
                yield Place(
                    f"problem-{number}", f"id_problems-{index}-text", f"第{number}个问题", section.key, problem.text
                )
                yield Place(
                    f"cause-{number}",
                    f"id_problems-{index}-cause",
                    f"第{number}个问题的原因",
                    section.key,
                    problem.cause,
                )
        elif section.kind == SectionKind.CARRIED:
            for number, item in enumerate(content.carried, start=1):
                key = f"carried-{number}"
                yield Place(key, key, f"上年度事项第{number}项", section.key, item.explanation)
        elif section.kind == SectionKind.FIGURES:
            key, figures = f"section-{section.key}", "；".join(part_lines(content, section.kind))
            yield Place(key, key, f"“{section.heading}”", section.key, figures)
        elif section.kind in PART_KINDS:
            for anchor, name, text in part_places(content, section.kind):
                yield Place(anchor, anchor, name, section.key, text)
        else:
            key = f"section-{section.key}"
            yield Place(key, section_anchor(section.key), f"“{section.heading}”", section.key, section.text)
