"""What is marked on a sheet, read against the sheet: named sheets and ballots alike.

Plain JSON; keys are text, points are text with at most two places:

    marks        {"<reporter id>": {"items": {"<item id>": {"grade": "good", "points": "95"}},
                                    "overall": {"grade": "good"}, "remark": "…", "shortcut": "same"}}

Whatever is missing is an abstention. On a named sheet one may also abstain in so many words, with the
grade "abstain", which is how an answered line is told from one that was forgotten; a ballot leaves it out.
`shortcut` says that the line was filled by 同上 ("same") or 全部好 ("all") and not touched since.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from common.figures import plain_decimal
from reviews.rules.figures import mark_in_range
from reviews.rules.score_sheets import ScoringError
from reviews.rules.sheets import Item, Json, Person, Sheet

ABSTAIN = "abstain"


VOID = "void"  # on paper only: ticked twice, crossed out, not readable; a phone cannot send it


SHORTCUTS = ("same", "all")


class MarksInvalidError(ScoringError):
    """`faults` are sentences; nothing of what was sent has been counted."""

    def __init__(self, *faults: str) -> None:
        self.faults = list(faults)
        super().__init__("".join(faults))


@dataclasses.dataclass(frozen=True)
class Mark:
    """One tick: a grade, points, or both in band mode; `ABSTAIN` for a line left out on purpose."""

    grade: str = ""
    points: Decimal | None = None

    @property
    def is_abstained(self) -> bool:
        return self.grade == ABSTAIN

    def as_json(self) -> Json:
        found: Json = {"grade": self.grade} if self.grade else {}
        return found if self.points is None else {**found, "points": plain_decimal(self.points)}


@dataclasses.dataclass(frozen=True)
class PersonMarks:
    """What was marked for one reporter; items that are not there are abstentions."""

    items: Mapping[str, Mark]
    overall: str = ""
    remark: str = ""
    shortcut: str = ""

    def as_json(self) -> Json:
        found: Json = {"items": {key: mark.as_json() for key, mark in self.items.items()}}
        if self.overall:
            found["overall"] = {"grade": self.overall}
        for name in ("remark", "shortcut"):
            if getattr(self, name):
                found[name] = getattr(self, name)
        return found

    @property
    def is_blank(self) -> bool:
        return not (self.items or self.overall or self.remark)


Marks = dict[str, PersonMarks]


def read_marks(sheet: Sheet, raw: object) -> Marks:
    """Marks as they were sent, checked against the sheet; blank reporters are left out.

    Raises MarksInvalidError with a sentence for each thing that is not on the sheet or off its scale.
    Abstaining in words is kept (`Mark.is_abstained`); see `missing_lines` for what has not been answered.
    """
    if not isinstance(raw, Mapping):
        raise MarksInvalidError("评分内容不完整，没有收到。")
    people = {person.id: person for person in sheet.people}
    found, faults = {}, []
    for key, row in raw.items():
        if key not in people or not isinstance(row, Mapping):
            faults.append("评分表中没有这名述职人，请重新打开本页。")
            continue
        reader = _Reader(sheet, people[key])
        marks = reader.read(row)
        faults += reader.faults
        if not marks.is_blank:
            found[key] = marks
    if faults:
        raise MarksInvalidError(*dict.fromkeys(faults))
    return found


class _Reader:
    """Reads one reporter's row and gathers what is wrong with it."""

    def __init__(self, sheet: Sheet, person: Person) -> None:
        self.sheet, self.person = sheet, person
        self.faults: list[str] = []

    def read(self, row: Mapping[str, typing.Any]) -> PersonMarks:
        lines = {item.id: item for item in self.sheet.items_of(self.person)}
        raw = row.get("items", {})
        items = {}
        for key, value in raw.items() if isinstance(raw, Mapping) else ():
            if key not in lines or not isinstance(value, Mapping):
                self.say("评分项目与本年度方案不一致，请重新打开本页")
                continue
            mark = self.mark(lines[key], value)
            if mark is not None:
                items[key] = mark
        ordered = {key: items[key] for key in lines if key in items}
        return PersonMarks(ordered, self.overall(row), self.remark(row), self.shortcut(row))

    def say(self, words: str) -> None:
        self.faults.append(f"{self.person.unit}{self.person.name}：{words}。")

    def mark(self, item: Item, value: Mapping[str, typing.Any]) -> Mark | None:
        grade, points = value.get("grade") or "", _points(value.get("points"))
        if grade == ABSTAIN:
            return Mark(ABSTAIN)
        if self.sheet.mode == "points":
            return None if points is None else self.on_scale(item, "", points, Decimal(0), item.max)
        if not grade:
            return None
        chosen = self.sheet.grade_by_code.get(grade) if isinstance(grade, str) else None
        if chosen is None:
            self.say(f"“{item.name}”没有这个等次")
            return None
        if self.sheet.mode == "grade":
            return Mark(grade)
        if points is None:
            self.say(f"“{item.name}”选了“{chosen.label}”，还没有打分")
            return None
        return self.on_scale(item, grade, points, chosen.lowest, chosen.highest)

    def on_scale(self, item: Item, grade: str, points: Decimal, lowest: Decimal, highest: Decimal) -> Mark | None:
        if mark_in_range(points, highest) and points >= lowest:
            return Mark(grade, points)
        self.say(f"“{item.name}”应当在{plain_decimal(lowest)}到{plain_decimal(highest)}分之间，最多两位小数")
        return None

    def overall(self, row: Mapping[str, typing.Any]) -> str:
        given = row.get("overall") or {}
        grade = given.get("grade", "") if isinstance(given, Mapping) else ""
        if not grade or not self.sheet.overall:
            return ""
        if grade == ABSTAIN or (isinstance(grade, str) and grade in self.sheet.grade_by_code):
            return str(grade)
        self.say("总体评价没有这个等次")
        return ""

    def remark(self, row: Mapping[str, typing.Any]) -> str:
        text = row.get("remark") or ""
        if not isinstance(text, str) or not self.sheet.remark:
            return ""
        # No database stores a NUL or half a character.
        text = text.replace("\x00", "").encode(errors="ignore").decode()
        if len(text) > self.sheet.remark_max:
            self.say(f"意见建议超过{self.sheet.remark_max}字")
        return text if text.strip() else ""

    @staticmethod
    def shortcut(row: Mapping[str, typing.Any]) -> str:
        given = row.get("shortcut")
        return given if isinstance(given, str) and given in SHORTCUTS else ""


