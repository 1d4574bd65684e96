"""A report laid out for reading: sections numbered 一、, problems （一）, last year's items 1."""

from __future__ import annotations

import dataclasses

from common.chinese_text import chinese_number
from reporting.rules.content import AttachmentContent, CarriedContent, ProblemContent, ReportContent, SectionContent
from reporting.rules.report_parts import PART_KINDS
from reporting.rules.reports import CarriedStatus
from reporting.rules.schemes import SectionKind
from reporting.rules.validity import is_personal_section


@dataclasses.dataclass(frozen=True)
class NumberedProblem:
    number: str
    problem: ProblemContent


@dataclasses.dataclass(frozen=True)
class NumberedAnswer:
    number: int
    item: CarriedContent

    @property
    def status(self) -> str:
        """已完成, 长期坚持, 未完成, or nothing while unanswered."""
        return str(CarriedStatus(self.item.status).label) if self.item.status else ""


@dataclasses.dataclass(frozen=True)
class Passage:
    """A section with its number; what it holds depends on its kind."""

    number: str
    section: SectionContent
    problems: tuple[NumberedProblem, ...] = ()
    answers: tuple[NumberedAnswer, ...] = ()
    attachments: tuple[AttachmentContent, ...] = ()

    @property
    def is_part(self) -> bool:
        """Figures, projects, domains or promises: read from the content, not from the section."""
        return self.section.kind in PART_KINDS

    @property
    def is_personal(self) -> bool:
        return is_personal_section(self.section.key, self.section.heading)


@dataclasses.dataclass(frozen=True)
class Reading:
    content: ReportContent
    passages: tuple[Passage, ...]


def reading(content: ReportContent, *, personal_first: bool = False) -> Reading:
    """The report in its own order; for those who comment, the personal part first (S-78). Numbers stay."""
    passages = [_passage(number, section, content) for number, section in enumerate(content.sections, start=1)]
    if personal_first:
        passages.sort(key=lambda passage: not passage.is_personal)
    return Reading(content, tuple(passages))


def _passage(number: int, section: SectionContent, content: ReportContent) -> Passage:
    problems: tuple[NumberedProblem, ...] = ()
    answers: tuple[NumberedAnswer, ...] = ()
    if section.kind == SectionKind.PROBLEMS:
        problems = tuple(
            NumberedProblem(f"（{chinese_number(place)}）", problem)
            for place, problem in enumerate(content.problems, start=1)
        )
    elif section.kind == SectionKind.CARRIED:
        answers = tuple(NumberedAnswer(place, item) for place, item in enumerate(content.carried, start=1))
    files = content.attachments_of(section.key)
    return Passage(chinese_number(number), section, problems, answers, files)
