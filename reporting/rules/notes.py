"""Notes on passages of a report: where a quoted passage stands now, and how the text is shown with its notes (S-74)."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence


@dataclasses.dataclass(frozen=True)
class Anchor:
    """A passage as it was quoted: in which place (reporting.rules.places), from which character on."""

    place: str
    quote: str
    offset: int = 0


@dataclasses.dataclass(frozen=True)
class Found:
    """Where the passage stands now."""

    place: str
    start: int
    end: int


def locate(anchor: Anchor, texts: Mapping[str, str]) -> Found | None:
    """The passage word for word: nearest to where it was, else wherever it went; None when it was changed.

    White space and line breaks within the quotation are taken as typed.
    """
    if not anchor.quote:
        return None
    home = texts.get(anchor.place, "")
    starts = _starts(home, anchor.quote)
    if starts:
        start = min(starts, key=lambda start: abs(start - anchor.offset))
        return Found(anchor.place, start, start + len(anchor.quote))
    for place, text in texts.items():
        start = text.find(anchor.quote)
        if start >= 0:
            return Found(place, start, start + len(anchor.quote))
    return None


def _starts(text: str, quote: str) -> list[int]:
    starts, start = [], text.find(quote)
    while start >= 0:
        starts.append(start)
        start = text.find(quote, start + 1)
    return starts


@dataclasses.dataclass(frozen=True)
class MarkedRun:
    """A stretch of text, the numbers of the notes on it, and of those that end with it."""

    text: str
    notes: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()


def mark(text: str, spans: Iterable[tuple[int, int, int]]) -> list[MarkedRun]:
    """The text in runs; each span is (start, end, number of the note), and they may overlap."""
    listed: Sequence[tuple[int, int, int]] = sorted(spans)
    cuts = sorted({0, len(text), *(cut for start, end, _ in listed for cut in (start, end))})
    return [
        MarkedRun(
            text[left:right],
            tuple(number for start, end, number in listed if start <= left and right <= end),
            tuple(number for _, end, number in listed if end == right),
        )
        for left, right in itertools.pairwise(cuts)
    ]
