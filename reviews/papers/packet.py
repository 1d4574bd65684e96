"""评议材料: one volume for a leader before the meeting (S-184).

A part for each report and one for what the year says beside it, so that a change in one report
leaves every other part as it was laid out.
"""

import dataclasses
from typing import Any

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from rectification.models import Commitment
from rectification.models.usual_performance import evidence_for
from rectification.rules.items import UNFINISHED
from reporting.models import DutyReport, Reporter, ReportVersion
from reporting.papers.reports import report_part
from reporting.rules.content import ReportContent
from reviews.models import Meeting

from . import agenda
from .meeting_context import meeting_context
from .rehearsal_mark import marked

COMMENT_LINES = range(8)


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    meeting: Meeting = context["meeting"]
    reporters = list(meeting.reporters.select_related("organization__domain"))
    context |= {"reporters": reporters, "title": "述职评议材料"}
    parts = [
        dataclasses.replace(agenda.content(meeting_id).parts[0], title="会议议程"),
        Part("述职人名单", render_to_string("documents/papers/reviews/reporters.html", context)),
        *_reporter_parts(meeting, reporters),
    ]
    cover = render_to_string("documents/papers/reviews/cover.html", context)
    return Paper(title=f"{meeting.title}评议材料", parts=tuple(parts), cover=cover, contents=True)


def _reporter_parts(meeting: Meeting, reporters: list[Reporter]) -> list[Part]:
    usual = evidence_for([reporter.organization for reporter in reporters], meeting.cycle)
    promises = last_promises(meeting, reporters)
    reports = printable_reports(reporters)
    dimensions = meeting.cycle.scheme.dimension_sets()
    parts = []
    for number, reporter in enumerate(reporters, start=1):
        report = reports.get(reporter.pk)
        records = usual[reporter.organization_id]
        facts = {
            "number": number,
            "reporter": reporter,
            "report": report,
            "usual": records,
            "open_items": [item for item in records.items if item.state in UNFINISHED],
            "promise": promises.get(reporter.organization_id),
            "year": meeting.cycle.year,
            "dimensions": dimensions.of(reporter.organization),
            "lines": COMMENT_LINES,
        }
        title, label = part_title(number, reporter), reporter.name
        dossier = render_to_string("documents/papers/reviews/dossier.html", facts)
        if report is None:
            parts.append(Part(title, dossier, label, starts_right=True))
        else:
            parts.append(dataclasses.replace(report_part(report), title=title, label=label))
            parts.append(Part("", dossier))
    return parts


def part_title(number: int, reporter: Reporter) -> str:
    """Three organizations may have one name, so the number stands before it (S-05)."""
    return f"{number}．{reporter.organization.name}（{reporter.get_mode_display()}）"


def printable_reports(reporters: list[Reporter]) -> dict[int, ReportContent]:
    """Accepted reports as they were handed in, by reporter; what is not accepted is not yet the office's paper."""
    reports = DutyReport.objects.ready_for_print().with_reporters().filter(reporter__in=reporters)
    versions = ReportVersion.objects.filter(report__in=reports).order_by("number")
    latest = {version.report_id: version for version in versions}
    return {
        report.reporter_id: latest[report.pk].as_content if report.pk in latest else report.content
        for report in reports
    }


def last_promises(meeting: Meeting, reporters: list[Reporter]) -> dict[int, Commitment]:
    """The promise of the year before, by organization."""
    found = Commitment.objects.filter(
        list__reporter__organization__in=[reporter.organization_id for reporter in reporters],
        list__reporter__cycle__committee=meeting.committee,
        list__reporter__cycle__year=meeting.cycle.year - 1,
    ).select_related("post__person", "list__reporter__cycle")
    by_organization: dict[int, Any] = {promise.list.reporter.organization_id: promise for promise in found}
    return by_organization
