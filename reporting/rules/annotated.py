"""A report laid out for screening: its text in runs, each run with the notes on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from enum import StrEnum

from reporting.rules.content import ReportContent
from reporting.rules.notes import Anchor, Found, MarkedRun, locate, mark
from reporting.rules.places import Place, places
from reporting.rules.reading import Passage, reading
from reporting.rules.schemes import SectionKind


class Standing(StrEnum):
    """Where a note's passage is in the text shown."""

    HERE = "here"
    MOVED = "moved"
    CHANGED = "changed"
    WHOLE = "whole"  # the note quotes nothing: it is about a part, or the whole report


@dataclasses.dataclass(frozen=True)
class PlacedNote:
    """`index` is that of the anchor given, `number` the one printed, by order in the text; `field` is where its passage
    is written, by the id on the writing page."""

    index: int
    number: int
    standing: Standing
    place_name: str
    field: str = ""


@dataclasses.dataclass(frozen=True)
class Row:
    """A piece of text. `lead` stands before it; `given` above it was handed down, not written by the author.

    `anchor` is the id that a finding names, here as on the writing page.
    """

    place: str
    anchor: str
    runs: tuple[MarkedRun, ...]
    lead: str = ""
    given: str = ""


@dataclasses.dataclass(frozen=True)
class AnnotatedSection:
    key: str
    heading: str
    rows: tuple[Row, ...]


@dataclasses.dataclass(frozen=True)
class Annotated:
    sections: tuple[AnnotatedSection, ...]
    notes: tuple[PlacedNote, ...]


def annotate(content: ReportContent, anchors: Sequence[Anchor] = ()) -> Annotated:
    """The text with its notes numbered as they come; a note whose passage is gone keeps its place among the last."""
    written = {place.key: place for place in places(content)}
    notes = _place_notes(written, anchors)
    spans: dict[str, list[tuple[int, int, int]]] = {key: [] for key in written}
    for note, found in notes:
        if found is not None:
            spans[found.place].append((found.start, found.end, note.number))
    sections = tuple(_section(passage, written, spans) for passage in reading(content).passages)
    return Annotated(sections, tuple(note for note, _ in notes))


def _place_notes(written: dict[str, Place], anchors: Sequence[Anchor]) -> list[tuple[PlacedNote, Found | None]]:
    texts = {key: place.text for key, place in written.items()}
    order = {key: number for number, key in enumerate(written)}
    found = [(index, anchor, locate(anchor, texts)) for index, anchor in enumerate(anchors)]
    found.sort(key=lambda row: (order[row[2].place], row[2].start) if row[2] else (order.get(row[1].place, 999), 10**9))
    return [
        (_placed(index, number, anchor, where, written), where)
        for number, (index, anchor, where) in enumerate(found, start=1)
    ]


def _standing(anchor: Anchor, found: Found | None) -> Standing:
    if found is not None:
        return Standing.HERE if found.place == anchor.place else Standing.MOVED
    return Standing.CHANGED if anchor.quote else Standing.WHOLE


def _placed(index: int, number: int, anchor: Anchor, found: Found | None, written: dict[str, Place]) -> PlacedNote:
    place = written.get(found.place if found else anchor.place)
    told = (place.name, place.anchor) if place else ("", "")
    return PlacedNote(index, number, _standing(anchor, found), *told)


def _section(
    passage: Passage, written: dict[str, Place], spans: dict[str, list[tuple[int, int, int]]]
) -> AnnotatedSection:
    def row(key: str, lead: str = "", given: str = "") -> Row:
        place = written[key]
        return Row(key, place.anchor, tuple(mark(place.text, spans[key])), lead, given)

    rows = []
    whole = f"section-{passage.section.key}"
    if passage.section.kind == SectionKind.PROBLEMS:
        for number, problem in enumerate(passage.problems, start=1):
            rows += [row(f"problem-{number}", problem.number), row(f"cause-{number}", "原因：")]
    elif passage.section.kind == SectionKind.CARRIED:
        for answer in passage.answers:
            given = f"{answer.number}.{answer.item.text}"
            rows.append(row(f"carried-{answer.number}", f"{answer.status or '未答复'}　", given))
    elif passage.is_part:
        places_here = [place for place in written.values() if place.section == passage.section.key]
        # Figures are one piece, called as the section is: the name stands over it already.
        rows += [row(place.key, "" if place.key == whole else f"{place.name}：") for place in places_here]
    else:
        rows.append(row(whole))
    return AnnotatedSection(passage.section.key, f"{passage.number}、{passage.section.heading}", tuple(rows))
