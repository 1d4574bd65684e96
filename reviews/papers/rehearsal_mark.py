"""Papers made during a rehearsal say so on every part, so that none is taken for the real thing."""

import dataclasses
import functools
from collections.abc import Callable

from documents.rendering.paper import Paper
from reviews.models import Meeting

Content = Callable[[int], Paper]
_LINE = '<p class="center"><b>【演练】本件在会议演练中生成，评分、点评均为模拟，不作使用。</b></p>'


def marked(content: Content) -> Content:
    """For a paper about a meeting."""

    @functools.wraps(content)
    def with_mark(meeting_id: int) -> Paper:
        paper = content(meeting_id)
        if not Meeting.objects.filter(pk=meeting_id, rehearsing=True).exists():
            return paper
        parts = tuple(dataclasses.replace(part, html=_LINE + part.html) for part in paper.parts)
        cover = _LINE + paper.cover if paper.cover else ""
        return dataclasses.replace(paper, title=f"【演练】{paper.title}", parts=parts, cover=cover)

    return with_mark
