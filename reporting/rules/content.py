"""A duty report as plain values: what is checked, counted, hashed, kept as a version and printed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any

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

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dicts, as stored in `ReportVersion.content`."""
        plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(self)))
        return plain

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ReportContent:
        facts = dict(values)
        facts["sections"] = tuple(SectionContent(**row) for row in facts["sections"])
        facts["problems"] = tuple(ProblemContent(**row) for row in facts["problems"])
        facts["carried"] = tuple(CarriedContent(**row) for row in facts["carried"])
        return cls(**facts)

    @property
    def sha256(self) -> str:
        """Hash of the content in one canonical writing, so that equal contents have equal hashes."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        # A lone half of a surrogate pair can be pasted; it must not stop a submission.
        return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
