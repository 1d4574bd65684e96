"""数据汇总: the figures of all reports added up; rough parts and what cannot be counted are said (S-197, S-71)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from overview.statistics.table import Row, Table
from reporting.models import Cycle
from reporting.models.indicators import board_rows, board_totals


def figure_table(cycle: Cycle) -> Table:
    figures = list(cycle.scheme.figures.all())
    totals = board_totals(figures, board_rows(cycle, figures, cycle.reporters.in_order()))
    url = reverse("reporting:indicator_board", args=[cycle.pk]) + "?every=on"
    return Table(
        "figures",
        _("数据汇总"),
        _(
            "各单位最后一次报送的述职报告中的履职数据相加。“约”“以上”表示其中有约数；“XX”“***”等没有写明的、"
            "单位不同的、读不出是多少的不相加，列为无法计算。比例和人均不相加。"
        ),
        (_("数据"), _("单位"), _("填写的单位"), _("合计"), _("无法计算")),
        [
            Row(
                total.figure.name,
                (total.figure.unit, total.filled, total.told or "—", total.total.skipped if total.total else "—"),
                url,
            )
            for total in totals
            if any(each.filled for each in totals)
        ],
    )
