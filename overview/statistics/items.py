"""整改完成情况: by domain, by organization and quarter, how long what is overdue has been so (S-210, S-216)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Domain, Organization
from common import clock
from overview.statistics.table import Chart, Row, Table, domain_label, share, total_row
from rectification.models import RectificationItem, RectificationList, Verification
from rectification.rules.items import ItemState
from reporting.models import Cycle
from reporting.rules.key_tasks import QUARTERS, quarter_end

# Rows of a sum by group, as the database gives them: the names of the group, and `n`.
Groups = Iterable[dict[str, Any]]
DOMAIN = "list__reporter__organization__domain"
AGES = ((1, 7), (8, 30), (31, 90), (91, None))


def item_tables(cycle: Cycle, most: int | None) -> list[Table]:
    items = RectificationItem.objects.filter(list__reporter__cycle=cycle).order_by()
    # All of them are read once, for the states and for what is late: reading 20,000 is what takes the time.
    counted = items.with_late_date(clock.today()).values("state", "late_date", domain=F(DOMAIN))
    groups = list(counted.annotate(n=Count("pk")))
    return [_by_domain(cycle, groups), _by_quarter(cycle, most), _ageing(cycle, groups)]


def _by_domain(cycle: Cycle, groups: Groups) -> Table:
    sums: dict[int | None, Counter[str]] = defaultdict(Counter)
    for each in groups:
        sums[each["domain"]][each["state"]] += each["n"]
        sums[each["domain"]]["late"] += each["n"] if each["late_date"] else 0
    url = f"{reverse('rectification:item_list')}?cycle={cycle.pk}"
    domains = Domain.objects.filter(pk__in=[pk for pk in sums if pk])
    rows = [Row(each.name, _domain_values(sums[each.pk]), f"{url}&domain={each.pk}") for each in domains]
    if None in sums:
        rows.append(Row(domain_label(None), _domain_values(sums[None])))
    rows.sort(key=lambda row: -int(row.values[0]))
    return Table(
        "items_domain",
        _("整改完成情况"),
        _("完成率＝已销号÷总数。逾期包含在整改中之内，没有日期的时限不计逾期；转入下年的不算完成。"),
        (_("领域"), _("总数"), _("已销号"), _("整改中"), _("其中逾期"), _("已结转下年"), _("完成率")),
        rows,
        _with_share(total_row(_("合计"), rows)) if rows else None,
        Chart("stacked", (1, 2, 4)),
    )


def _domain_values(found: Counter[str]) -> tuple[int | str, ...]:
    total, closed, carried = sum(found[state] for state in ItemState), found[ItemState.CLOSED], found[ItemState.CARRIED]
    return total, closed, total - closed - carried, found["late"], carried, share(closed, total)


def _with_share(row: Row) -> Row:
    total, closed = row.values[:2]
    return Row(row.label, (*row.values[:-1], share(int(closed), int(total))))


def _by_quarter(cycle: Cycle, most: int | None) -> Table:
    """Share of the items closed by the end of each quarter of the year in which the list is worked on."""
    lists = RectificationList.objects.filter(reporter__cycle=cycle).order_by("reporter__mode", "reporter__order", "pk")
    names = [f"reporter__organization__{field}" for field in ("name", "code")]
    shown = list(lists.select_related("reporter__organization").only("reporter__cycle", *names)[:most])
    items = RectificationItem.objects.filter(list__in=[each.pk for each in shown]).order_by()
    totals = dict(items.values_list("list").annotate(n=Count("pk")))
    closed = _closing_days(items)
    year, today = cycle.year + 1, clock.today()
    begun = [quarter for quarter in QUARTERS if dt.date(year, quarter * 3 - 2, 1) <= today]

    def cell(pk: int, quarter: int) -> str:
        days = closed[pk]
        return share(sum(day <= quarter_end(year, quarter) for day in days), totals[pk]) if quarter in begun else ""

    rows = [
        Row(each.organization.label, tuple(cell(each.pk, quarter) for quarter in QUARTERS))
        for each in shown
        if each.pk in totals
    ]
    return Table(
        "items_quarter",
        _("各单位分季度整改进度"),
        _("到每季度末累计已销号的事项占本单位事项总数的比例；页面按述职顺序列前60个单位，Excel列全部。"),
        (_("单位"), *(_("%(n)s季度末") % {"n": number} for number in "一二三四")),
        rows,
        None,
        Chart("heat", (0, 1, 2, 3)),
    )


def _closing_days(items: QuerySet[RectificationItem]) -> dict[int, list[dt.date]]:
    """By list, the day on which each closed item passed."""
    found: dict[int, list[dt.date]] = defaultdict(list)
    passed = Verification.objects.filter(
        item__in=items.filter(state=ItemState.CLOSED), outcome=Verification.Outcome.PASSED
    ).order_by()
    for _item, list_pk, at in passed.values_list("item", "item__list").annotate(day=Max("at")):
        found[list_pk].append(clock.local_day(at))
    return found


def _ageing(cycle: Cycle, groups: Groups) -> Table:
    today = clock.today()
    ages: Counter[int] = Counter()
    for each in groups:
        if each["late_date"]:
            ages[(today - each["late_date"]).days] += each["n"]
    url = f"{reverse('rectification:overdue_list')}?cycle={cycle.pk}"
    rows = [
        Row(
            _("%(first)s—%(last)s天") % {"first": first, "last": last}
            if last
            else _("%(first)s天以上") % {"first": first},
            (sum(number for age, number in ages.items() if first <= age <= (last or age)),),
            url,
        )
        for first, last in AGES
    ]
    return Table(
        "items_ageing",
        _("逾期时间"),
        _("从整改时限的次日起算到今天。"),
        (_("逾期"), _("事项数")),
        rows,
        total_row(_("合计"), rows),
        Chart("bar", (0,)),
    )


def tree_table(cycle: Cycle, most: int | None) -> Table:
    """The committee and what lies below it, level by level, each with what its whole branch has closed (S-216)."""
    top = cycle.committee.path or ""
    cycles = Cycle.objects.filter(year=cycle.year, committee__path__startswith=top)
    lists = RectificationList.objects.filter(reporter__cycle__in=cycles).order_by()
    counted = (
        RectificationItem.objects.filter(list__in=lists)
        .order_by()
        .values_list("list")
        .annotate(total=Count("pk"), closed=Count("pk", filter=Q(state=ItemState.CLOSED)))
    )
    paths = dict(lists.values_list("pk", "reporter__organization__path"))
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for pk, total, closed in counted:
        for branch in branches(paths[pk], top):
            totals[branch][0] += total
            totals[branch][1] += closed
    shown = sorted(totals)[:most]
    organizations = {each.path: each for each in Organization.objects.filter(path__in=shown)}
    rows = [
        Row(
            f"{'　' * (path.count('/') - top.count('/'))}{organizations[path].label}",
            (*totals[path], share(totals[path][1], totals[path][0])),
        )
        for path in shown
    ]
    return Table(
        "items_tree",
        _("各级整改完成情况"),
        _("每一级包括它下面各级的事项，上级合计等于下级之和；页面列前60个单位，Excel列全部。"),
        (_("党组织"), _("总数"), _("已销号"), _("完成率")),
        rows,
        None,
        Chart("shade", (2,)),
    )


def branches(path: str, top: str) -> list[str]:
    """The path and those above it, up to `top`: 1/2/3/ under 1/ gives 1/, 1/2/, 1/2/3/."""
    parts = path.removeprefix(top).split("/")[:-1]
    return [top + "".join(f"{part}/" for part in parts[:number]) for number in range(len(parts) + 1)]
