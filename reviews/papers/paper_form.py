"""评分表: a blank form with everybody and every dimension, for raters without a phone (S-191)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reviews.models.sheets import sheet_for

from .meeting_context import meeting_context
from .rehearsal_mark import marked


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    meeting = context["meeting"]
    sheet = sheet_for(meeting, meeting.reporters, anonymous=False)
    context |= {
        "sheet": sheet,
        "groups": sheet.groups,
        "grades": [grade.label for grade in sheet.grades],
        "ticked": sheet.mode == "grade" or sheet.overall,
        "categories": list(meeting.cycle.scheme.categories.named()),
    }
    html = render_to_string("documents/papers/reviews/paper_form.html", context)
    return Paper(title=f"{meeting.title}评分表", parts=(Part("评分表", html, numbered=False),))
