"""For the form of a report, which belongs to an app that knows nothing of the ledger."""

from django import template
from django.template.context import RequestContext

from rectification.models import RectificationItem
from reporting.models import Reporter

register = template.Library()


@register.simple_tag(takes_context=True)
def carried_origins(context: RequestContext, reporter: Reporter) -> dict[int, RectificationItem]:
    """Last year's items behind the rows of a form, as they are today, by id; three queries (S-68, S-150)."""
    items = RectificationItem.objects.visible_to(context["request"].user)
    found = items.filter(pk__in=reporter.carried_items.filter(origin__isnull=False).values("origin"))
    return {item.pk: item for item in found.for_table().select_related("fulfilment").distinct()}


@register.filter
def of_origin(origins: dict[int, RectificationItem], origin: int | None) -> RectificationItem | None:
    return origins.get(origin) if origin is not None else None
