"""What a sheet with everybody on it looks like: named sheets and ballots alike.

One description serves the phone page, the booth, the printed ballot and its entry (S-118, S-121, practice.md 0.5);
what is marked on it is in `reviews/rules/marks.py`. Plain JSON; points are text with at most two places:

    description  {"title", "mode": "points|grade|band", "grades": [{"code", "label", "points", "min", "max"}],
                  "items": [{"id", "name", "max"}], "overall": true, "remark": true, "remark_max": 500,
                  "reporters": [{"id", "order", "unit", "name", "post", "oral", "items"?, "link"?}], "rules": ["…"]}

A reporter with lines of an own domain has `items` of its own, which replace the general ones (S-120).
In the modes grade and band every item is out of 100; points are out of the item's own maximum.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from common.figures import plain_decimal

REMARK_MAX = 500
FULL_POINTS = Decimal(100)

Json = dict[str, typing.Any]


@dataclasses.dataclass(frozen=True)
class Grade:
    """A grade that can be ticked: its worth, and the points that lie in it, out of 100."""

    code: str
    label: str
    points: Decimal
    lowest: Decimal
    highest: Decimal


@dataclasses.dataclass(frozen=True)
class Item:
    """A line to be marked, out of `max`."""

    id: str
    name: str
    max: Decimal = FULL_POINTS


@dataclasses.dataclass(frozen=True)
class Person:
    """Who is marked. `items` replace the sheet's own where the reporter's domain has other lines."""

    id: str
    order: int
    unit: str
    name: str
    post: str = ""
    oral: bool = True
    items: tuple[Item, ...] | None = None
    link: str = ""


@dataclasses.dataclass(frozen=True)
class Sheet:
    """Everybody and everything that one rater or voter marks."""

    title: str
    mode: str
    grades: tuple[Grade, ...]
    items: tuple[Item, ...]
    people: tuple[Person, ...]
    overall: bool = False
    remark: bool = False
    rules: tuple[str, ...] = ()
    remark_max: int = REMARK_MAX

    def items_of(self, person: Person) -> tuple[Item, ...]:
        return self.items if person.items is None else person.items

    @property
    def groups(self) -> list[tuple[tuple[Item, ...], list[Person]]]:
        """A table for each set of lines; everybody keeps the number of the whole list (S-120)."""
        tables: dict[tuple[Item, ...], list[Person]] = {}
        for person in self.people:
            tables.setdefault(self.items_of(person), []).append(person)
        return list(tables.items())

    @property
    def grade_by_code(self) -> dict[str, Grade]:
        return {grade.code: grade for grade in self.grades}

    def as_json(self) -> Json:
        return {
            "title": self.title,
            "mode": self.mode,
            "grades": [
                {
                    "code": grade.code,
                    "label": grade.label,
                    "points": plain_decimal(grade.points),
                    "min": plain_decimal(grade.lowest),
                    "max": plain_decimal(grade.highest),
                }
                for grade in self.grades
            ],
            "items": _items_json(self.items),
            "overall": self.overall,
            "remark": self.remark,
            "remark_max": self.remark_max,
            "reporters": [_person_json(person) for person in self.people],
            "rules": list(self.rules),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, typing.Any]) -> Sheet:
        """What `as_json` wrote, such as the description frozen with a round."""
        return cls(
            title=stored["title"],
            mode=stored["mode"],
            grades=tuple(
                Grade(row["code"], row["label"], Decimal(row["points"]), Decimal(row["min"]), Decimal(row["max"]))
                for row in stored["grades"]
            ),
            items=_items_from(stored["items"]),
            people=tuple(_person_from(row) for row in stored["reporters"]),
            overall=stored["overall"],
            remark=stored["remark"],
            rules=tuple(stored["rules"]),
            remark_max=stored.get("remark_max", REMARK_MAX),
        )


def _items_json(items: Iterable[Item]) -> list[Json]:
    return [{"id": item.id, "name": item.name, "max": plain_decimal(item.max)} for item in items]


def _items_from(rows: Iterable[Mapping[str, str]]) -> tuple[Item, ...]:
    return tuple(Item(row["id"], row["name"], Decimal(row["max"])) for row in rows)


def _person_json(person: Person) -> Json:
    row = dataclasses.asdict(person)
    del row["items"], row["link"]
    if person.items is not None:
        row["items"] = _items_json(person.items)
    return row | ({"link": person.link} if person.link else {})


def _person_from(row: Mapping[str, typing.Any]) -> Person:
    facts = {name: row[name] for name in ("id", "order", "unit", "name", "post", "oral")}
    items = _items_from(row["items"]) if "items" in row else None
    return Person(**facts, items=items, link=row.get("link", ""))


def filling_rules(mode: str, grades: Sequence[Grade], *, anonymous: bool) -> tuple[str, ...]:
    """The words above a sheet: how it is filled in, and what makes it void (practice.md 3.3)."""
    labels = "、".join(grade.label for grade in grades)
    how = {
        "grade": f"每人每项从{labels}中只选一项；不选为弃权，弃权不计入平均。",
        "band": f"每人每项先从{labels}中选一项，再在该等次的分档内打分；不选为弃权，弃权不计入平均。",
        "points": "每人每项按满分打分，最多两位小数。",
    }[mode]
    who = "无记名：不写姓名，不作记号。" if anonymous else "实名：由本人填写，不评本单位。"
    return (who, how, "大会述职和书面述职的同志都要评。")
