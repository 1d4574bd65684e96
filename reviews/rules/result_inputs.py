"""Everything a result is worked out from, kept with it: what is stored recomputes to what is stored, for ever.

Plain JSON, figures as text: no float touches them. Marks stand without names, sorted.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reviews.rules.category_means import Category, Choice, Counts, Dimension
from reviews.rules.derivations import Derivation
from reviews.rules.scoring import Band, Cap, Part, derive


@dataclasses.dataclass(frozen=True)
class ResultInputs:
    dimensions: tuple[Dimension, ...]
    categories: tuple[Category, ...]
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    caps: tuple[Cap, ...] = ()
    trims: bool = False

    def derive(self) -> Derivation:
        return derive(self.dimensions, self.categories, self.parts, self.bands, caps=self.caps, trims=self.trims)

    def as_json(self) -> dict[str, Any]:
        return {
            "dimensions": [_plain(row) for row in self.dimensions],
            "categories": [_category_json(row) for row in self.categories],
            "parts": [_plain(row) for row in self.parts],
            "bands": [_plain(row) for row in self.bands],
            "caps": [_plain(row) for row in self.caps],
            "trims": self.trims,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ResultInputs:
        return cls(
            tuple(
                Dimension(row["name"], _decimal(row["max_score"]), _decimal(row["weight"]))
                for row in stored["dimensions"]
            ),
            tuple(_category_from(row) for row in stored["categories"]),
            tuple(_part_from(row) for row in stored["parts"]),
            tuple(Band(row["code"], row["label"], _decimal(row["min_score"])) for row in stored["bands"]),
            tuple(Cap(row["reason"], row["max_code"], row["approved"]) for row in stored["caps"]),
            stored["trims"],
        )


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in dataclasses.asdict(row).items()
    }


def _category_json(category: Category) -> dict[str, Any]:
    sheets = [[None if mark is None else str(mark) for mark in sheet] for sheet in category.sheets]
    return {
        "name": category.name,
        "weight": str(category.weight),
        "sheets": sorted(sheets, key=lambda sheet: [mark or "" for mark in sheet]),
        "counts": [
            {"choices": [_plain(choice) for choice in counts.choices], "abstained": counts.abstained}
            # Left out where there is none, as in what was stored before void lines were counted by themselves.
            | ({"void": counts.void} if counts.void else {})
            for counts in category.counts
        ],
    }


def _category_from(row: Mapping[str, Any]) -> Category:
    return Category(
        row["name"],
        _decimal(row["weight"]),
        tuple(tuple(None if mark is None else _decimal(mark) for mark in sheet) for sheet in row["sheets"]),
        tuple(
            Counts(
                tuple(Choice(c["label"], _decimal(c["points"]), c["count"]) for c in counts["choices"]),
                counts["abstained"],
                counts.get("void", 0),
            )
            for counts in row["counts"]
        ),
    )


def _part_from(row: Mapping[str, Any]) -> Part:
    score = None if row["score"] is None else _decimal(row["score"])
    return Part(row["name"], _decimal(row["weight"]), row["is_meeting"], score, row["formula"])


def _decimal(text: str) -> Decimal:
    return Decimal(text)
