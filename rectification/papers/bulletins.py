"""督查通报 as it is sent out: named organizations only, ranked where the bulletin ranks (S-166, S-190)."""

from django.template.loader import render_to_string

from common import clock
from documents.rendering.paper import Paper, PaperRefused, Part
from rectification.models import Bulletin


def content(bulletin_id: int) -> Paper:
    """Raises PaperRefused while there is neither text nor table."""
    bulletin = Bulletin.objects.select_related("cycle__committee").get(pk=bulletin_id)
    lines = bulletin.ranked_lines
    cases = list(bulletin.cases.all())
    if not bulletin.opening.strip() and not lines and not cases:
        raise PaperRefused("通报还没有内容，填写正文以后才能打印。")
    day = bulletin.published_at or clock.now()
    context = {"bulletin": bulletin, "lines": lines, "cases": cases, "day": day}
    html = render_to_string("documents/papers/rectification/bulletin.html", context)
    return Paper(title=bulletin.title, parts=(Part(title=bulletin.title, html=html),), grid=not lines)
