"""书面述职材料: every accepted report in one volume, oral and written marked (S-183)."""

import dataclasses

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused
from reporting.papers.reports import report_part
from reviews.models import Meeting

from .meeting_context import meeting_context
from .packet import part_title, printable_reports
from .rehearsal_mark import marked


@marked
def content(meeting_id: int) -> Paper:
    """Raises PaperRefused while no report is accepted."""
    context = meeting_context(meeting_id)
    meeting: Meeting = context["meeting"]
    reporters = list(meeting.reporters)
    reports = printable_reports(reporters)
    if not reports:
        raise PaperRefused("还没有已采用的述职报告，采用以后才能汇编。")
    parts = [
        dataclasses.replace(
            report_part(reports[reporter.pk]),
            title=part_title(number, reporter),
            label=reporter.name,
        )
        for number, reporter in enumerate(reporters, start=1)
        if reporter.pk in reports
    ]
    context |= {"title": "述职报告汇编"}
    cover = render_to_string("documents/papers/reviews/cover.html", context)
    return Paper(title=f"{meeting.title}述职报告汇编", parts=tuple(parts), cover=cover, contents=True)
