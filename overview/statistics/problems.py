"""问题统计: by scope, source, novelty and category; each row leads to the problems it counts (S-209)."""

from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organization
from overview.statistics.table import Chart, Row, Table, total_row
from rectification.models import Problem
from rectification.rules.items import ProblemSource
from rectification.rules.problems import ProblemNovelty, ProblemScope
from reporting.models import Cycle


def problem_tables(cycle: Cycle, most: int | None) -> list[Table]:
    """Counted once by everything at once: sums are cheap, reading a year's problems again is not."""
    groups = [
        Group(*row)
        for row in Problem.objects.filter(cycle=cycle)
        .order_by()
        .values_list("scope", "source", "novelty", "category")
        .annotate(n=Count("pk"))
    ]
    return [
        _by(cycle, groups, "scope", _("问题统计（共性、个性）"), ProblemScope.choices),
        _by(cycle, groups, "source", _("问题统计（按来源）"), ProblemSource.choices),
        _by(cycle, groups, "novelty", _("问题统计（新老问题）"), ProblemNovelty.choices),
        _by_category(cycle, groups),
        _by_organization(cycle),
    ]


class Group(NamedTuple):
    scope: str
    source: str
    novelty: str
    category: str
    number: int


def _by(cycle: Cycle, groups: list[Group], field: str, title: str, choices: list[tuple[str, str]]) -> Table:
    found: Counter[str] = Counter()
    for group in groups:
        found[getattr(group, field)] += group.number
    url = reverse("rectification:problem_list", args=[cycle.pk])
    rows = [Row(str(label), (found[code],), f"{url}?{field}={code}") for code, label in choices if found[code]]
    return Table(
        f"problems_{field}",
        title,
        _("本年度登记的全部问题，共性问题本身和各单位的问题都计入；点开是这一类问题的清单。"),
        (_("类别"), _("问题数")),
        rows,
        total_row(_("合计"), rows) if rows else None,
        Chart("bar", (0,)),
    )


def _by_category(cycle: Cycle, groups: list[Group]) -> Table:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        found[group.category][group.scope] += group.number
    url = reverse("rectification:problem_list", args=[cycle.pk])
    rows = [
        Row(
            category or _("未分类"),
            (scopes[ProblemScope.INDIVIDUAL], scopes[ProblemScope.COMMON], scopes.total()),
            f"{url}?category={category or '-'}",
        )
        for category, scopes in sorted(found.items(), key=lambda each: (-each[1].total(), each[0]))
    ]
    return Table(
        "problems_category",
        _("问题统计（按类别）"),
        _("问题类别由组织部门归类；没有归类的列为“未分类”。"),
        (_("类别"), _("个性问题"), _("共性问题"), _("合计")),
        rows,
        total_row(_("合计"), rows) if rows else None,
        Chart("stacked", (0, 1)),
    )


def _by_organization(cycle: Cycle) -> Table:
    """The twenty with the most; all of them are in the list of problems."""
    found = (
        Problem.objects.filter(cycle=cycle, organization__isnull=False)
        .order_by()
        .values("organization")
        .annotate(total=Count("pk"), old=Count("pk", filter=~Q(novelty=ProblemNovelty.NEW)))
        .order_by("-total", "organization")[:20]
    )
    names = Organization.objects.in_bulk([each["organization"] for each in found])
    url = reverse("rectification:problem_list", args=[cycle.pk])
    rows = [
        Row(
            names[each["organization"]].label,
            (each["total"], each["old"]),
            f"{url}?organization={each['organization']}",
        )
        for each in found
    ]
    return Table(
        "problems_organization",
        _("问题最多的单位"),
        _("按问题数由多到少列前20个单位；老问题包括老问题的新表现。"),
        (_("单位"), _("问题数"), _("其中老问题")),
        rows,
    )
