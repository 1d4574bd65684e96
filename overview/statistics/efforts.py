"""书记履职次数: totals of the duty log by secretary; masked counts are skipped and said (S-213)."""

from collections import defaultdict

from django.utils.translation import gettext as _

from overview.statistics.table import Row, Table
from reporting.models import Cycle, DutyEntry
from reporting.rules.duty_entries import DutyKind, count_entries


def effort_table(cycle: Cycle, most: int | None) -> Table:
    """Two queries, however many secretaries there are."""
    reporters = list(cycle.reporters.in_order()[:most])
    counts: dict[tuple[int, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    entries = DutyEntry.objects.filter(year=cycle.year, organization__in=[each.organization_id for each in reporters])
    for organization, person, kind, text in entries.order_by().values_list(
        "organization", "post__person", "kind", "count_text"
    ):
        counts[organization, person][kind].append(text)
    rows = []
    for reporter in reporters:
        found = counts.get((reporter.organization_id, reporter.post.person_id), {})
        values = tuple(_told(found.get(kind, [])) for kind in DutyKind.values)
        rows.append(Row(f"{reporter.organization.display_name}　{reporter.name}", values))
    return Table(
        "efforts",
        _("书记履职次数"),
        _(
            "取自履职纪实；“+”表示另有次数是“X”“***”等不能相加的，没有计入，“约”“余”表示其中有约数。页面列前60名，Excel列全部。"
        ),
        (_("述职人"), *(str(label) for label in DutyKind.labels)),
        rows,
    )


def _told(texts: list[str]) -> int | str:
    if not texts:
        return 0
    count = count_entries(texts)
    if count.mark or count.skipped:
        return f"{count.number}{'+' if count.skipped else ''}"
    return int(count.total)
