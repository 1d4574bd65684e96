"""整改承诺兑现情况 of a year: every organization with its numbers, then every item (S-150)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from rectification.models import RectificationItem, RectificationList
from rectification.models.fulfilments import fulfilment_of
from rectification.models.ladder import basic_percent_of
from rectification.rules.fulfilments import FulfilmentCount, definition
from reporting.models import Cycle


def content(cycle_id: int) -> Paper:
    cycle = Cycle.objects.select_related("committee").get(pk=cycle_id)
    counts = fulfilment_of(cycle)
    lists = list(RectificationList.objects.filter(reporter__cycle=cycle).for_table())
    if not lists:
        raise PaperRefused("本年度还没有整改清单。")
    items = (
        RectificationItem.objects.filter(list__reporter__cycle=cycle)
        .for_table()
        .select_related("fulfilment")
        .prefetch_related("fulfilment__files")
    )
    title = f"{cycle.committee.name}{cycle.year}年度整改承诺兑现情况"
    context = {
        "title": title,
        "rows": [(row, counts.get(row.reporter.organization_id, FulfilmentCount())) for row in lists],
        "total": FulfilmentCount.sum(counts.values()),
        "items": items.order_by("list__reporter__mode", "list__reporter__order", "list_id", "position"),
        "definition": definition(basic_percent_of(cycle)),
    }
    html = render_to_string("documents/papers/rectification/fulfilment.html", context)
    return Paper(title=title, parts=(Part(title=title, html=html),), grid=False)
