"""Who comes, hall by hall and by category, with room to sign (S-185)."""

from collections.abc import Sequence
from typing import Any

import segno
from django.template.loader import render_to_string
from django.urls import reverse

from documents.rendering.paper import Paper, Part
from reviews.models import Attendee, Meeting
from reviews.models.meeting_facts import MeetingFacts

from .meeting_context import meeting_context
from .rehearsal_mark import mark_paper, marked


@marked
def content(meeting_id: int) -> Paper:
    context = meeting_context(meeting_id)
    facts = context["facts"]
    title = f"{facts.meeting.title}参会人员名单"
    html = render_to_string("documents/papers/reviews/attendance.html", context | {"halls": _halls(facts)})
    return Paper(title=title, parts=(Part(title="参会人员名单", html=html),))


def _halls(facts: MeetingFacts) -> list[dict[str, Any]]:
    """The main hall, which bears no name while it is the only one, then the branch halls."""
    halls = [_hall(facts, None, "主会场" if facts.venues else "", facts.meeting.place if facts.venues else "")]
    halls += [_hall(facts, venue.pk, venue.name, venue.place) for venue in facts.venues]
    return halls


def _hall(facts: MeetingFacts, venue: int | None, name: str, place: str) -> dict[str, Any]:
    groups = []
    for line in facts.groups:
        people = [person for person in line.attendees if person.venue_id == venue]
        is_whole = len(people) == len(line.attendees)
        if people or (venue is None and not line.attendees):
            groups.append((line.group, people, is_whole))
    guests = [guest for guest in facts.guests if guest.venue_id == venue]
    return {"name": name, "place": place, "guests": guests, "groups": groups}


def sign_in_slips(meeting: Meeting, attendees: Sequence[Attendee], address: str) -> Paper:
    """Eight slips to a page, each with the QR that signs its holder in; `address` ends with a slash."""
    rows = [
        {
            "person": row,
            "qr": segno.make(
                address.rstrip("/") + reverse("reviews:attendance_sign", args=[row.code]), error="m"
            ).svg_data_uri(border=0, scale=4),
        }
        for row in attendees
    ]
    html = render_to_string("documents/papers/reviews/sign_in_slips.html", {"rows": rows, "meeting": meeting})
    paper = Paper(title=f"{meeting.title}签到单", parts=(Part(title="", html=html, numbered=False),), grid=False)
    return mark_paper(paper) if meeting.rehearsing else paper
