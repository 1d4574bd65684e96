"""Problem → measures → who does them, as rows of the three lists (S-151)."""

from __future__ import annotations

import dataclasses

from .items import Measure, RectificationItem
from .lists import RectificationList


@dataclasses.dataclass(frozen=True)
class TaskRow:
    """One measure of one item; `number` is 2.1 for the first measure of item 2, `owner` is empty where nobody is."""

    item: RectificationItem
    measure: Measure
    number: str
    owner: str


@dataclasses.dataclass(frozen=True)
class Sheets:
    """`gaps` are sentences: a problem without a measure, a measure without a person."""

    items: list[RectificationItem]
    tasks: list[TaskRow]
    gaps: list[str]


def sheets_of(rectification_list: RectificationList) -> Sheets:
    """The three lists of one organization; the number of queries does not grow with the items."""
    items = list(rectification_list.items.for_table().select_related("problem__responsible__person"))
    tasks = [
        TaskRow(item, measure, f"{item.position}.{place}", _owner(item, measure))
        for item in items
        for place, measure in enumerate(item.measures.all(), start=1)
    ]
    gaps = [f"第{item.position}项问题没有对应的措施。" for item in items if not item.measures.all()]
    gaps += [f"措施{task.number}没有责任人。" for task in tasks if not task.owner]
    return Sheets(items, tasks, gaps)


def _owner(item: RectificationItem, measure: Measure) -> str:
    return measure.owner_text.strip() or (item.owner_label if item.has_owner else "")
