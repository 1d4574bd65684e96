"""可复制可推广的成果: what closed projects leave for others, on a page and as Excel (S-42)."""

import io

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import clock
from common.pages import page_of
from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook
from reporting.forms.replicable_results import ReplicableResultFilterForm
from reporting.models import Project

COLUMNS = tuple(
    NewColumn(heading, width=width)
    for heading, width in (
        ("年度", 8),
        ("单位代码", 12),
        ("单位", 24),
        ("领域", 12),
        ("项目名称", 30),
        ("领办人", 12),
        ("拟解决的问题", 40),
        ("内容措施", 40),
        ("结项成效", 50),
    )
)


@require_GET
def replicable_result_list(request: HttpRequest) -> HttpResponse:
    form = ReplicableResultFilterForm(request.GET)
    results = form.filtered(Project.objects.visible_to(request.user).replicable().for_table())
    context = {"form": form, "page_obj": page_of(request, results)}
    return render(request, "reporting/replicable_results/replicable_result_list.html", context)


@require_GET
def replicable_result_export(request: HttpRequest) -> HttpResponseBase:
    """The list as it is filtered."""
    form = ReplicableResultFilterForm(request.GET)
    results = form.filtered(Project.objects.visible_to(request.user).replicable().for_table())
    sheet = NewSheet(_("可推广成果"), COLUMNS, map(_line, results))
    name = _("可复制可推广的成果（%(day)s）.xlsx") % {"day": clock.today()}
    return FileResponse(io.BytesIO(write_workbook([sheet])), as_attachment=True, filename=name, content_type=XLSX)


def _line(project: Project) -> tuple[str | int, ...]:
    organization = project.organization
    return (
        project.cycle.year,
        organization.code,
        organization.name,
        organization.domain.name if organization.domain else "",
        project.title,
        project.leader.person.name if project.leader else "",
        project.problem,
        project.measures,
        project.outcome,
    )