def _points(value: object) -> Decimal | None:
    """A number as typed; what is no number is off every scale, so that it is refused in words."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        return Decimal(str(value).strip()[:40])
    except InvalidOperation:
        return Decimal("NaN")


def as_json(marks: Marks) -> Json:
    return {key: row.as_json() for key, row in marks.items()}


def missing_lines(sheet: Sheet, person: Person, marks: PersonMarks | None) -> list[str]:
    """Names of the lines neither marked nor abstained from; a named sheet with one of them is incomplete."""
    items = marks.items if marks else {}
    names = [item.name for item in sheet.items_of(person) if item.id not in items]
    if sheet.overall and not (marks and marks.overall):
        names.append("总体评价")
    return names


def complete_people(sheet: Sheet, marks: Marks) -> list[Person]:
    """Those with nothing missing, in the order of the sheet: n of n/N."""
    return [person for person in sheet.people if not missing_lines(sheet, person, marks.get(person.id))]


def mark_value(sheet: Sheet, mark: Mark | None) -> Decimal | None:
    """What a mark counts, out of the item's maximum; None for an abstention, which no mean counts."""
    if mark is None or mark.is_abstained:
        return None
    return sheet.grade_by_code[mark.grade].points if sheet.mode == "grade" else mark.points


def shortcut_counts(marks: Marks) -> dict[str, int]:
    """How many reporters were marked by 同上 and by 全部好 and left so."""
    return {name: sum(row.shortcut == name for row in marks.values()) for name in SHORTCUTS}
