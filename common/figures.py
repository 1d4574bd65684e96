"""Figures as they are typed: a number, an approximate number or a masked one; never a silent zero (S-195, S-197)."""

import dataclasses
import re
import unicodedata
from collections.abc import Iterable

_FIGURE = re.compile(r"[0-9Xx×*○〇零一二三四五六七八九十百千万亿两半若干无]")
_EXACT = re.compile(r"^\s*(\d+)\s*(?:人|名|个|位|次)?\s*$")


@dataclasses.dataclass(frozen=True)
class CountSum:
    """A total and how many typed values could not be counted."""

    total: int
    skipped: int


def exact_count(text: str) -> int | None:
    """12人 → 12; 130多人, *** and an empty text → None."""
    match = _EXACT.match(text)
    return int(match[1]) if match else None


def looks_like_figure(text: str) -> bool:
    """Whether a number stands in it, in Arabic or Chinese figures, or a mask in its place (X, ×, *, ○)."""
    return _FIGURE.search(unicodedata.normalize("NFKC", text)) is not None


def sum_counts(texts: Iterable[str]) -> CountSum:
    """Add what can be added; masked or approximate values are skipped and said (S-195). Empty texts are not values."""
    total = skipped = 0
    for text in texts:
        if not text.strip():
            continue
        value = exact_count(text)
        if value is None:
            skipped += 1
        else:
            total += value
    return CountSum(total, skipped)
