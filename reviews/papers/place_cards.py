"""桌签: two people a sheet, each name twice so that the folded card reads from both sides (practice.md 3.2)."""

import dataclasses

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from reviews.models import Attendee, Meeting
from reviews.rules.place_cards import card_text, name_points

from .rehearsal_mark import marked


@dataclasses.dataclass(frozen=True)
class Card:
    text: str
    points: int


@marked
def content(meeting_id: int) -> Paper:
    """Everybody who is named, once, in the order of the list. Raises PaperRefused while nobody is."""
    meeting = Meeting.objects.get(pk=meeting_id)
    rows = Attendee.objects.filter(group__meeting=meeting_id).order_by(
        "group__kind", "group__position", "group_id", "position", "id"
    )
    people = {(row.person_id or row.name, row.unit): card_text(row.name) for row in rows}
    cards = [Card(text, name_points(text)) for text in people.values() if text]
    if not cards:
        raise PaperRefused("参会人员还没有名单，先把名单填上再印桌签。")
    sheets = [cards[at : at + 2] for at in range(0, len(cards), 2)]
    html = render_to_string("documents/papers/reviews/place_cards.html", {"sheets": sheets})
    return Paper(title=f"{meeting.title}桌签", parts=(Part("桌签", html, numbered=False),), grid=False)
