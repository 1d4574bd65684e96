"""For the board of a year, which belongs to an app that knows nothing of results (docs/decisions/0008)."""

from typing import Any

from django import template
from django.template.context import RequestContext

from reporting.models import Cycle
from reviews.permissions import can_list_results

register = template.Library()


@register.inclusion_tag("reviews/results/_ways.html", takes_context=True)
def result_ways(context: RequestContext, cycle: Cycle) -> dict[str, Any]:
    """Ways to the results of the year, for those who may see them."""
    return {"cycle": cycle, "can_list": can_list_results(context["request"].user, cycle)}
