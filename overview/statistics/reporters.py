"""述职人数: the same three numbers by domain, kind and level, and how the reports came in (S-206, S-214)."""

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from common import clock
from overview.statistics.table import Chart, Row, Table, domain_label, share, total_row
from reporting.models import Cycle
from reporting.models.cycles import standing_condition
from reporting.rules.cycles import ReportMode
from reporting.rules.reports import Standing

NAMES = {
    "organization__domain__name": {},
    "organization__kind": dict(OrganizationKind.choices),
    "organization__level": dict(OrganizationLevel.choices),
}


def reporter_tables(cycle: Cycle) -> list[Table]:
    by = (
        ("reporters_domain", _("述职人数（按领域）"), "organization__domain__name"),
        ("reporters_kind", _("述职人数（按党组织类型）"), "organization__kind"),
        ("reporters_level", _("述职人数（按层级）"), "organization__level"),
    )
    return [_headcount(cycle, *each) for each in by]


def _headcount(cycle: Cycle, key: str, title: str, field: str) -> Table:
    counts = {mode: Count("pk", filter=Q(mode=mode)) for mode in ReportMode.values}
    found = cycle.reporters.order_by().values(field).annotate(total=Count("pk"), **counts).order_by("-total", field)
    rows = [
        Row(
            domain_label(NAMES[field].get(each[field], each[field])),
            (each[ReportMode.ORAL], each[ReportMode.WRITTEN], each["total"]),
        )
        for each in found
    ]
    return Table(
        key,
        title,
        _("大会述职和书面述职人数之和为合计。"),
        (_("类别"), _("大会述职"), _("书面述职"), _("合计")),
        rows,
        total_row(_("合计"), rows) if rows else None,
        Chart("stacked", (0, 1)),
    )


def filing_table(cycle: Cycle) -> Table:
    today = clock.today()
    late = standing_condition(Standing.LATE, today)
    missing = standing_condition(Standing.MISSING, today)
    found = (
        cycle.reporters.order_by()
        .values("organization__domain__name", "organization__domain")
        .annotate(
            total=Count("pk"),
            missing=Count("pk", filter=missing),
            late=Count("pk", filter=late & ~missing),
            returned=Sum("report__rounds"),
        )
        .order_by("-total")
    )
    rows = [
        Row(
            domain_label(each["organization__domain__name"]),
            (
                each["total"],
                each["total"] - each["missing"] - each["late"],
                each["late"],
                each["missing"],
                each["returned"] or 0,
                share(each["total"] - each["missing"] - each["late"], each["total"]),
            ),
            f"{reverse('reporting:cycle_show', args=[cycle.pk])}?domain={each['organization__domain']}",
        )
        for each in found
    ]
    return Table(
        "filing",
        _("报告报送情况"),
        _("按时、逾期指第一次报送的时间；未报包括还在起草的；退回次数是各单位退回重报次数之和；按时率＝按时÷应报。"),
        (_("领域"), _("应报"), _("按时"), _("逾期"), _("未报"), _("退回次数"), _("按时率")),
        rows,
        _with_rate(total_row(_("合计"), rows)) if rows else None,
        Chart("stacked", (1, 2, 3)),
    )


def _with_rate(row: Row) -> Row:
    expected, in_time = (int(value) for value in row.values[:2])
    return Row(row.label, (*row.values[:-1], share(in_time, expected)))
