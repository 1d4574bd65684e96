"""Problems and their causes, found in the paragraphs of a Word file (S-79)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from reporting.rules.content import ProblemContent
from reporting.rules.numbering import MARKERS, bare

_MOST_PROBLEMS = 60


# 原因： and its like, or a sentence that begins with 究其原因, 主要原因是: the words are a label, what follows is the cause.
_CAUSE = re.compile(
    r"(?:^|(?<=[。；]))(?:"
    r"(?:主要|根本|深层次|产生|上述问题的|问题的)?原因(?:剖析|分析)?(?:主要)?(?:是|在于)?[：:]"
    r"|究其(?:主要|根本|深层次)?原因[，,]?(?:主要)?(?:是|在于)?[：:，,]?"
    r"|(?:主要|主观|直接|根本|深层次)原因(?:是|在于)[：:，,]?"
    r"|原因(?:主要)?是(?!什么|否|谁|多方面)[：:，,]?"
    r"|原因在于[：:，,]?"
    r")"
)


@dataclasses.dataclass(frozen=True)
class Problems:
    """`is_whole`: no numbers showed where one problem ends, so that everything is in one."""

    rows: tuple[ProblemContent, ...]
    is_whole: bool = False


def split_problems(lines: Sequence[str]) -> Problems:
    """Each numbered problem apart, with the cause that follows 原因： or has the same number in a part of its own."""
    if not lines:
        return Problems(())
    at = next((i for i, line in enumerate(lines) if _heads_causes(line)), None)
    stated = list(lines if at is None else lines[:at])
    if (
        at is not None
        and len(stated) > 1
        and bare(stated[0]) in ("存在问题", "存在的问题", "主要问题", "存在的主要问题")
    ):
        stated = stated[1:]
    problems = _numbered(stated)
    causes = _numbered(lines[at + 1 :]) if at is not None else None
    if causes is not None and problems is not None and len(causes) == len(problems):
        return Problems(tuple(ProblemContent(p, c) for p, c in zip(problems, causes, strict=True)))
    if problems is None or causes is not None or len(problems) > _MOST_PROBLEMS:
        cause = [] if at is None else lines[at + 1 :]
        row = ProblemContent("\n".join(stated), "\n".join(cause)) if cause else _with_cause("\n".join(stated))
        return Problems((row,), is_whole=True)
    return Problems(tuple(_with_cause(problem) for problem in problems if problem.strip()))


def _heads_causes(line: str) -> bool:
    return "原因" in line and len(line) <= 20 and not _CAUSE.match(line) and not line.endswith(("。", "；"))


def _numbered(lines: Sequence[str]) -> list[str] | None:
    """The texts behind the first kind of number that is used; None where there is none."""
    marker = next((m for line in lines for m in MARKERS if m.match(line)), None)
    if marker is None:
        return None
    found: list[str] = []
    before: list[str] = []
    for line in lines:
        match = marker.match(line)
        if match:
            found.append("\n".join([*before, line[match.end() :]]))
            before = []
        elif found:
            found[-1] += f"\n{line}"
        else:
            before.append(line)
    return found


def _with_cause(text: str) -> ProblemContent:
    """The cause begins at the first 原因： that begins a paragraph or a sentence."""
    for number, line in enumerate(text.split("\n")):
        match = _CAUSE.search(line)
        if match:
            lines = text.split("\n")
            problem = [*lines[:number], line[: match.start()]]
            cause = [line[match.end() :], *lines[number + 1 :]]
            return ProblemContent("\n".join(problem).strip("\n"), "\n".join(cause).strip("\n"))
    return ProblemContent(text)
