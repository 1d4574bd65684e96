"""Papers made during a rehearsal say so on every page, and nothing of them is kept for later papers."""

import dataclasses
import functools
from collections.abc import Callable

from django.db import models

from documents.rendering.pages import margin_mark
from documents.rendering.paper import Paper
from reviews.models import Meeting

Content = Callable[[int], Paper]
WORDS = "【演练】本件在会议演练中生成，内容为模拟，不作使用"


def mark_for(meeting: Meeting) -> str:
    """What is put before the body of a paper that is made at once; nothing for a real meeting."""
    return margin_mark(WORDS) if meeting.rehearsing else ""


def mark_paper(paper: Paper) -> Paper:
    mark = margin_mark(WORDS)
    parts = tuple(dataclasses.replace(part, html=mark + part.html) for part in paper.parts)
    cover = mark + paper.cover if paper.cover else ""
    title = f"【演练】{paper.title}"
    return dataclasses.replace(paper, title=title, parts=parts, cover=cover, keeps_parts=False)


def marked_through(model: type[models.Model], path: str) -> Callable[[Content], Content]:
    """For a paper about a row that leads to its meeting by `path`."""

    def decorate(content: Content) -> Content:
        @functools.wraps(content)
        def with_mark(subject_id: int) -> Paper:
            paper = content(subject_id)
            rehearsing = model._base_manager.filter(**{"pk": subject_id, f"{path}rehearsing": True})
            return mark_paper(paper) if rehearsing.exists() else paper

        with_mark.bears_mark = True  # type: ignore[attr-defined]  # a house test asks for it
        return with_mark

    return decorate


# For a paper about a meeting.
marked = marked_through(Meeting, "")
