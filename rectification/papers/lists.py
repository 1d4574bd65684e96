"""整改清单 on paper: one table on turned A4 sheets, its header on every page (S-187)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from rectification.models import RectificationList


def content(list_id: int) -> Paper:
    """The list as it stands, masked words as typed."""
    rows = RectificationList.objects.for_table().select_related("commitment__post__person")
    shown = rows.get(pk=list_id)
    context = {"list": shown, "items": shown.items.for_table(), "commitment": getattr(shown, "commitment", None)}
    html = render_to_string("documents/papers/rectification/list.html", context)
    return Paper(title=str(shown), parts=(Part(title=str(shown), html=html),), grid=False)
