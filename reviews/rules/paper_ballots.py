"""Ballots of paper: what a clerk types for a cell, and how two typings of one paper are compared, remarks too.

By the written rules (practice.md 3.3): nothing ticked is an abstention; ticked twice, crossed out or not
readable makes that line void, which counts nowhere; a paper that is void as a whole says why.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.figures import plain_decimal

from .figures import mark_in_range
from .marks import ABSTAIN, VOID
from .sheets import FULL_POINTS, Item, Person, Sheet

OVERALL = ""  # the column 总体评价
REMARK = "remark"  # the column 意见建议
VOID_KEYS = frozenset({"x", "X", "×", "无效"})
ABSTAIN_KEYS = frozenset({"", "弃权", "不了解"})
NOUGHT_KEYS = frozenset({"0", "０"})  # abstains where grades are ticked; where points are written it is a mark
VOID_REASONS = ("整票多选、涂改", "难以辨认", "写了姓名或者作了记号", "规定以外的符号")


class Turn(models.IntegerChoices):
    FIRST = 1, _("第一遍")
    SECOND = 2, _("第二遍")
    DECIDED = 3, _("复看")


class CellError(ValueError):
    """A sentence about one cell."""


@dataclasses.dataclass(frozen=True)
class Entry:
    """One typing of a paper. `marks` are of rules/marks.py, with "void" as a grade; abstentions are left out."""

    marks: Mapping[str, Any]
    void_reason: str = ""

    @property
    def is_void(self) -> bool:
        return bool(self.void_reason)

    def remark(self, person: str) -> str:
        return str((self.marks.get(person) or {}).get("remark") or "")

    def cell(self, person: str, line: str) -> Mapping[str, str]:
        row = self.marks.get(person) or {}
        found = row.get("overall") if line == OVERALL else (row.get("items") or {}).get(line)
        return found or {}


Cell = tuple[Person, str, str]  # reporter, id of the line, its name


def cells_of(sheet: Sheet) -> list[Cell]:
    """Every cell of the paper, row by row."""
    found = []
    for person in sheet.people:
        found += [(person, item.id, item.name) for item in sheet.items_of(person)]
        if sheet.overall:
            found.append((person, OVERALL, "总体评价"))
    return found


def read_cell(sheet: Sheet, item: Item | None, text: str) -> dict[str, str]:
    """What was typed: 1 to 4 or a grade's name, points, nothing for 弃权, x for 无效. `item` None = 总体评价.

    Where a grade is asked for, 0 is 弃权 as well; where points are, it is nought, as on the phone.
    In band mode the points alone are typed; the grade is the one whose band they lie in. Raises CellError.
    """
    typed = text.strip()
    if typed in ABSTAIN_KEYS:
        return {}
    if typed in VOID_KEYS:
        return {"grade": VOID}
    if item is None or sheet.mode == "grade":
        return {} if typed in NOUGHT_KEYS else {"grade": _grade(sheet, typed)}
    points = _number(typed)
    if sheet.mode == "points":
        if not mark_in_range(points, item.max):
            raise CellError(f"应当在0到{plain_decimal(item.max)}分之间")
        return {"points": plain_decimal(points)}
    if not mark_in_range(points, FULL_POINTS):
        raise CellError("应当在0到100分之间")
    grade = next((g for g in sheet.grades if g.lowest <= points <= g.highest), None)
    if grade is None:
        raise CellError("不在任何一个等次的分档内")
    return {"grade": grade.code, "points": plain_decimal(points)}


def _grade(sheet: Sheet, typed: str) -> str:
    for number, grade in enumerate(sheet.grades, start=1):
        if typed in {str(number), grade.label} or typed == chr(ord("０") + number):
            return grade.code
    raise CellError(f"请填1到{len(sheet.grades)}、0（弃权）或x（无效）")


def _number(typed: str) -> Decimal:
    try:
        return Decimal(typed[:20])
    except InvalidOperation:
        raise CellError("请填数字或x（无效）；弃权的空着") from None


def show_cell(sheet: Sheet, mark: Mapping[str, str], *, words: bool = False) -> str:
    """A mark as it is typed, or in words for people: 1 / 好, 95, x / 无效, nothing / 弃权."""
    grade, points = mark.get("grade", ""), mark.get("points", "")
    if not mark or grade == ABSTAIN:
        return "弃权" if words else ""
    if grade == VOID:
        return "无效" if words else "x"
    if points:
        return points
    for number, each in enumerate(sheet.grades, start=1):
        if each.code == grade:
            return each.label if words else str(number)
    return grade


@dataclasses.dataclass(frozen=True)
class Difference:
    """A cell where two typings differ, with both in words."""

    person: Person
    line: str
    name: str
    first: str
    second: str


def differences(sheet: Sheet, first: Entry, second: Entry) -> list[Difference]:
    """Marks cell by cell, then remarks, in which blanks and the width of signs do not matter."""
    marks = [
        Difference(
            person,
            line,
            name,
            show_cell(sheet, first.cell(person.id, line), words=True),
            show_cell(sheet, second.cell(person.id, line), words=True),
        )
        for person, line, name in cells_of(sheet)
        if first.cell(person.id, line) != second.cell(person.id, line)
    ]
    remarks = [
        Difference(person, REMARK, "意见建议", first.remark(person.id) or "没有", second.remark(person.id) or "没有")
        for person in sheet.people
        if _bare(first.remark(person.id)) != _bare(second.remark(person.id))
    ]
    return marks + remarks


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def agree(sheet: Sheet, first: Entry, second: Entry) -> bool:
    """A paper that both call void is void, whatever was typed beside it."""
    if first.is_void or second.is_void:
        return first.is_void and second.is_void
    return not differences(sheet, first, second)


@dataclasses.dataclass(frozen=True)
class PaperState:
    """One paper: `settled` is what counts, None while somebody still has to type or to decide."""

    number: int
    first: Entry | None = None
    second: Entry | None = None
    decided: Entry | None = None
    settled: Entry | None = None

    @property
    def differs(self) -> bool:
        return self.settled is None and self.first is not None and self.second is not None


def paper_states(sheet: Sheet, entries: Iterable[tuple[int, int, Entry]]) -> list[PaperState]:
    """The papers of a pile in the order of their numbers, from (number, turn, entry)."""
    typed: dict[int, dict[int, Entry]] = {}
    for number, turn, entry in entries:
        typed.setdefault(number, {})[turn] = entry
    found = []
    for number in sorted(typed):
        first, second, decided = (typed[number].get(turn) for turn in (Turn.FIRST, Turn.SECOND, Turn.DECIDED))
        settled = decided
        if settled is None and first and second and agree(sheet, first, second):
            settled = first
        found.append(PaperState(number, first, second, decided, settled))
    return found


def cast_marks(entry: Entry) -> dict[str, Any] | None:
    """What goes into the count: None = 无效, {} = nothing ticked. Void lines stay, to be counted as such.

    A paper on which nothing but void lines stands is void, not an abstention (多选/涂改不划为弃权).
    """
    if entry.is_void:
        return None
    found, is_void, says_something = {}, False, False
    for person, row in entry.marks.items():
        kept: dict[str, Any] = {"items": dict(row.get("items") or {})}
        marks = list(kept["items"].values())
        if (row.get("overall") or {}).get("grade"):
            kept["overall"] = row["overall"]
            marks.append(row["overall"])
        if row.get("remark"):
            kept["remark"] = row["remark"]
        is_void |= any(mark.get("grade") == VOID for mark in marks)
        says_something |= "remark" in kept or any(mark.get("grade") != VOID for mark in marks)
        if kept["items"] or len(kept) > 1:
            found[person] = kept
    return None if is_void and not says_something else found


def papers_fault(pile: str, scanned: int, papers: list[PaperState]) -> str:
    """Why the papers of a pile cannot be counted yet; empty when they can."""
    open_ = [str(paper.number) for paper in papers if paper.settled is None]
    if open_:
        return f"{pile}第{'、'.join(open_[:10])}号纸票还没有两遍录齐、核对一致。"
    if len(papers) != scanned:
        return f"{pile}核销纸票测评码{scanned}个，录入纸票{len(papers)}张，两个数应当相等。"
    return ""
