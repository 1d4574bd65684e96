"""照抄照搬 (S-76): how much of a report stands word for word in another one. Advisory, never a verdict.

Texts are compared without punctuation and blanks, by all runs of `GRAM` characters. A passage is at least
`SHORTEST` equal characters in a row. Phrases of the genre weigh less: the more reports of the cycle have them,
down to nothing when more than `GENRE_SHARE` of them do. Masked words (XX, ***) break a passage and never count.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import numpy.typing as npt

GRAM = 8
SHORTEST = 13
GENRE_SHARE = 0.2  # of the reports of the cycle
FEWEST_OF_GENRE = 4  # reports that a phrase must exceed, however few reports there are
NEIGHBOURS = 6  # of a report among those that share a passage with it; a clique finds all its members so
CANDIDATES = 5  # others that are compared exactly
MOST_PASSAGES = 8
LEAST_PERCENT = Decimal(3)

_KEPT = re.compile(r"(?P<masked>[*＊]+|[XxＸ×]{1,}(?![A-Za-z])|[_＿]{2,})|(?P<word>[0-9A-Za-z\u3400-\u9fff])")
_NEXT_NUMBER = re.compile(r"\s*\n\W?\w{1,2}\W?$")  # of the paragraph after the passage
_BASE = np.uint64(0x9E3779B97F4A7C15)
_SEPARATOR = "\x00"

Codes = npt.NDArray[np.uint32]
Grams = npt.NDArray[np.uint64]
Positions = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]


@dataclasses.dataclass(frozen=True)
class Passage:
    """The same words as they stand here and there, with the names of their places."""

    mine: str
    theirs: str
    my_place: str
    their_place: str
    characters: int


@dataclasses.dataclass(frozen=True)
class Match:
    """`other` is the number of the other text; `percent` of this text's characters stand there too."""

    other: int
    percent: Decimal
    passages: tuple[Passage, ...]


@dataclasses.dataclass(frozen=True)
class Text:
    """A report as numbers. `codes` are its compared characters, 0 where a passage must not go on."""

    joined: str
    starts: tuple[int, ...]
    names: tuple[str, ...]
    codes: Codes
    offsets: Positions
    grams: Grams
    places: Positions  # of the grams in `codes`

    @property
    def size(self) -> int:
        return int(np.count_nonzero(self.codes))

    def place_at(self, offset: int) -> str:
        return self.names[bisect.bisect_right(self.starts, offset) - 1]


def read_text(parts: Sequence[tuple[str, str]]) -> Text:
    """`parts` are (name of the place, its text) in order."""
    starts, length = [], 0
    for _, text in parts:
        starts.append(length)
        length += len(text) + 1
    joined = _SEPARATOR.join(text for _, text in parts)
    codes, offsets = _codes(joined)
    grams, places = _grams(codes)
    return Text(joined, tuple(starts), tuple(name for name, _ in parts), codes, offsets, grams, places)


def _codes(joined: str) -> tuple[Codes, Positions]:
    codes, offsets = [], []
    for part in re.finditer(rf"{_KEPT.pattern}|{_SEPARATOR}", joined):
        codes.append(ord(part["word"]) if part["word"] else 0)
        offsets.append(part.start())
    return np.array(codes, dtype=np.uint32), np.array(offsets, dtype=np.int64)


def _grams(codes: Codes) -> tuple[Grams, Positions]:
    count = len(codes) - GRAM + 1
    if count <= 0:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    grams = np.zeros(count, dtype=np.uint64)
    whole = np.ones(count, dtype=bool)
    for k in range(GRAM):
        window = codes[k : k + count]
        grams = grams * _BASE + window.astype(np.uint64)
        whole &= window != 0
    grams ^= grams >> np.uint64(29)
    return grams[whole], np.flatnonzero(whole)


def weigh(texts: Sequence[Text]) -> list[Weights]:
    """For each text the weight of each of its grams: 1 when at most two texts have it, 0 when it is of the genre."""
    return _index(texts)[0]


