"""For the reading of a report, which knows its figures by name only."""

from collections.abc import Iterable

from django import template

from reporting.models.indicators import FigureLine

register = template.Library()


@register.filter
def line_of(lines: Iterable[FigureLine] | None, name: str) -> FigureLine | None:
    """The line about the figure of this name; None where the page brought no lines along."""
    return next((line for line in lines or () if line.figure.name == name), None)
