"""What one row of a workbook would do, in words and as the values to be written."""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from accounts.models import Organization, Outcome, Person, Post
from accounts.rules.import_cells import text_of
from accounts.rules.import_sheets import Column, sheet_form
from accounts.rules.imports import ImportRow

# Fields that the label of a step already names.
_IN_LABEL = frozenset({"code", "name", "person", "organization", "title"})

OUTSIDE = "不在您管理的范围内，不能新增或修改"


@dataclasses.dataclass
class Step:
    row: ImportRow
    label: str
    subject: Organization | Person | Post | None = None
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)
    changes: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    faults: list[str] = dataclasses.field(default_factory=list)
    hints: list[str] = dataclasses.field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.faults:
            return Outcome.WRONG
        if self.subject is None:
            return Outcome.NEW
        return Outcome.CHANGE if self.changes else Outcome.SAME

    def compare(self, field: str, old: Any, new: Any) -> None:
        """Note the change of a field; how the stored text would be read from a cell is what counts."""
        if (text_of(old) if isinstance(old, str) else old) == new:
            return
        column = sheet_form(self.row.kind).column(field)
        self.facts[field] = new
        self.changes.append((column.heading, said(column, old), said(column, new)))

    @property
    def details(self) -> list[str]:
        """What a new row brings along beside its label."""
        columns = sheet_form(self.row.kind).columns if self.outcome == Outcome.NEW else ()
        values = self.row.values
        told = [
            each for each in columns if not (each.only_checks or each.field in _IN_LABEL) and values.get(each.field)
        ]
        return [
            each.heading if values[each.field] is True else f"{each.heading}{said(each, values[each.field])}"
            for each in told
        ]

    def as_line(self) -> dict[str, Any]:
        return {
            "sheet": self.row.sheet,
            "number": self.row.number,
            "kind": self.row.kind,
            "label": self.label,
            "outcome": self.outcome.value,
            "details": self.details,
            "changes": [list(change) for change in self.changes],
            "faults": self.faults,
            "hints": self.hints,
        }


def said(column: Column, value: Any) -> str:
    """A value as people read it, e.g. 由空改为“党组书记”."""
    if value in (None, ""):
        return "空"
    text = column.labels.get(value, value)
    return str(text) if isinstance(value, (bool, dt.date)) else f"“{text}”"


def mark_of_lines(lines: Iterable[dict[str, Any]]) -> str:
    """Tells whether a file would still do what was shown."""
    return hashlib.sha256(json.dumps(list(lines), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def refuse_twice(steps: Iterable[Step], key: Any, what: str, cure: str = "请删去一行。") -> None:
    """Two rows about one thing: nobody can say which of them is meant."""
    first: dict[Any, Step] = {}
    for step in steps:
        value = key(step)
        if value is None:
            continue
        if (other := first.setdefault(value, step)) is not step:
            step.faults.append(f"{what}，与工作表“{other.row.sheet}”第{other.row.number}行重复，{cure}")