def compare_all(
    texts: Sequence[Text],
    earlier: Sequence[Text | None],
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Iterator[tuple[list[Match], Match | None]]:
    """For each text its most similar others, most similar first, and what it has of `earlier` (its own of last year)."""
    weights, nearest = _index(texts)
    for number, text in enumerate(texts):
        progress(number, len(texts))
        found = [compare(text, weights[number], texts[other], other) for other in nearest[number]]
        matches = sorted((m for m in found if m.percent >= LEAST_PERCENT), key=lambda m: -m.percent)
        last = earlier[number]
        own = compare(text, weights[number], last, number) if last is not None else None
        yield matches, own if own and own.percent >= LEAST_PERCENT else None


def _index(texts: Sequence[Text]) -> tuple[list[Weights], list[list[int]]]:
    """The weights of all grams, and for each text the numbers of those that share most with it."""
    count = len(texts)
    if not count:
        return [], []
    grams = np.concatenate([text.grams for text in texts])
    owners = np.repeat(np.arange(count), [len(text.grams) for text in texts])
    order = np.argsort(grams, kind="stable")
    grams, owners = grams[order], owners[order]
    is_new = np.ones(len(grams), dtype=bool)
    is_new[1:] = (grams[1:] != grams[:-1]) | (owners[1:] != owners[:-1])
    group = np.cumsum(np.concatenate([[0], grams[1:] != grams[:-1]])) if len(grams) else np.empty(0, np.int64)
    having = np.bincount(group[is_new]) if len(grams) else np.empty(0, np.int64)
    most = max(FEWEST_OF_GENRE, int(count * GENRE_SHARE)) + 1
    by_group = np.clip((most - having) / max(1, most - 2), 0, 1).astype(np.float32)
    by_gram = np.empty(len(grams), dtype=np.float32)
    by_gram[order] = by_group[group]
    cuts = np.cumsum([len(text.grams) for text in texts])[:-1]
    weights = list(np.split(by_gram, cuts))
    shared = (having[group] > 1) & (by_group[group] > 0) & is_new
    return weights, _nearest(grams[shared], owners[shared], by_group[group][shared], count)


def _nearest(grams: Grams, owners: Positions, weights: Weights, count: int) -> list[list[int]]:
    """Sorted by gram and owner: who shares a gram stands next to each other."""
    scores = np.zeros(count * count, dtype=np.float32)
    for step in range(1, NEIGHBOURS + 1):
        same = grams[step:] == grams[:-step]
        pairs = owners[:-step][same] * count + owners[step:][same]
        scores += np.bincount(pairs, weights=weights[:-step][same], minlength=count * count).astype(np.float32)
    table = scores.reshape(count, count)
    table += table.T
    width = min(CANDIDATES, count)
    best = np.argpartition(-table, width - 1, axis=1)[:, :width]
    return [[int(other) for other in best[row] if table[row, other] > 0] for row in range(count)]


def compare(text: Text, weights: Weights, other: Text, number: int = 0) -> Match:
    """What of `text` stands in `other`, passage by passage."""
    runs = _runs(text, weights, other)
    covered = np.zeros(len(text.codes), dtype=np.float32)
    for mine, _, length, weight in runs:
        covered[mine : mine + length] = np.maximum(covered[mine : mine + length], weight)
    percent = Decimal(100 * float(covered.sum()) / max(1, text.size)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    runs.sort(key=lambda run: -run[2] * run[3])
    passages = tuple(_passage(text, other, run) for run in runs[:MOST_PASSAGES])
    return Match(number, percent, passages)


def _runs(text: Text, weights: Weights, other: Text) -> list[tuple[int, int, int, float]]:
    """(place in mine, place in theirs, characters, weight) of equal characters in a row."""
    if not len(text.grams) or not len(other.grams):
        return []
    known, first = np.unique(other.grams, return_index=True)
    spot = np.minimum(np.searchsorted(known, text.grams), len(known) - 1)
    hit = known[spot] == text.grams
    mine, theirs, weight = text.places[hit], other.places[first[spot[hit]]], weights[hit]
    if not len(mine):
        return []
    breaks = np.flatnonzero((np.diff(mine) != 1) | (np.diff(theirs) != 1)) + 1
    runs = []
    for start, end in zip([0, *breaks], [*breaks, len(mine)], strict=True):
        length, mean = int(end - start) + GRAM - 1, float(weight[start:end].mean())
        if length >= SHORTEST and mean > 0:
            runs.append((int(mine[start]), int(theirs[start]), length, mean))
    return runs


def _passage(text: Text, other: Text, run: tuple[int, int, int, float]) -> Passage:
    mine, theirs, length, _ = run
    here, there = _words(text, mine, length), _words(other, theirs, length)
    places = text.place_at(int(text.offsets[mine])), other.place_at(int(other.offsets[theirs]))
    return Passage(here, there, *places, length)


def _words(text: Text, place: int, length: int) -> str:
    """As written, with the punctuation inside and the mark that ends it."""
    start, end = int(text.offsets[place]), int(text.offsets[place + length - 1]) + 1
    if text.joined[start - 1 : start] in tuple("（“‘《"):
        start -= 1
    if text.joined[end : end + 1] in tuple("，。；！？、："):
        end += 1
    return _NEXT_NUMBER.sub("", text.joined[start:end])
