"""What last year left, as the year's problem list may start from it (S-38, S-68)."""

from django.db.models import QuerySet

from reporting.models import FiledList
from reporting.rules.filings import FiledWords

from .items import RectificationItem


def items_left(filed: FiledList) -> QuerySet[RectificationItem]:
    """What the year before left unfinished or standing, and is not in the list yet."""
    there = filed.rows.filter(origin__isnull=False).values("origin")
    items = RectificationItem.objects.to_carry(filed.cycle.committee, filed.cycle.year - 1)
    return items.filter(list__reporter__organization=filed.organization).exclude(pk__in=there).for_table()


def words_of(item: RectificationItem) -> FiledWords:
    return FiledWords(
        matter=item.problem.text,
        measure="\n".join(measure.text for measure in item.measures.all()),
        owner=item.owner_label if item.has_owner else "",
        lead_unit=item.lead_unit,
        co_units=item.co_units,
        due_text=item.due_text or ("" if item.due_date else str(item.get_kind_display())),
        due_date=item.due_date,
    )
