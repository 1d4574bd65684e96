"""A speech in the layout of official papers: title lines, ―― subtitle, speaker, salutation, headings (S-205)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from reviews.models import Speech
from reviews.models.meeting_facts import gather_facts

from .rehearsal_mark import marked_through


@marked_through(Speech, "meeting__")
def content(speech_id: int) -> Paper:
    """Raises PaperRefused while nothing is written."""
    speech = Speech.objects.select_related("meeting__cycle__committee", "meeting__cycle__scheme", "meeting__host").get(
        pk=speech_id
    )
    problems = list(speech.problems.exclude(text=""))
    if not (speech.body.strip() or speech.achievements.strip() or speech.suggestions.strip() or problems):
        raise PaperRefused("讲话稿还没有内容。")
    context = {"speech": speech, "facts": gather_facts(speech.meeting), "problems": problems}
    html = render_to_string("documents/papers/reviews/speech.html", context)
    return Paper(title=speech.printed_title, parts=(Part(title=str(speech), html=html),))
