"""字数 of a report and the share of its problems (S-77, practice.md 2.2)."""

from __future__ import annotations

import dataclasses
from decimal import ROUND_HALF_UP, Decimal

from common.chinese_text import count_characters
from reporting.rules.content import ReportContent
from reporting.rules.report_parts import PART_KINDS, part_places
from reporting.rules.schemes import SectionKind


@dataclasses.dataclass(frozen=True)
class ReportCounts:
    """Characters as Word counts them. `sections` maps the key of each text section to its count.

    Only what the author wrote counts: not headings, the title, nor last year's items as handed down.
    """

    sections: dict[str, int]
    problems: int
    carried: int
    # By kind of section: projects, domains, promises. Figures are not counted.
    parts: dict[str, int] = dataclasses.field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.sections.values()) + self.problems + self.carried + sum(self.parts.values())

    def of(self, key: str, kind: str) -> int:
        """Characters of one section, whatever its kind."""
        rows = {SectionKind.PROBLEMS: self.problems, SectionKind.CARRIED: self.carried, **self.parts}
        return rows.get(kind, self.sections.get(key, 0))

    def share_of(self, count: int) -> Decimal:
        """Percentage of the total with one decimal place; for a report in which something is written."""
        share = Decimal(100 * count) / Decimal(self.total)
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def problem_share(self) -> Decimal | None:
        """Percentage of problems and causes with one decimal place; None for an empty report."""
        return self.share_of(self.problems) if self.total else None

    def is_share_below(self, minimum: int) -> bool:
        """Compared exactly, in whole numbers, so that rounding decides nothing."""
        return self.total > 0 and 100 * self.problems < minimum * self.total


def count_report(content: ReportContent) -> ReportCounts:
    return ReportCounts(
        sections={
            section.key: count_characters(section.text) for section in content.sections if section.kind == "text"
        },
        problems=sum(count_characters(p.text) + count_characters(p.cause) for p in content.problems),
        carried=sum(count_characters(item.explanation) for item in content.carried),
        parts={
            kind: sum(count_characters(text) for _anchor, _name, text in part_places(content, kind))
            for kind in {section.kind for section in content.sections} & PART_KINDS
        },
    )
