"""整改完成情况: by domain, by organization and quarter, how long what is overdue has been so (S-210, S-211)."""

import datetime as dt
from collections import defaultdict

from django.db.models import Count, F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organization
from common import clock
from overview.statistics.table import Chart, Row, Table, share, total_row
from rectification.models import RectificationItem, Verification
from rectification.rules.items import UNFINISHED, ItemKind, ItemState
from reporting.models import Cycle
from reporting.rules.key_tasks import QUARTERS, quarter_end

MOST_ORGANIZATIONS = 60  # of a picture that can still be read; all of them are in the list
MOST_BRANCHES = 300
AGES = ((1, 7), (8, 30), (31, 90), (91, None))


def item_tables(cycle: Cycle) -> list[Table]:
    return [_by_domain(cycle), _by_quarter(cycle), _ageing(cycle), tree_table(cycle)]


def _items(cycle: Cycle):
    return RectificationItem.objects.filter(list__reporter__cycle=cycle)


def _by_domain(cycle: Cycle) -> Table:
    late = Q(state__in=UNFINISHED, kind=ItemKind.DATED, due_date__lt=clock.today())
    found = (
        _items(cycle)
        .order_by()
        .values(name=F("list__reporter__organization__domain__name"), domain=F("list__reporter__organization__domain"))
        .annotate(
            total=Count("pk"),
            closed=Count("pk", filter=Q(state=ItemState.CLOSED)),
            open=Count("pk", filter=Q(state__in=UNFINISHED)),
            carried=Count("pk", filter=Q(state=ItemState.CARRIED)),
            late=Count("pk", filter=late),
        )
        .order_by("-total")
    )
    url = reverse("rectification:item_list")
    rows = [
        Row(
            each["name"],
            (
                each["total"],
                each["closed"],
                each["open"],
                each["late"],
                each["carried"],
                share(each["closed"], each["total"]),
            ),
            f"{url}?cycle={cycle.pk}&domain={each['domain']}",
        )
        for each in found
    ]
    return Table(
        "items_domain",
        _("整改完成情况"),
        _("完成率＝已销号÷总数。逾期包含在整改中之内，没有日期的时限不计逾期；转入下年的不算完成。"),
        (_("领域"), _("总数"), _("已销号"), _("整改中"), _("其中逾期"), _("已结转下年"), _("完成率")),
        rows,
        _with_share(total_row(_("合计"), rows)) if rows else None,
        Chart("stacked", (1, 2, 4)),
    )


def _with_share(row: Row) -> Row:
    total, closed = row.values[:2]
    return Row(row.label, (*row.values[:-1], share(int(closed), int(total))))


def _by_quarter(cycle: Cycle) -> Table:
    """Share of the items closed by the end of each quarter of the year in which the list is worked on."""
    year = cycle.year + 1
    totals: dict[int, int] = {}
    names: dict[int, str] = {}
    listed = (
        _items(cycle)
        .order_by()
        .values_list(
            "list__reporter__organization",
            "list__reporter__organization__name",
            "list__reporter__organization__code",
        )
    )
    for pk, name, code, number in listed.annotate(n=Count("pk")).order_by("list__reporter__order")[:MOST_ORGANIZATIONS]:
        totals[pk], names[pk] = number, f"{name}（{code}）"
    closed = _closing_days(cycle)
    today = clock.today()
    rows = [
        Row(
            names[pk],
            tuple(
                _closed_by(closed[pk], quarter_end(year, quarter), total) if _begun(year, quarter) <= today else ""
                for quarter in QUARTERS
            ),
        )
        for pk, total in totals.items()
    ]
    return Table(
        "items_quarter",
        _("各单位分季度整改进度"),
        _("到每季度末累计已销号的事项占本单位事项总数的比例；按述职顺序列前60个单位。"),
        (_("单位"), *(_("%(n)s季度末") % {"n": number} for number in "一二三四")),
        rows,
        None,
        Chart("heat", (0, 1, 2, 3)),
    )


def _begun(year: int, quarter: int) -> dt.date:
    return dt.date(year, quarter * 3 - 2, 1)


def _closing_days(cycle: Cycle) -> dict[int, list[dt.date]]:
    """By organization, the day on which each closed item passed."""
    found: dict[int, list[dt.date]] = defaultdict(list)
    passed = (
        Verification.objects.filter(
            item__list__reporter__cycle=cycle, item__state=ItemState.CLOSED, outcome=Verification.Outcome.PASSED
        )
        .order_by()
        .values_list("item", "item__list__reporter__organization")
        .annotate(day=Max("at"))
    )
    for _item, organization, at in passed:
        found[organization].append(at.date())
    return found


def _closed_by(days: list[dt.date], end: dt.date, total: int) -> str:
    return share(sum(day <= end for day in days), total)


def _ageing(cycle: Cycle) -> Table:
    today = clock.today()
    dates = list(_items(cycle).overdue(today).values_list("due_date", flat=True))
    ages = [(today - date).days for date in dates]
    url = f"{reverse('rectification:overdue_list')}?cycle={cycle.pk}"
    rows = [
        Row(
            _("%(first)s—%(last)s天") % {"first": first, "last": last}
            if last
            else _("%(first)s天以上") % {"first": first},
            (sum(first <= age <= (last or age) for age in ages),),
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


def tree_table(cycle: Cycle) -> Table:
    """The committee and what lies below it, level by level, each with what its whole branch has closed (S-216)."""
    counted = (
        RectificationItem.objects.filter(
            list__reporter__cycle__year=cycle.year, list__reporter__organization__path__startswith=cycle.committee.path
        )
        .order_by()
        .values_list("list__reporter__organization__path")
        .annotate(total=Count("pk"), closed=Count("pk", filter=Q(state=ItemState.CLOSED)))
    )
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path, total, closed in counted:
        for branch in _branches(path, cycle.committee.path or ""):
            totals[branch][0] += total
            totals[branch][1] += closed
    organizations = Organization.objects.filter(path__in=totals).order_by("path")[:MOST_BRANCHES]
    depth = len((cycle.committee.path or "").split("/"))
    rows = [
        Row(
            f"{'　' * (len(each.path.split('/')) - depth)}{each.label}",
            (totals[each.path][0], totals[each.path][1], share(totals[each.path][1], totals[each.path][0])),
        )
        for each in organizations
    ]
    return Table(
        "items_tree",
        _("各级整改完成情况"),
        _("每一级包括它下面各级的事项，上级合计等于下级之和；列前300个单位。"),
        (_("党组织"), _("总数"), _("已销号"), _("完成率")),
        rows,
        None,
        Chart("shade", (2,)),
    )


def _branches(path: str, top: str) -> list[str]:
    """The path and those above it, up to `top`: 1/2/3/ under 1/ gives 1/, 1/2/, 1/2/3/."""
    parts = path.split("/")[:-1]
    chains = ["/".join(parts[:number]) + "/" for number in range(1, len(parts) + 1)]
    return [chain for chain in chains if chain.startswith(top)]
