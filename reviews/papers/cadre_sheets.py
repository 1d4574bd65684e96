"""抓党建情况一览表 of one person, for the organization department (S-133)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reporting.models import Reporter
from reviews.models.cadre_sheets import cadre_sheet


def content(reporter_id: int) -> Paper:
    """Of the person who reported, over the years of that committee alone: another's results are not its business."""
    reporter = Reporter.objects.select_related("post__person", "cycle__committee").get(pk=reporter_id)
    person = reporter.post.person
    sheet = cadre_sheet(person, [reporter.cycle.committee])
    html = render_to_string("documents/papers/reviews/cadre_sheet.html", {"sheet": sheet, "person": person})
    title = f"{person.name}抓党建情况一览表"
    return Paper(title=title, parts=(Part(title=title, html=html),), grid=False)
