"""Common problems and rectification to date, handed out at a meeting about the work (S-51)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reviews.models.standings import standing_of

from .meeting_context import meeting_context
from .rehearsal_mark import marked


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    context["standing"] = standing_of(context["meeting"])
    html = render_to_string("documents/papers/reviews/standing.html", context)
    title = f"{context['meeting'].title}整改进展情况"
    return Paper(title=title, parts=(Part(title="整改进展情况", html=html),))
