"""评分表: a blank form with everybody and every dimension, for raters without a phone (S-191)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part

from .meeting_context import meeting_context


def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    meeting = context["meeting"]
    scheme = meeting.cycle.scheme
    context |= {
        "reporters": list(meeting.reporters),
        "dimensions": list(scheme.dimensions.all()),
        "categories": list(scheme.categories.all()),
    }
    html = render_to_string("documents/papers/reviews/paper_form.html", context)
    return Paper(title=f"{meeting.title}评分表", parts=(Part("评分表", html),))
