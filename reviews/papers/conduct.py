"""会议须知, to lie on each seat."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reviews.rules.conduct import conduct_lines

from .meeting_context import meeting_context
from .rehearsal_mark import marked


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    meeting, scheme = context["meeting"], context["meeting"].cycle.scheme
    context["lines"] = conduct_lines(
        meeting.conduct, report_minutes=scheme.report_minutes, comment_minutes=scheme.comment_minutes
    )
    html = render_to_string("documents/papers/reviews/conduct.html", context)
    return Paper(title=f"{meeting.title}会议须知", parts=(Part("会议须知", html),))
