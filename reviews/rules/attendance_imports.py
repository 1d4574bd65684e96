"""An attendance list from Excel: rows with their faults, and what each would do. Nothing is written here (S-86)."""

import dataclasses
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from common.workbooks import Sheet
from reviews.rules.attendance import Member, identity

EXAMPLE = "示例"
GUIDANCE = "出席指导"
MAIN_HALLS = ("", "主会场")
_HEAD_WITHIN = 12


@dataclasses.dataclass(frozen=True)
class ListColumn:
    field: str
    heading: str
    longest: int
    note: str = ""
    is_required: bool = False


COLUMNS = (
    ListColumn(
        "category", "类别", 80, "照参会类别填写；上级来指导的填“出席指导”。没有的类别会新增。", is_required=True
    ),
    ListColumn("name", "姓名", 60, "可以写“***”。只统计人数的类别不填姓名，填人数。"),
    ListColumn("unit", "单位", 120),
    ListColumn("post", "职务", 120),
    ListColumn("hall", "会场", 60, "在主会场的不填；分会场先在会议的“分会场”中登记。"),
    ListColumn("seat", "座次", 20, "如“3排5号”。"),
    ListColumn("count", "人数", 20, "只统计人数的类别填，照原文，如“12”“30多人”。"),
)


@dataclasses.dataclass(frozen=True)
class ListRow:
    sheet: str
    number: int
    values: Mapping[str, str]
    faults: tuple[str, ...] = ()

    @property
    def member(self) -> Member:
        return Member(self.values["name"], self.values["unit"], self.values["post"])


@dataclasses.dataclass(frozen=True)
class ReadList:
    """`faults` stand in the way of reading the file at all."""

    rows: tuple[ListRow, ...]
    notes: tuple[str, ...]
    faults: tuple[str, ...]


def read_list(sheets: Sequence[Sheet]) -> ReadList:
    """Rows of every sheet that has the headings 类别 and 姓名; the others are named."""
    rows: list[ListRow] = []
    notes: list[str] = []
    for sheet in sheets:
        if sheet.hidden or sheet.name == "填写说明":
            continue
        found = _head(sheet)
        if found is None:
            notes.append(f"工作表“{sheet.name}”没有“类别”“姓名”两列，没有读取。")
            continue
        number, places = found
        own = [_read(sheet.name, row.number, row.values, places) for row in sheet.rows if row.number > number]
        rows += [row for row in own if row is not None]
    faults = () if rows else ("文件里没有可以导入的内容。请下载模板填写，表头要有“类别”和“姓名”。",)
    return ReadList(tuple(_told_apart(rows)), tuple(notes), faults)


def _plain(value: Any) -> str:
    text = unicodedata.normalize("NFKC", str(value)) if value is not None else ""
    return re.sub(r"\s|\*|\(.*?\)", "", text)


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for row in sheet.rows[:_HEAD_WITHIN]:
        headings = [_plain(value) for value in row.values]
        if "类别" in headings and "姓名" in headings:
            return row.number, {c.field: headings.index(c.heading) for c in COLUMNS if c.heading in headings}
    return None


def _read(sheet: str, number: int, cells: Sequence[Any], places: Mapping[str, int]) -> ListRow | None:
    values = {column.field: _text(cells, places.get(column.field)) for column in COLUMNS}
    if not any(values.values()) or values["category"].startswith(EXAMPLE):
        return None
    faults = []
    if not values["category"]:
        faults.append("“类别”没有填写。")
    if not values["name"] and not values["count"]:
        faults.append("“姓名”没有填写；只统计人数的，请填“人数”。")
    if values["name"] and values["count"]:
        faults.append("填了姓名的行不填“人数”，人数由名单得出。")
    faults += [
        f"“{column.heading}”不能超过{column.longest}字，现在有{len(values[column.field])}字。"
        for column in COLUMNS
        if len(values[column.field]) > column.longest
    ]
    return ListRow(sheet, number, values, tuple(faults))


def _text(cells: Sequence[Any], place: int | None) -> str:
    value = cells[place] if place is not None and place < len(cells) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _told_apart(rows: Iterable[ListRow]) -> Iterable[ListRow]:
    """The same person twice in one category is a fault; masked names may repeat (S-05, S-195)."""
    seen: dict[Any, int] = {}
    for row in rows:
        key = identity(row.member) if row.values["name"] else None
        place = (row.values["category"], key)
        if key is not None and place in seen:
            yield dataclasses.replace(row, faults=(*row.faults, f"与第{seen[place]}行重复。"))
            continue
        seen[place] = row.number
        yield row


@dataclasses.dataclass(frozen=True)
class Known:
    """One row of the list as it is: `key` is its id."""

    key: int
    member: Member
    hall: str = ""
    seat: str = ""


@dataclasses.dataclass(frozen=True)
class KnownGroup:
    count_text: str
    members: tuple[Known, ...] = ()


@dataclasses.dataclass(frozen=True)
class Step:
    """What a row would do: `outcome` wrong, new, change or same; `key` of the row it changes."""

    row: ListRow
    outcome: str
    key: int | None = None
    details: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def plan_list(rows: Sequence[ListRow], groups: Mapping[str, KnownGroup], halls: Collection[str]) -> list[Step]:
    """Compare with the list as it is, category by category; whom the file does not name stays (S-86).

    Members are recognized by name, unit and post; equal ones are taken one after another, so that the
    same file again changes nothing.
    """
    left: dict[tuple[str, Member], list[Known]] = defaultdict(list)
    for name, group in groups.items():
        for known in group.members:
            left[name, known.member].append(known)
    return [_step(row, groups, halls, left) for row in rows]


def _step(row: ListRow, groups: Mapping[str, KnownGroup], halls: Collection[str], left: Any) -> Step:
    values, faults = row.values, list(row.faults)
    hall = "" if values["hall"] in MAIN_HALLS else values["hall"]
    if hall and hall not in halls:
        faults.append(f"没有“{hall}”这个分会场，请先登记分会场，或者改正名称。")
    if faults:
        return Step(row, "wrong", faults=tuple(faults))
    is_new_group = values["category"] not in groups and values["category"] != GUIDANCE
    details = (f"新增类别“{values['category']}”",) if is_new_group else ()
    if not values["name"]:
        count = groups[values["category"]].count_text if values["category"] in groups else ""
        if count == values["count"]:
            return Step(row, "same")
        said = f"人数由“{count}”改为“{values['count']}”" if count else f"人数填“{values['count']}”"
        return Step(row, "change" if count else "new", details=(*details, said))
    known = left[values["category"], row.member]
    if not known:
        return Step(row, "new", details=details)
    found = known.pop(0)
    changes = [
        f"{heading}由“{old or empty}”改为“{new or empty}”"
        for heading, old, new, empty in (
            ("会场", found.hall, hall, "主会场"),
            ("座次", found.seat, values["seat"], "空"),
        )
        if old != new
    ]
    return Step(row, "change" if changes else "same", found.key, tuple(changes))


def unnamed_count(steps: Sequence[Step], groups: Mapping[str, KnownGroup]) -> int:
    """How many of the list the file does not name; they stay."""
    named = {step.key for step in steps if step.key is not None}
    return sum(known.key not in named for group in groups.values() for known in group.members)
