"""Finds for each paragraph of a Word file its place in the report (S-79). Nothing is dropped: what has no place says so.

The text is cut into pieces at headings: 一、 and （一）, or the styles 标题 1 and 标题 2. A heading of the first level
that says the same as a section's, or nearly, takes its piece there; pieces of the second level go along.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from reporting.rules.noise import noise_among
from reporting.rules.numbering import FIRST, MARKERS, SECOND, bare, unmarked
from reporting.rules.reports import CarriedStatus
from reporting.rules.schemes import SectionKind

NOWHERE, DROPPED, PROBLEMS = "", "dropped", "problems"
_CARRIED = "carried"  # the whole section; its pieces are handed to single items
ELSEWHERE = "elsewhere"  # sections that are filled in on the page only: figures, projects, domains, promises
MOST_PIECES = 400
_LONGEST_HEADING = 40
_ALIKE = 0.4

_FILLERS = re.compile(r"情况|方面|工作|主要|以及|[的及和与抓]")
_TITLE = re.compile(r".{0,40}述职报告")
_DATE = re.compile(r"[（(]?\s*[\dXx*〇一二三四五六七八九十]{2,4}年.{1,8}[月日]\s*[）)]?")
_STATUS = re.compile(r"整改情况[^：:]{0,30}[：:]\s*")
_EXPLANATION = re.compile(r"情况说明\s*[：:]\s*")


@dataclasses.dataclass(frozen=True)
class Line:
    """A paragraph; `level` is that of its heading style, 0 for none. `is_row` of a table."""

    text: str
    level: int = 0
    is_row: bool = False


@dataclasses.dataclass(frozen=True)
class Piece:
    """Paragraphs that go together. `heading` says what the section at `matched` is called and is not repeated there,
    unless somebody wants it: `keeps_heading`. `is_alike`: it says so in other words. One that no section is called by
    (of two sections in one) is kept at first, and may be left out by choice, whatever section it goes to. `noise` are places of lines
    that seem to come from a website or a printed page, with their kind; they are left out unless in `keeps` (S-198)."""

    lines: tuple[str, ...]
    place: str = NOWHERE
    heading: str = ""
    matched: str = NOWHERE
    status: str = ""
    is_alike: bool = False
    keeps_heading: bool = False
    noise: tuple[tuple[int, str], ...] = ()
    keeps: tuple[int, ...] = ()

    def lines_at(self, place: str) -> tuple[str, ...]:
        omits = not self.heading or (self._says(place) and not self.keeps_heading)
        lines = tuple(line for line, is_left_out in self.told if not is_left_out)
        return lines if omits else (self.heading, *lines)

    @property
    def told(self) -> tuple[tuple[str, bool], ...]:
        """Each line, and whether it is left out as noise."""
        left_out = {at for at, _kind in self.noise} - set(self.keeps)
        return tuple((line, at in left_out) for at, line in enumerate(self.lines))

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(line for line, is_left_out in self.told if is_left_out)

    @property
    def is_noise(self) -> bool:
        """Nothing but lines that are left out: there is no place to choose for it."""
        return not self.heading and not self.status and bool(self.lines) and len(self.left_out) == len(self.lines)

    def _says(self, place: str) -> bool:
        """Whether the heading would only repeat what the section at `place` is called, or may be left out there."""
        return place == self.matched or (self.is_alike and self.matched == NOWHERE)

    @property
    def omits_heading(self) -> bool:
        return bool(self.heading) and self._says(self.place) and not self.keeps_heading

    @property
    def asks_for_heading(self) -> bool:
        """Whether there is something to choose: another name than the section's, at that section or still at none."""
        return self.is_alike and bool(self.heading) and self._says(self.place)

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Piece:
        noise = tuple((at, kind) for at, kind in values.get("noise", ()))
        lists = {"lines": tuple(values["lines"]), "noise": noise, "keeps": tuple(values.get("keeps", ()))}
        return cls(**{**values, **lists})


