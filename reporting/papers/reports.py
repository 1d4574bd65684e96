"""The duty report on paper (S-74, S-79). The packet of a meeting is put together from `report_part`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from reporting.models import DutyReport
from reporting.rules.content import ReportContent
from reporting.rules.reading import reading


def report_part(source: DutyReport | ReportContent | Mapping[str, Any]) -> Part:
    """One report as a part of a paper, starting on a right-hand page.

    `source` is a report (what was handed in last is printed, never the draft), its content, or the
    JSON of a `ReportVersion`.
    """
    content = _content_of(source)
    html = render_to_string("documents/papers/report.html", {"title": title_of(content), "reading": reading(content)})
    return Part(
        title=f"{content.organization}{content.year}年度抓基层党建工作述职报告",
        html=html,
        label=f"{content.post}　{content.name}",
        starts_right=True,
    )


def content(reporter_id: int) -> Paper:
    """A single report. Raises PaperRefused until the text is accepted."""
    report = DutyReport.objects.with_reporters().filter(reporter=reporter_id).first()
    if report is None or not report.is_printable:
        raise PaperRefused("报告还没有审核采用，采用以后才能打印。")
    part = report_part(report)
    return Paper(title=f"{part.title}（{report.reporter.organization.code}）", parts=(part,))


def title_of(content: ReportContent) -> str:
    return f"{content.year}年度抓基层党建工作述职报告"


def _content_of(source: DutyReport | ReportContent | Mapping[str, Any]) -> ReportContent:
    if isinstance(source, ReportContent):
        return source
    if isinstance(source, DutyReport):
        return source.handed_in or source.content
    return ReportContent.from_json(source)
