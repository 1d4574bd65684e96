"""The texts of a report over time: any two compared, any one checked against its hash (S-74)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reporting.models import DutyReport, ReportVersion
from reporting.rules.comparison import compare_reports


@require_GET
def version_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions, and what changed between two of them: by default the last two that differ."""
    report = get_object_or_404(DutyReport.objects.visible_to(request.user).with_reporters(), reporter=pk)
    versions = list(report.versions.select_related("by__person"))
    before, after = _chosen(request, versions)
    comparison = compare_reports(before.as_content, after.as_content) if before and after else None
    context = {
        "report": report,
        "rows": list(same_texts(versions)),
        "before": before,
        "after": after,
        "comparison": comparison,
    }
    return render(request, "reporting/versions/version_list.html", context)


def same_texts(versions: list[ReportVersion]) -> list[tuple[ReportVersion, int | None]]:
    """Each version with the number of the first that had the very same text, newest first."""
    first: dict[str, int] = {}
    for version in reversed(versions):
        first.setdefault(version.sha256, version.number)
    return [(v, first[v.sha256] if first[v.sha256] != v.number else None) for v in versions]


def _chosen(request: HttpRequest, versions: list[ReportVersion]) -> tuple[ReportVersion | None, ReportVersion | None]:
    by_number = {str(version.number): version for version in versions}
    after = by_number.get(request.GET.get("after", ""), versions[0] if versions else None)
    different = next((v for v in versions if after and v.number < after.number and v.sha256 != after.sha256), None)
    before = by_number.get(request.GET.get("before", ""), different)
    if before and after and before.number > after.number:
        before, after = after, before
    return before, after


@require_POST
def version_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """核对: the hash is computed again from the kept text."""
    version = get_object_or_404(ReportVersion.objects.visible_to(request.user).select_related("report"), pk=pk)
    facts: dict[str, Any] = {"n": version.number, "sha256": version.sha256}
    if version.is_intact:
        messages.success(request, _("核对一致：第%(n)s版的内容与保存时相同，校验值 %(sha256)s。") % facts)
    else:
        messages.error(request, _("核对不一致：第%(n)s版的内容与保存时的校验值不符，请与系统管理员联系。") % facts)
    return redirect("reporting:report_version_show", pk)
