"""述职顺序抽签表: to be signed when lots are drawn, or what was drawn (practice.md 3.2)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reviews.models.draws import draw_lines

from .meeting_context import meeting_context
from .rehearsal_mark import marked


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    meeting = context["meeting"]
    context |= {"draw": meeting.draws.first(), "lines": draw_lines(meeting)}
    html = render_to_string("documents/papers/reviews/draw.html", context)
    return Paper(title=f"{meeting.title}述职顺序抽签表", parts=(Part("述职顺序抽签表", html),))
