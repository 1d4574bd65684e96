"""指标完成情况: organization × figure with what the year asks for, on a page, in Excel and on paper (S-217, S-197)."""

import io
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.pages import page_of
from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook
from documents.actions.documents import request_document
from reporting.forms.indicators import IndicatorFilterForm
from reporting.models import Cycle, SchemeFigure
from reporting.models.indicators import BoardRow, asked_figures, board_rows, board_totals
from reporting.permissions import can_edit_scheme
from reporting.views.key_tasks import get_reviewed_cycle

PAPER = "reporting.papers.indicators.content"
COLUMNS = tuple(
    NewColumn(heading, width=width)
    for heading, width in (
        ("单位代码", 12),
        ("单位", 24),
        ("领域", 12),
        ("数据", 28),
        ("单位（计量）", 10),
        ("本年度", 16),
        ("上年度", 16),
        ("比上年", 10),
        ("标准", 22),
        ("判断", 10),
        ("原因", 24),
        ("口径", 36),
        ("考核时段", 10),
    )
)


@require_GET
def indicator_board(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_reviewed_cycle(request, pk)
    form = IndicatorFilterForm(request.GET)
    figures, rows = _found(cycle, form)
    page = page_of(request, rows)
    context = {
        "cycle": cycle,
        "form": form,
        "figures": figures,
        "page_obj": page,
        "totals": board_totals(figures, rows),
        "has_figures": cycle.scheme.figures.exists(),
        "can_edit": can_edit_scheme(request.user, cycle.scheme) and not cycle.is_closed,
    }
    return render(request, "reporting/indicators/indicator_board.html", context)


def _found(cycle: Cycle, form: IndicatorFilterForm) -> tuple[list[SchemeFigure], list[BoardRow]]:
    """Figures with a standard, or all where asked for or where none has one; and the reporters that match."""
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    every = list(cycle.scheme.figures.all())
    indicators = [figure for figure in every if figure.operator]
    figures = every if wanted.get("every") or not indicators else indicators
    found = cycle.reporters.in_order()
    if wanted.get("q"):
        found = found.filter(
            Q(organization__name__icontains=wanted["q"]) | Q(organization__code__icontains=wanted["q"])
        )
    if wanted.get("domain"):
        found = found.filter(organization__domain=wanted["domain"])
    reporters = list(found)
    figures = asked_figures(figures, reporters)
    rows = board_rows(cycle, figures, reporters)
    verdict = wanted.get("verdict")
    if verdict == "none":
        return figures, [row for row in rows if not row.is_handed_in]
    return figures, [row for row in rows if not verdict or row.has(verdict)]


@require_GET
def indicator_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The board as it is filtered, one line for each figure of each organization; then the totals."""
    cycle = get_reviewed_cycle(request, pk)
    figures, rows = _found(cycle, IndicatorFilterForm(request.GET))
    heads = ("数据", "单位（计量）", "填写单位数", "合计", "无法计算", "达标", "未达标", "无法判断")
    columns = tuple(NewColumn(head, width=28 if at == 0 else 12) for at, head in enumerate(heads))
    totals = [
        (
            each.figure.name,
            each.figure.unit,
            each.filled,
            each.told or "—",
            each.total.skipped if each.total else "—",
            *(
                (each.verdicts.met, each.verdicts.not_met, each.verdicts.unknown)
                if each.figure.operator
                else ("—", "—", "—")
            ),
        )
        for each in board_totals(figures, rows)
    ]
    sheets = [NewSheet("各单位", COLUMNS, _lines(rows)), NewSheet("汇总", columns, totals)]
    name = f"{cycle.committee}{cycle.year}年度指标完成情况.xlsx"
    return FileResponse(io.BytesIO(write_workbook(sheets)), as_attachment=True, filename=name, content_type=XLSX)


def _lines(rows: list[BoardRow]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        organization = row.reporter.organization
        place = (organization.code, organization.name, str(organization.domain or ""))
        if not row.is_handed_in:
            yield (*place, "", "", "", "", "", "", "没有报送")
        for line in filter(None, row.cells):
            figure, judgement = line.figure, line.judgement
            yield (
                *place,
                figure.name,
                figure.unit,
                line.value,
                line.last_year or "",
                line.change,
                figure.standard.told if figure.standard else "",
                str(judgement.verdict.label) if judgement else "",
                judgement.reason if judgement else "",
                figure.definition,
                figure.period,
            )


@require_POST
def indicator_paper(request: HttpRequest, pk: int) -> HttpResponse:
    cycle = get_reviewed_cycle(request, pk)
    title = _("%(cycle)s指标完成情况") % {"cycle": cycle}
    request_document(paper=PAPER, subject=cycle, title=title, committee=cycle.committee, by=request.user)
    return redirect("reporting:indicator_board", pk)
