"""Who comes, by category, with room to sign (S-185)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part

from .meeting_context import meeting_context


def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    title = f"{context['facts'].meeting.title}参会人员名单"
    html = render_to_string("documents/papers/reviews/attendance.html", context)
    return Paper(title=title, parts=(Part(title="参会人员名单", html=html),))
