"""统计图表 on paper: each table with its picture drawn by pygal, in black and white as well (S-206 to S-214)."""

import base64

import pygal
from django.template.loader import render_to_string
from pygal.style import Style

from documents.rendering.paper import Paper, PaperRefused, Part
from overview.statistics import CHAPTERS, MOST_ROWS
from overview.statistics.table import Table
from reporting.models import Cycle

# Grey to dark, so that a black-and-white print tells the parts apart.
STYLE = Style(
    background="transparent",
    plot_background="transparent",
    font_family="GW FangSong",
    colors=("#1f2328", "#8a8a8a", "#c9c9c9", "#5d5d5d", "#e6e6e6", "#a5a5a5"),
    label_font_size=15,
    major_label_font_size=15,
    legend_font_size=15,
    value_font_size=13,
)
MOST_BARS = 24  # what fits on a page


def content(cycle_id: int) -> Paper:
    """Raises PaperRefused while there is nothing to count."""
    cycle = Cycle.objects.select_related("committee", "scheme").get(pk=cycle_id)
    parts = [part for chapter in CHAPTERS if (part := _part(str(chapter.title), chapter.tables(cycle, MOST_ROWS)))]
    if not parts:
        raise PaperRefused("还没有可以统计的数据。")
    return Paper(title=f"{cycle}统计", parts=tuple(parts), contents=len(parts) > 1, grid=False)


def _part(title: str, tables: list[Table]) -> Part | None:
    shown = [(table, drawn(table)) for table in tables if not table.is_empty]
    if not shown:
        return None
    html = render_to_string("documents/papers/overview/statistics.html", {"title": title, "tables": shown})
    return Part(title=title, html=html)


def drawn(table: Table) -> str:
    """The picture as a data address; empty where the table has none or too many rows for a page."""
    picture = table.picture
    if picture is None or picture["kind"] == "heat" or len(picture["categories"]) > MOST_BARS:
        return ""
    kind = pygal.HorizontalStackedBar if picture["kind"] == "stacked" else pygal.HorizontalBar
    chart = kind(
        style=STYLE,
        js=[],
        width=900,
        height=max(120 + 34 * len(picture["categories"]), 220),
        print_values=True,
        value_formatter=lambda value: str(int(value)) if value else "",
        show_legend=len(picture["series"]) > 1,
        legend_at_bottom=True,
        legend_at_bottom_columns=len(picture["series"]),
        margin=10,
        margin_left=70,  # the library cuts wide Chinese labels otherwise
        truncate_label=-1,
    )
    # Drawn from below: the first row of the table comes on top.
    # Names may be translated late; the library writes them into its drawing as they are.
    chart.x_labels = [str(name) for name in picture["categories"][::-1]]
    for series in picture["series"]:
        chart.add(str(series["name"]), series["data"][::-1])
    svg = chart.render(disable_xml_declaration=True, is_unicode=False)
    data = svg.encode() if isinstance(svg, str) else svg
    return f"data:image/svg+xml;base64,{base64.b64encode(data).decode()}"
