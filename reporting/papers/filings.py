"""A list filed at the year's start, on turned sheets (S-38)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reporting.models import FiledList


def content(list_id: int) -> Paper:
    """The list as it stands, masked words as typed."""
    filed = FiledList.objects.for_table().get(pk=list_id)
    post = filed.organization.first_responsible
    context = {"filed": filed, "rows": filed.rows.all(), "post": post}
    html = render_to_string("documents/papers/reporting/filed_list.html", context)
    return Paper(title=str(filed), parts=(Part(title=str(filed), html=html),), grid=False)
