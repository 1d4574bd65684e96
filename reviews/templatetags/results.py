"""For pages of apps that know nothing of results: a year, an organization, a person (docs/decisions/0008)."""

from typing import Any

from django import template
from django.template.context import RequestContext

from accounts.models import Organization, Person
from common.chinese_text import nest_quotes
from reporting.models import Cycle
from reviews.models.cadre_sheets import committees_of
from reviews.models.organization_histories import Knows, organization_history
from reviews.permissions import can_list_results, can_read_cadre_sheets, can_show_own_grade

register = template.Library()

# A derivation is kept word for word; only what is shown of it is put right.
register.filter("nest_quotes", nest_quotes)


@register.inclusion_tag("reviews/results/_ways.html", takes_context=True)
def result_ways(context: RequestContext, cycle: Cycle) -> dict[str, Any]:
    """Ways to the results of the year, for those who may see them."""
    return {"cycle": cycle, "can_list": can_list_results(context["request"].user, cycle)}


@register.inclusion_tag("reviews/use_of_results/_organization_history.html", takes_context=True)
def organization_years(context: RequestContext, organization: Organization) -> dict[str, Any]:
    """Grade, place, problems and promises by year, as far as the person may know them (S-145)."""
    knows = Knows(can_list_results, can_show_own_grade)
    lines = organization_history(organization, context["request"].user, knows=knows)
    return {"lines": lines, "organization": organization, "sees_scores": any(line.sees_scores for line in lines)}


@register.simple_tag(takes_context=True)
def has_cadre_sheet(context: RequestContext, person: Person) -> bool:
    """Whether the person ever reported to a committee whose results the reader may see over the years (S-145)."""
    user = context["request"].user
    return any(can_read_cadre_sheets(user, each) for each in committees_of(person))
