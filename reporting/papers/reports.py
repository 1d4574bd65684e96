"""The duty report on paper (S-74, S-79). The packet of a meeting is put together from `report_part`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html

from common.deadlines import chinese_date
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
    part = dataclasses.replace(part, html=part.html + _kept(report))
    return Paper(title=f"{part.title}（{report.reporter.organization.code}）", parts=(part,))


def _kept(report: DutyReport) -> str:
    """What proves that the sheet says what was accepted (S-74)."""
    version = report.last_version
    if version is None:
        return ""
    day = chinese_date(timezone.localtime(version.at).date())
    words = f"{version.get_state_display()}文本，第{version.number}版，{day}。校验值：{version.sha256}"
    return format_html('<p class="note">{}</p>', words)


def title_of(content: ReportContent) -> str:
    return f"{content.year}年度抓基层党建工作述职报告"


def _content_of(source: DutyReport | ReportContent | Mapping[str, Any]) -> ReportContent:
    if isinstance(source, ReportContent):
        return source
    if isinstance(source, DutyReport):
        return source.handed_in or source.content
    return ReportContent.from_json(source)
