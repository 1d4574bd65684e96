"""报告审核意见单: what was said when a report was given back, and what became of it (practice.md 3.1, S-74)."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from common.deadlines import chinese_date
from documents.rendering.paper import Paper, PaperRefused, Part
from reporting.models import ReportVersion
from reporting.rules.annotated import annotate
from reporting.rules.content import ReportContent
from reporting.rules.counts import count_report
from reporting.rules.reports import ReportState
from reporting.rules.validity import FindingKind, find_hints


@dataclasses.dataclass(frozen=True)
class Point:
    name: str
    words: str


def content(version_id: int) -> Paper:
    """The sheet of one return. Raises PaperRefused for a version that was not given back."""
    versions = ReportVersion.objects.select_related("report__reporter__cycle__committee", "by__person")
    version = versions.get(pk=version_id)
    if version.state != ReportState.RETURNED:
        raise PaperRefused("只有退回的报告才有审核意见单。")
    html = render_to_string("documents/papers/opinion.html", _facts(version))
    title = f"{version.report.reporter.organization.name}述职报告审核意见单"
    return Paper(title=f"{title}（{version.report.reporter.organization.code}）", parts=(Part(title=title, html=html),))


def _facts(version: ReportVersion) -> dict[str, Any]:
    report, text = version.report, version.as_content
    counts = count_report(text)
    number = report.versions.filter(state=ReportState.RETURNED, number__lte=version.number).count()
    again = report.versions.filter(state=ReportState.SUBMITTED, number__gt=version.number).order_by("number").first()
    notes = list(report.notes.filter(round=number).select_related("by__person"))
    placed = annotate(text, [note.anchor for note in notes]).notes
    return {
        "version": version,
        "report": report,
        "text": text,
        "round": number,
        "counts": counts,
        "points": _points(text, report.cycle.scheme.limits),
        "notes": [(place, notes[place.index]) for place in placed],
        "again": again,
        "returned_on": chinese_date(timezone.localtime(version.at).date()),
        "again_on": chinese_date(timezone.localtime(again.at).date()) if again else "",
    }


def _points(text: ReportContent, limits: Any) -> list[Point]:
    """审核要点: whether it is about oneself, answers last year, names problems, and what else was noticed."""
    hints = find_hints(text, limits)
    kinds = {hint.kind for hint in hints}
    answered = sum(bool(item.status and item.explanation.strip()) for item in text.carried)
    carried = f"共{len(text.carried)}项，已答复{answered}项" if text.carried else "上年度没有结转事项"
    return [
        Point("是否述“我”", "写“党委”多、写“我”少" if FindingKind.PERSONAL in kinds else "未见明显问题"),
        Point("上年整改", carried),
        Point("问题是否具体", f"写了{len(text.problems)}个问题，每个都写了原因"),
        *(Point("系统提示", hint.sentence) for hint in hints),
    ]
