"""What changed between two texts of a report, as an editor would mark it: by paragraph, then by characters (S-74)."""

from __future__ import annotations

import dataclasses
import difflib
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from reporting.rules.content import ReportContent
from reporting.rules.report_parts import PART_KINDS, part_lines
from reporting.rules.reports import CarriedStatus
from reporting.rules.schemes import SectionKind


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    EDITED = "edited"


@dataclasses.dataclass(frozen=True)
class Run:
    """Characters that stayed, came or went; never EDITED."""

    change: Change
    text: str


@dataclasses.dataclass(frozen=True)
class ParagraphChange:
    change: Change
    runs: tuple[Run, ...]


@dataclasses.dataclass(frozen=True)
class Stretch:
    """Neighbouring paragraphs that either all stayed or all changed."""

    is_same: bool
    paragraphs: tuple[ParagraphChange, ...]


@dataclasses.dataclass(frozen=True)
class SectionChange:
    heading: str
    stretches: tuple[Stretch, ...]

    @property
    def changed(self) -> int:
        return sum(len(stretch.paragraphs) for stretch in self.stretches if not stretch.is_same)


@dataclasses.dataclass(frozen=True)
class Comparison:
    sections: tuple[SectionChange, ...]

    @property
    def changed(self) -> int:
        """How many paragraphs are not as they were."""
        return sum(section.changed for section in self.sections)

    @property
    def changed_sections(self) -> list[SectionChange]:
        return [section for section in self.sections if section.changed]


def compare_reports(before: ReportContent, after: ReportContent) -> Comparison:
    """Section by section in the order of the later text; sections it no longer has come last."""
    old = {section.key: section for section in before.sections}
    new = {section.key: section for section in after.sections}
    sections = []
    for key in [*new, *(key for key in old if key not in new)]:
        heading = new[key].heading if key in new else old[key].heading
        changes = compare_paragraphs(list(_paragraphs(before, key)), list(_paragraphs(after, key)))
        sections.append(SectionChange(heading, tuple(_stretches(changes))))
    return Comparison(tuple(sections))


def _paragraphs(content: ReportContent, key: str) -> Iterator[str]:
    """The paragraphs under the heading. Problems have no numbers here: one more in front changes no other."""
    section = next((section for section in content.sections if section.key == key), None)
    if section is None:
        return
    if section.kind == SectionKind.PROBLEMS:
        for problem in content.problems:
            yield from _lines(f"问题：{problem.text}")
            yield from _lines(f"原因：{problem.cause}")
    elif section.kind == SectionKind.CARRIED:
        for item in content.carried:
            status = CarriedStatus(item.status).label if item.status else "未答复"
            yield from _lines(f"{item.text}（{status}）")
            yield from _lines(item.explanation)
    elif section.kind in PART_KINDS:
        yield from part_lines(content, section.kind)
    else:
        yield from _lines(section.text)
    for file in content.attachments_of(key):
        yield f"附件：{file.name}（{file.place}，校验值{file.sha256[:8]}）"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _stretches(changes: list[ParagraphChange]) -> Iterator[Stretch]:
    for is_same, group in itertools.groupby(changes, lambda change: change.change == Change.SAME):
        yield Stretch(is_same, tuple(group))


# --- Paragraphs --------------------------------------------------------------------------------------

LEAST_LIKENESS = 0.35  # of two paragraphs' pairs of characters; less alike they are another text
MOST_PAIRS = 40_000


def compare_paragraphs(before: Sequence[str], after: Sequence[str]) -> list[ParagraphChange]:
    changes: list[ParagraphChange] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for verb, i, j, k, m in matcher.get_opcodes():
        if verb == "equal":
            changes += [_whole(Change.SAME, text) for text in after[k:m]]
        else:
            changes += _replaced(before[i:j], after[k:m])
    return changes


def _whole(change: Change, text: str) -> ParagraphChange:
    return ParagraphChange(change, (Run(change, text),))


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[ParagraphChange]:
    start_old = start_new = 0
    for old, new in [*_pairs(before, after), (len(before), len(after))]:
        yield from (_whole(Change.REMOVED, text) for text in before[start_old:old])
        yield from (_whole(Change.ADDED, text) for text in after[start_new:new])
        if old < len(before):
            yield ParagraphChange(Change.EDITED, tuple(compare_characters(before[old], after[new])))
        start_old, start_new = old + 1, new + 1


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraph became which, in order, so that the likenesses add up to the most."""
    if len(before) * len(after) > MOST_PAIRS:
        return []
    grams_old, grams_new = [_grams(text) for text in before], [_grams(text) for text in after]
    best = [[(0.0, ())] * (len(after) + 1) for _ in range(len(before) + 1)]  # type: list[list[tuple[float, tuple]]]
    for i, old in enumerate(grams_old, start=1):
        for j, new in enumerate(grams_new, start=1):
            choice = max(best[i - 1][j], best[i][j - 1], key=lambda found: found[0])
            alike = _likeness(old, new)
            score, chain = best[i - 1][j - 1]
            if alike >= LEAST_LIKENESS and score + alike > choice[0]:
                choice = (score + alike, (chain, (i - 1, j - 1)))
            best[i][j] = choice
    chain = best[-1][-1][1]
    pairs = []
    while chain:
        chain, pair = chain
        pairs.append(pair)
    return pairs[::-1]


def _grams(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(max(1, len(text) - 1)))


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0


# --- Characters --------------------------------------------------------------------------------------

MOST_CHARACTERS = 1_500_000  # product of two lengths; longer texts are compared sentence by sentence
SHORTEST_SAME = 2  # what stayed between two changes is not picked out when it is no longer than this
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]|[^。！？；]+$")


def compare_characters(before: str, after: str) -> list[Run]:
    """Runs in reading order, what went before what came."""
    if len(before) * len(after) <= MOST_CHARACTERS:
        return _joined(_runs(before, after))
    return _joined(_runs(_SENTENCE.findall(before), _SENTENCE.findall(after)))


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    for verb, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if verb == "equal":
            yield Run(Change.SAME, "".join(after[k:m]))
            continue
        if j > i:
            yield Run(Change.REMOVED, "".join(before[i:j]))
        if m > k:
            yield Run(Change.ADDED, "".join(after[k:m]))


def _joined(runs: Iterator[Run]) -> list[Run]:
    """A reader cannot follow single characters: a word or two between changes is part of the change."""
    listed = list(runs)
    joined: list[Run] = []
    removed = added = ""
    for place, run in enumerate(listed):
        inside = 0 < place < len(listed) - 1
        if run.change == Change.SAME and not (inside and len(run.text) <= SHORTEST_SAME):
            joined += [Run(Change.REMOVED, removed)] if removed else []
            joined += [Run(Change.ADDED, added)] if added else []
            joined.append(run)
            removed = added = ""
        else:
            removed += run.text if run.change != Change.ADDED else ""
            added += run.text if run.change != Change.REMOVED else ""
    joined += [Run(Change.REMOVED, removed)] if removed else []
    joined += [Run(Change.ADDED, added)] if added else []
    return joined
