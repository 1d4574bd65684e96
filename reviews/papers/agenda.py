"""The public agenda (S-181). No cues here; they belong to the host (S-101)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reviews.rules.agenda import without_cues

from .meeting_context import meeting_context
from .rehearsal_mark import marked


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    facts = context["facts"]
    notes = {line.item.pk: without_cues(line.item.note) for line in facts.items}
    context["lines"] = [(line, notes[line.item.pk]) for line in facts.items]
    html = render_to_string("documents/papers/reviews/agenda.html", context)
    return Paper(title=f"{facts.meeting.title}议程", parts=(Part(title="议程", html=html),))