@dataclasses.dataclass(frozen=True)
class Outline:
    """What a text is laid into: sections as (place, heading, kind), items of last year as (place, text).

    `printed` are lines that the system prints itself: guidance in the outline that was handed out.
    `author` are words by which the line under the title is known.
    """

    sections: tuple[tuple[str, str, str], ...]
    items: tuple[tuple[str, str], ...] = ()
    printed: frozenset[str] = frozenset()
    author: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Cut:
    """`rows` of a table at the end are a piece of their own where the outline asks for figures."""

    pieces: tuple[Piece, ...]
    printed: int = 0
    rows: int = 0


def text_place(key: str) -> str:
    return f"section-{key}"


def item_place(pk: int) -> str:
    return f"carried-{pk}"


def cut(lines: Iterable[Line], outline: Outline) -> Cut:
    """Cut a text into pieces, each with the place that its heading names, or none."""
    lines = list(lines)
    kept = [line for line in lines if line.text not in outline.printed]
    texts = [line.text for line in kept]
    foreign = {texts[at]: kind for at, kind in noise_among(texts).items()}
    pieces: list[Piece] = []
    parent, is_begun = NOWHERE, False
    has_styles = sum(line.level == 1 and bool(_exact(line.text, outline)) for line in kept) > 1
    for line in kept:
        level = 0 if line.text in foreign else _level(line, outline, has_styles=has_styles)
        if not level and is_begun and pieces:
            pieces[-1] = dataclasses.replace(pieces[-1], lines=(*pieces[-1].lines, line.text))
            continue
        if not level:
            pieces.append(Piece((line.text,), DROPPED if _is_head(line.text, outline) else NOWHERE))
            continue
        if not is_begun and _is_head(line.text, outline):
            pieces.append(Piece((line.text,), DROPPED))
            continue
        is_begun = True
        piece = _headed(line.text, level, parent, outline)
        parent = piece.place if level == 1 else parent
        pieces.append(piece)
    rows = _rows_at_the_end(kept, outline) if pieces else 0
    if 0 < rows <= len(pieces[-1].lines):
        last = pieces[-1]
        split = len(last.lines) - rows
        pieces[-1:] = [dataclasses.replace(last, lines=last.lines[:split]), Piece(last.lines[split:])]
        pieces = [piece for piece in pieces if piece.lines or piece.heading]
    else:
        rows = 0
    pieces = [part for piece in pieces for part in _by_item(piece, outline)]
    marked = tuple(_mark_noise(piece, foreign) for piece in _bounded(pieces))
    return Cut(marked, len(lines) - len(kept), rows)


def _mark_noise(piece: Piece, foreign: dict[str, str]) -> Piece:
    noise = tuple((at, foreign[line]) for at, line in enumerate(piece.lines) if line in foreign)
    return dataclasses.replace(piece, noise=noise)


def _rows_at_the_end(lines: Sequence[Line], outline: Outline) -> int:
    """How many rows of a table the text ends with, where there are figures that they may be."""
    if not any(kind == SectionKind.FIGURES for _place, _name, kind in outline.sections):
        return 0
    return sum(1 for _line in itertools.takewhile(lambda line: line.is_row, reversed(lines)))


def _bounded(pieces: list[Piece]) -> tuple[Piece, ...]:
    """A page has room for so many choices; what is beyond stays together at the end."""
    if len(pieces) <= MOST_PIECES:
        return tuple(pieces)
    rest = [line for piece in pieces[MOST_PIECES - 1 :] for line in piece.lines_at(NOWHERE)]
    return (*pieces[: MOST_PIECES - 1], Piece(tuple(rest)))


def _level(line: Line, outline: Outline, *, has_styles: bool) -> int:
    """Where sections are headings by style, a 一、 that is not is a part of the text."""
    if has_styles:
        return line.level if line.level in (1, 2) else 0
    if FIRST.match(line.text):
        return 1
    if SECOND.match(line.text):
        return 2
    if line.level in (1, 2):
        return line.level
    return 1 if len(line.text) <= _LONGEST_HEADING and _exact(line.text, outline) else 0


def _is_head(text: str, outline: Outline) -> bool:
    """Title, author and date over the report, which the system prints itself."""
    by_author = len(text) <= _LONGEST_HEADING and any(word and word in text for word in outline.author)
    return bool(_TITLE.fullmatch(text) or _DATE.fullmatch(text) or by_author)


