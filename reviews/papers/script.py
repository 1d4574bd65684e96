"""The hosting script as it stands: edited words, or composed from today's facts (S-182)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reviews.models.scripts import current_script

from .meeting_context import meeting_context
from .rehearsal_mark import marked


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    facts = context["facts"]
    context["text"] = current_script(facts).text
    html = render_to_string("documents/papers/reviews/script.html", context)
    return Paper(title=f"{facts.meeting.title}主持词", parts=(Part(title="主持词", html=html),))
