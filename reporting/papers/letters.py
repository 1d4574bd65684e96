"""目标责任书 in GB/T 9704 layout: one, or all of a committee's year in one packet (S-47)."""

from django.template.loader import render_to_string

from common.deadlines import chinese_date
from documents.rendering.paper import Paper, PaperRefused, Part
from reporting.models import Cycle, ResponsibilityLetter


def content(letter_id: int) -> Paper:
    letter = ResponsibilityLetter.objects.for_table().get(pk=letter_id)
    return Paper(title=str(letter), parts=(_part(letter),))


def packet(cycle_id: int) -> Paper:
    """All letters, each on a sheet of its own. Raises PaperRefused while there is none."""
    cycle = Cycle.objects.select_related("committee").get(pk=cycle_id)
    letters = list(cycle.letters.for_table())
    if not letters:
        raise PaperRefused("还没有生成责任书，生成以后才能打印。")
    title = f"{cycle.committee}{cycle.year}年度目标责任书"
    return Paper(title=title, parts=tuple(_part(letter) for letter in letters), contents=len(letters) > 1)


def _part(letter: ResponsibilityLetter) -> Part:
    date = chinese_date(letter.signed_on) if letter.signed_on else ""
    html = render_to_string("documents/papers/reporting/letter.html", {"letter": letter, "date": date})
    organization = letter.organization
    return Part(title=organization.name, html=html, label=organization.code, starts_right=True)
