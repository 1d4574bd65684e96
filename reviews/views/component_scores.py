"""Typed scores by Excel: the template with what is stored, and the filled-in table back (S-124)."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from common.workbooks import XLSX, NewColumn, NewSheet, UnreadableWorkbook, read_workbook, write_workbook
from reporting.models import Cycle
from reporting.rules.schemes import ComponentInput
from reviews.actions.results import component_revision, save_component_scores
from reviews.forms.component_scores import ComponentScoreImportForm
from reviews.models.results import typed_scores
from reviews.permissions import can_manage_results
from reviews.rules.component_scores import CODE, ScoreTableRefused, read_score_table

from .refusals import refused
from .use_of_results import cycle_to_read

_MOST_BYTES, _MOST_ROWS = 5 * 1024 * 1024, 5000


def _cycle(request: HttpRequest, pk: int) -> Cycle:
    cycle = cycle_to_read(request, pk)
    if not can_manage_results(request.user, cycle):
        raise PermissionDenied
    return cycle


@require_GET
def component_score_template(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = _cycle(request, pk)
    components = list(cycle.scheme.components.filter(input=ComponentInput.TYPED))
    stored = typed_scores(cycle)
    rows = [
        [
            reporter.organization.code,
            str(reporter.organization.label),
            reporter.name,
            *(stored.get((reporter.pk, c.pk)) for c in components),
        ]
        for reporter in cycle.reporters.in_order()
    ]
    columns = (NewColumn(CODE, is_required=True), NewColumn("单位", width=28), NewColumn("述职人"))
    parts = tuple(NewColumn(c.name, "0到100，最多两位小数") for c in components)
    response = HttpResponse(write_workbook([NewSheet("得分", (*columns, *parts), rows)]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{cycle.year}-scores.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def component_score_import(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = _cycle(request, pk)
    form = ComponentScoreImportForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            scores = _read(cycle, form.cleaned_data["upload"])
        except (UnreadableWorkbook, ScoreTableRefused) as error:
            form.add_error("upload", getattr(error, "faults", None) or str(error))
        else:
            seen = component_revision(cycle)  # before the scores are read: what comes between is refused
            whole: dict[tuple[int, int], Decimal | None] = {**typed_scores(cycle), **scores}
            status = refused(form, lambda: save_component_scores(cycle, scores=whole, revision=seen, by=request.user))
            if not status:
                messages.success(request, _("已导入%(n)s个得分。") % {"n": len(scores)})
                return redirect("reviews:component_score_edit", pk)
    context = {"cycle": cycle, "form": form}
    return render(request, "reviews/results/component_score_import.html", context, status=status or 200)


def _read(cycle: Cycle, upload) -> dict[tuple[int, int], Decimal]:
    if upload.size > _MOST_BYTES:
        raise UnreadableWorkbook("文件太大，不能上传。")
    sheets = [sheet for sheet in read_workbook(upload.read(), most_rows=_MOST_ROWS) if not sheet.hidden and sheet.rows]
    rows = [(row.number, row.values) for row in sheets[0].rows] if sheets else []
    units = dict(cycle.reporters.values_list("organization__code", "pk"))
    parts = dict(cycle.scheme.components.filter(input=ComponentInput.TYPED).values_list("name", "pk"))
    return read_score_table(rows, units=units, parts=parts)
