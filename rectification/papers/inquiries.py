"""约谈通知书 with its record, 函询通知书 with its answer (S-172, S-173)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from rectification.models import Inquiry


def content(inquiry_id: int) -> Paper:
    """The notice; once there is a record or an answer, that follows on a page of its own."""
    inquiry = Inquiry.objects.for_table().get(pk=inquiry_id)
    context = {"inquiry": inquiry}
    title = f"{inquiry.get_kind_display()}通知书"
    parts = [Part(title=title, html=render_to_string("documents/papers/rectification/inquiry.html", context))]
    if inquiry.answer:
        name = "函询答复" if inquiry.is_letter else "约谈记录"
        html = render_to_string("documents/papers/rectification/inquiry_record.html", context | {"title": name})
        parts.append(Part(title=name, html=html))
    return Paper(title=f"{inquiry}通知", parts=tuple(parts))
