"""等次分布: by domain and level, and against the year before (S-208)."""

from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.rules.organizations import OrganizationLevel
from overview.statistics.table import Chart, Row, Table, domain_label, total_row
from reporting.models import Cycle

LEVELS = dict(OrganizationLevel.choices)


def grade_tables(cycle: Cycle) -> list[Table]:
    return [
        _distribution(cycle, "grades_domain", _("等次分布（按领域）"), "organization__domain__name"),
        _distribution(cycle, "grades_level", _("等次分布（按层级）"), "organization__level"),
        _against_last_year(cycle),
    ]


def _labels(cycle: Cycle) -> dict[str, str]:
    return dict(cycle.scheme.grades.values_list("code", "label"))


def _distribution(cycle: Cycle, key: str, title: str, field: str) -> Table:
    labels = _labels(cycle)
    counts: dict[str, Counter[str]] = {}
    found = cycle.reporters.order_by().values_list(field, "result__decided_grade__code").annotate(n=Count("pk"))
    for name, code, number in found:
        counts.setdefault(domain_label(LEVELS.get(name, name)), Counter())[code or ""] += number
    rows = [
        Row(name, (*(found[code] for code in labels), found[""], sum(found.values())))
        for name, found in sorted(counts.items(), key=lambda each: -sum(each[1].values()))
    ]
    return Table(
        key,
        title,
        _("以党委审定的等次为准；未审定的列入“未定”。各等次与未定之和等于述职人数。"),
        (_("类别"), *labels.values(), _("未定"), _("合计")),
        rows,
        total_row(_("合计"), rows) if rows else None,
        Chart("stacked", tuple(range(len(labels) + 1))),
    )


def _against_last_year(cycle: Cycle) -> Table:
    before = Cycle.objects.filter(committee=cycle.committee_id, year=cycle.year - 1).first()
    last = _by_grade(before) if before else None
    counts = {**({cycle.year - 1: last} if last else {}), cycle.year: _by_grade(cycle)}
    rows = [Row(label, tuple(count[code] for count in counts.values())) for code, label in _labels(cycle).items()]
    counted = _("两年都以党委审定的等次为准；按等次代码对应，名称用本年度的。")
    return Table(
        "grades_years",
        _("等次分布与上年比较"),
        counted if last else _("上年度没有审定的等次，只列本年度。"),
        (_("等次"), *(_("%(year)s年度") % {"year": year} for year in counts)),
        rows,
        total_row(_("合计"), rows),
        Chart("bar", tuple(range(len(counts)))),
    )


def _by_grade(cycle: Cycle) -> Counter[str]:
    found = cycle.reporters.filter(result__decided_grade__isnull=False).order_by()
    return Counter(dict(found.values_list("result__decided_grade__code").annotate(n=Count("pk"))))