def _headed(text: str, level: int, parent: str, outline: Outline) -> Piece:
    stop = text.find("。") + 1
    lead, rest = (text[:stop], text[stop:].strip()) if stop else (text, "")
    if len(lead) > _LONGEST_HEADING:
        return Piece((text,), parent if level == 2 else NOWHERE)
    exact = _exact(lead, outline)
    place = exact
    if not place:
        place = parent if level == 2 and parent else _alike(lead, outline)
    # What the problems and last year's items are called is no text of theirs.
    if exact or (place in (PROBLEMS, _CARRIED) and (level == 1 or place != parent)):
        return Piece((rest,) if rest else (), place, heading=lead, matched=place)
    if level == 1 and place not in (NOWHERE, ELSEWHERE):
        return Piece((rest,) if rest else (), place, heading=lead, matched=place, is_alike=True)
    if level == 1 and place == NOWHERE:
        return Piece((rest,) if rest else (), heading=lead, is_alike=True, keeps_heading=True)
    return Piece((text,), place)


def _exact(heading: str, outline: Outline) -> str:
    return next((place for place, name, _ in outline.sections if bare(name) == bare(heading)), NOWHERE)


def _alike(heading: str, outline: Outline) -> str:
    """The one section whose name shares most pairs of neighbouring characters with the heading, if enough."""
    for kind, words in ((SectionKind.CARRIED, ("上年", "上次", "去年")), (SectionKind.PROBLEMS, ("问题", "不足"))):
        named = [place for place, _, of in outline.sections if of == kind]
        if named and any(word in heading for word in words):
            return named[0]
    scores = sorted(((_share(heading, name), place) for place, name, _ in outline.sections), reverse=True)
    if not scores or scores[0][0] < _ALIKE or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return NOWHERE
    return scores[0][1]


def _share(one: str, other: str) -> float:
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _pairs(heading: str) -> set[str]:
    text = _FILLERS.sub("", bare(heading))
    return {text[at : at + 2] for at in range(len(text) - 1)}


# --- Last year's items ------------------------------------------------------------------------------
def _by_item(piece: Piece, outline: Outline) -> list[Piece]:
    """Answers to last year's items, each to its item: by its words, else by its number where all are numbered."""
    if piece.place == ELSEWHERE:
        empty = dataclasses.replace(piece, place=DROPPED, matched=DROPPED)
        return [dataclasses.replace(piece, place=NOWHERE) if piece.lines else empty]
    if piece.place != _CARRIED:
        return [piece]
    numbered = [line for line in piece.lines if MARKERS[1].match(line) or SECOND.match(line)]
    by_number = len(numbered) == len(outline.items)
    found: list[Piece] = []
    for line in piece.lines:
        place, words = _item_named(line, outline)
        if not place and by_number and line in numbered:
            place, words = outline.items[numbered.index(line)][0], unmarked(line)
        if place:
            found.append(_answer(Piece((), place), words))
        elif found:
            found[-1] = _answer(found[-1], line)
        else:
            found.append(Piece((line,)))
    heading = [Piece((), DROPPED, piece.heading, DROPPED)] if piece.heading else []
    return heading + found


def _item_named(line: str, outline: Outline) -> tuple[str, str]:
    words = unmarked(line)
    for place, text in outline.items:
        item = " ".join(text.split())
        if item and " ".join(words.split()).startswith(item):
            return place, " ".join(words.split())[len(item) :]
    return NOWHERE, ""


def _answer(piece: Piece, line: str) -> Piece:
    status = _status(line.strip("（）() "))
    label = _STATUS.match(line)
    if label:
        line = line[label.end() :]
        status = _status(line.strip())
    if status:
        return dataclasses.replace(piece, status=status)
    line = _EXPLANATION.sub("", line, count=1)
    return dataclasses.replace(piece, lines=(*piece.lines, line)) if line.strip() else piece


def _status(word: str) -> str:
    return next((status.value for status in CarriedStatus if str(status.label) == word), "")


# --- What is written --------------------------------------------------------------------------------
class Choice:
    """What happens to a text that stands already where another one comes."""

    REPLACE, APPEND, LEAVE = "replace", "append", "leave"


def joined(old: str, new: str, choice: str) -> str:
    if choice == Choice.LEAVE:
        return old
    return f"{old}\n{new}" if choice == Choice.APPEND and old else new
