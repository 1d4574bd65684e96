"""督查情况: how often each organization was looked into, by form, in the assessed year (S-168)."""

from collections import defaultdict

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from overview.statistics.table import Chart, Row, Table, total_row
from rectification.models import Inspection
from rectification.rules.items import InspectionKind
from reporting.models import Cycle


def inspection_tables(cycle: Cycle, most: int | None) -> list[Table]:
    return [_by_kind(cycle), _by_organization(cycle, most)]


def _inspections(cycle: Cycle):
    return Inspection.objects.filter(committee=cycle.committee_id, date__year=cycle.year).order_by()


def _by_kind(cycle: Cycle) -> Table:
    found = dict(_inspections(cycle).values_list("kind").annotate(n=Count("pk")))
    url = f"{reverse('rectification:inspection_list')}?year={cycle.year}"
    rows = [Row(str(label), (found.get(kind, 0),), f"{url}&kind={kind}") for kind, label in InspectionKind.choices]
    return Table(
        "inspections_kind",
        _("督查次数（按形式）"),
        _("本年度登记的督查记录，按督查日期计入年度。"),
        (_("督查形式"), _("次数")),
        rows,
        total_row(_("合计"), rows),
        Chart("bar", (0,)),
    )


def _by_organization(cycle: Cycle, most: int | None) -> Table:
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    found = _inspections(cycle).values_list("organization__name", "organization__code", "kind")
    for name, code, kind, number in found.annotate(n=Count("pk")):
        counts[code, name][kind] = number
    rows = [
        Row(
            f"{name}（{code}）",
            (*(kinds.get(kind, 0) for kind in InspectionKind.values), sum(kinds.values())),
            f"{reverse('rectification:inspection_list')}?year={cycle.year}&q={code}",
        )
        for (code, name), kinds in sorted(counts.items())[:most]
    ]
    return Table(
        "inspections_organization",
        _("督查次数（按单位）"),
        _("各种形式之和为合计；没有督查过的单位不列；页面列前60个单位，Excel列全部。"),
        (_("单位"), *(str(label) for label in InspectionKind.labels), _("合计")),
        rows,
        None,
    )
