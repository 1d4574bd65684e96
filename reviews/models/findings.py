"""Everything the meeting named, from four places, with the problem it became or did not (S-111 to S-117)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from django.db import models

from rectification.models import Problem
from rectification.rules.items import ProblemSource
from reporting.models import ProblemCategory, Reporter
from reviews.rules.findings import FindingKind, guess_category
from reviews.rules.meetings import CommentState

from .ballot_remarks import BallotRemark
from .comments import CommentProblem
from .meetings import Meeting
from .questions import Question
from .speeches import SpeechProblem

SOURCES = {
    FindingKind.COMMENT: ProblemSource.COMMENT,
    FindingKind.QUESTION: ProblemSource.QUESTION,
    FindingKind.SPEECH: ProblemSource.COMMENT,
    FindingKind.REMARK: ProblemSource.MASSES,
}


@dataclasses.dataclass(frozen=True)
class Finding:
    """`reporter` None: it was said of all. `row` points to the problem it became."""

    kind: FindingKind
    row: Any
    reporter: Reporter | None
    who: str
    text: str
    category: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.row.pk}"

    @property
    def problem(self) -> Problem | None:
        problem: Problem | None = self.row.problem
        return problem

    @property
    def waits_for_closing(self) -> bool:
        """Problems of final comments go into the lists by themselves when the meeting closes (S-147)."""
        return self.kind == FindingKind.COMMENT and self.problem is None and not self.row.comment.meeting.is_closed


def rows_of(meeting: Meeting, kind: str) -> models.QuerySet[Any]:
    """The rows of one of the four places, with everything a page shows; one query each."""
    if kind == FindingKind.COMMENT:
        rows: models.QuerySet[Any] = CommentProblem.objects.filter(
            comment__meeting=meeting, comment__state=CommentState.FINAL
        )
        return rows.exclude(text="").select_related(
            "problem",
            "comment__meeting",
            "comment__commenter__person",
            "comment__reporter__organization",
            "comment__reporter__post__person",
        )
    if kind == FindingKind.QUESTION:
        return Question.objects.filter(meeting=meeting).with_people().select_related("problem")
    if kind == FindingKind.SPEECH:
        return (
            SpeechProblem.objects.filter(speech__meeting=meeting).exclude(text="").select_related("problem", "speech")
        )
    remarks = BallotRemark.objects.released().filter(round__meeting=meeting)
    return remarks.select_related("problem", "reporter__organization", "reporter__post__person")


def finding_of(kind: str, row: Any) -> Finding:
    if kind == FindingKind.COMMENT:
        comment = row.comment
        return Finding(FindingKind.COMMENT, row, comment.reporter, comment.commenter.person.name, row.text)
    if kind == FindingKind.QUESTION:
        return Finding(FindingKind.QUESTION, row, row.reporter, row.asker_label, row.text)
    if kind == FindingKind.SPEECH:
        return Finding(FindingKind.SPEECH, row, None, row.speech.speaker, row.text)
    return Finding(FindingKind.REMARK, row, row.reporter, "", row.text)


def findings(meeting: Meeting) -> list[Finding]:
    return list(_with_categories(meeting))


def _with_categories(meeting: Meeting) -> Iterator[Finding]:
    names = ProblemCategory.objects.names_of(meeting.committee)
    for kind in FindingKind:
        for row in rows_of(meeting, kind):
            found = finding_of(kind, row)
            yield dataclasses.replace(found, category=guess_category(found.text, names))
