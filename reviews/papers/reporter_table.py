"""述职对象一览表: everybody who reports at a meeting, with the columns of practice.md 3.1."""

from typing import Any

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reviews.models.draws import last_oral_years

from .meeting_context import meeting_context
from .rehearsal_mark import marked


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    meeting, facts = context["meeting"], context["facts"]
    reporters = list(meeting.reporters.select_related("organization__domain"))
    years = last_oral_years(meeting, reporters)
    turns = {line.slot.reporter_id: line.number for line in facts.slots}
    rows: list[dict[str, Any]] = [
        {"reporter": reporter, "last_oral": years.get(reporter.pk), "turn": turns.get(reporter.pk)}
        for reporter in reporters
    ]
    html = render_to_string("documents/papers/reviews/reporter_table.html", context | {"rows": rows})
    return Paper(title=f"{meeting.title}述职对象一览表", parts=(Part("述职对象一览表", html),))
