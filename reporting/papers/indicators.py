"""指标完成情况 on turned sheets: organization × indicator, as many columns at a time as a sheet holds (S-217)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from reporting.models import Cycle
from reporting.models.indicators import asked_figures, board_rows, board_totals

COLUMNS = 6


def content(cycle_id: int) -> Paper:
    """Raises PaperRefused while there is nothing to show."""
    cycle = Cycle.objects.select_related("committee", "scheme").get(pk=cycle_id)
    every = list(cycle.scheme.figures.select_related("domain"))
    figures = [figure for figure in every if figure.operator] or every
    if not figures:
        raise PaperRefused("考核方案没有列出履职数据，不能打印。")
    reporters = list(cycle.reporters.in_order())
    figures = asked_figures(figures, reporters)
    rows = board_rows(cycle, figures, reporters)
    if not any(row.is_handed_in for row in rows):
        raise PaperRefused("还没有单位报送述职报告，报送以后才能打印。")
    title = f"{cycle.committee}{cycle.year}年度指标完成情况"
    sheets = [
        {
            "totals": board_totals(figures, rows)[at : at + COLUMNS],
            "rows": [(row, row.cells[at : at + COLUMNS]) for row in rows],
        }
        for at in range(0, len(figures), COLUMNS)
    ]
    context = {
        "title": title,
        "figures": figures,
        "sheets": sheets,
        "has_standards": any(figure.operator for figure in figures),
    }
    html = render_to_string("documents/papers/reporting/indicators.html", context)
    return Paper(title=title, parts=(Part(title=title, html=html),), grid=False)
