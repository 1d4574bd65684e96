"""The printed lines from marks to a grade, as they are stored with a result and read again (S-129)."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reviews.rules.figures import two_places

ROUNDING_RULE = "每一行都用前面各行印出的得数计算，行内不舍入，只在行末四舍五入，保留两位小数。"


class Step(enum.StrEnum):
    SHEET = "sheet"
    CATEGORY = "category"
    MEETING = "meeting"
    PART = "part"
    COMPOSITE = "composite"
    GRADE = "grade"
    ITEM = "item"
    CAP = "cap"


@dataclasses.dataclass(frozen=True)
class Line:
    """One printed line: `label`: `formula` ＝ `value`; `inputs` are (name, figure) pairs."""

    step: Step
    label: str
    formula: str
    value: Decimal | None
    inputs: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def figure(self) -> Decimal:
        """The value of a line that has one."""
        if self.value is None:
            raise ValueError("figure missing")
        return self.value


@dataclasses.dataclass(frozen=True)
class Derivation:
    lines: tuple[Line, ...]
    meeting_score: Decimal | None
    composite: Decimal | None
    grade_code: str
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, *steps: Step) -> list[Line]:
        return [line for line in self.lines if line.step in steps]

    def as_json(self) -> dict[str, Any]:
        """Plain values for `Result.derivation`; figures stay text: no float touches them."""
        return {
            "rule": ROUNDING_RULE,
            "lines": [
                {
                    "step": line.step.value,
                    "label": line.label,
                    "formula": line.formula,
                    "value": _text(line.value),
                    "inputs": [list(pair) for pair in line.inputs],
                    "note": line.note,
                }
                for line in self.lines
            ],
            "meeting_score": _text(self.meeting_score),
            "composite": _text(self.composite),
            "grade_code": self.grade_code,
            "missing": list(self.missing),
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Derivation:
        """What `as_json` wrote; an empty mapping (nothing computed yet) gives no lines."""
        return cls(
            lines=tuple(
                Line(
                    step=Step(line["step"]),
                    label=line["label"],
                    formula=line["formula"],
                    value=_decimal(line["value"]),
                    inputs=tuple((name, figure) for name, figure in line["inputs"]),
                    note=line["note"],
                )
                for line in stored.get("lines", [])
            ),
            meeting_score=_decimal(stored.get("meeting_score")),
            composite=_decimal(stored.get("composite")),
            grade_code=stored.get("grade_code", ""),
            missing=tuple(stored.get("missing", ())),
            notes=tuple(stored.get("notes", ())),
        )


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else two_places(figure)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
