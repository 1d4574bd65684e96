"""A duty report as plain values: what is checked, counted, hashed, kept as a version and printed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from common.figures import told_with_unit
from reporting.rules.schemes import SectionKind


@dataclasses.dataclass(frozen=True)
class SectionContent:
    """A section with the limits the scheme set for it and the text typed into it (text sections only)."""

    key: str
    heading: str
    kind: str = SectionKind.TEXT
    required: bool = True
    min_characters: int | None = None
    max_characters: int | None = None
    text: str = ""


@dataclasses.dataclass(frozen=True)
class ProblemContent:
    text: str
    cause: str = ""
    category: str = ""


@dataclasses.dataclass(frozen=True)
class CarriedContent:
    """An item of last year and the answer to it. `status` is a CarriedStatus value or empty."""

    text: str
    measure: str = ""
    due_text: str = ""
    origin_year: int | None = None
    status: str = ""
    explanation: str = ""


@dataclasses.dataclass(frozen=True)
class FigureContent:
    """A number, an approximate number or a masked one, as typed (S-71)."""

    name: str
    unit: str = ""
    value: str = ""

    @property
    def told(self) -> str:
        """The value as it is printed, with its unit (S-197)."""
        return told_with_unit(self.value, self.unit)


@dataclasses.dataclass(frozen=True)
class ProjectContent:
    """A secretary-led project, its recorded progress as (quarter, text), and what the report says of it (S-70)."""

    title: str
    state: str = ""
    is_number_one: bool = False
    progress: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclasses.dataclass(frozen=True)
class DomainContent:
    name: str
    text: str = ""


@dataclasses.dataclass(frozen=True)
class FiveOneContent:
    """One of the 五个一 and whether it is done (S-43)."""

    name: str
    is_done: bool = False
    text: str = ""


@dataclasses.dataclass(frozen=True)
class PromiseContent:
    text: str
    due_text: str = ""


@dataclasses.dataclass(frozen=True)
class AttachmentContent:
    """A file beside the report; `place` says what it shows, `sha256` what it held when it was handed in (S-73)."""

    id: int
    section: str
    place: str
    name: str
    size: int
    sha256: str


@dataclasses.dataclass(frozen=True)
class ReportContent:
    """Everything the printed report says, in order. `post` is the post as printed, unit included."""

    year: int
    organization: str
    organization_code: str
    post: str
    name: str
    mode: str
    sections: tuple[SectionContent, ...] = ()
    problems: tuple[ProblemContent, ...] = ()
    carried: tuple[CarriedContent, ...] = ()
    figures: tuple[FigureContent, ...] = ()
    projects: tuple[ProjectContent, ...] = ()
    domains: tuple[DomainContent, ...] = ()
    promises: tuple[PromiseContent, ...] = ()
    five_ones: tuple[FiveOneContent, ...] = ()
    attachments: tuple[AttachmentContent, ...] = ()

    @property
    def five_ones_done(self) -> int:
        return sum(row.is_done for row in self.five_ones)

    @property
    def given_figures(self) -> tuple[FigureContent, ...]:
        return tuple(figure for figure in self.figures if figure.value.strip())

    def attachments_of(self, section: str) -> tuple[AttachmentContent, ...]:
        """Files that belong to the section of this key."""
        return tuple(file for file in self.attachments if file.section == section)

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dicts, as stored in `ReportVersion.content`.

        Later parts are left out where there are none, so that a version from before them keeps its hash.
        """
        plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(self)))
        return {name: value for name, value in plain.items() if value or name not in LATER_PARTS}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ReportContent:
        facts = dict(values)
        facts["sections"] = tuple(SectionContent(**row) for row in facts["sections"])
        facts["problems"] = tuple(ProblemContent(**row) for row in facts["problems"])
        facts["carried"] = tuple(CarriedContent(**row) for row in facts["carried"])
        for name, part in LATER_PARTS.items():
            facts[name] = tuple(part(**row) for row in facts.get(name, ()))
        facts["projects"] = tuple(
            dataclasses.replace(row, progress=tuple((quarter, text) for quarter, text in row.progress))
            for row in facts["projects"]
        )
        return cls(**facts)

    @property
    def sha256(self) -> str:
        """Hash of the content in one canonical writing, so that equal contents have equal hashes."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        # A lone half of a surrogate pair can be pasted; it must not stop a submission.
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


LATER_PARTS: dict[str, type[Any]] = {
    "figures": FigureContent,
    "projects": ProjectContent,
    "domains": DomainContent,
    "promises": PromiseContent,
    "five_ones": FiveOneContent,
    "attachments": AttachmentContent,
}
