"""评分表: a blank form with everybody and every dimension, for raters without a phone (S-191)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reporting.models import DimensionSets, Reporter, ScoreDimension

from .meeting_context import meeting_context
from .rehearsal_mark import marked

Row = tuple[int, Reporter]


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    meeting = context["meeting"]
    scheme = meeting.cycle.scheme
    context |= {
        "groups": groups_of(list(meeting.reporters), scheme.dimension_sets()),
        "categories": list(scheme.categories.named()),
        "scheme": scheme,
        "grades": list(scheme.grades.all()),
    }
    html = render_to_string("documents/papers/reviews/paper_form.html", context)
    return Paper(title=f"{meeting.title}评分表", parts=(Part("评分表", html),))


def groups_of(reporters: list[Reporter], sets: DimensionSets) -> list[tuple[list[ScoreDimension], list[Row]]]:
    """One table for each set of dimensions; reporters keep their number in the meeting (S-120)."""
    tables: dict[int, tuple[list[ScoreDimension], list[Row]]] = {}
    for number, reporter in enumerate(reporters, start=1):
        lines = sets.of(reporter.organization)
        tables.setdefault(id(lines), (lines, []))[1].append((number, reporter))
    return list(tables.values())
