"""座次表: who sits where, hall by hall, for ushers and name cards (practice.md 3.2)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from reviews.models import Attendee

from .meeting_context import meeting_context
from .rehearsal_mark import marked


@marked
def content(meeting_id: int) -> Paper:
    """Raises PaperRefused while nobody has a seat."""
    context = meeting_context(meeting_id)
    rows = Attendee.objects.filter(group__meeting=meeting_id).exclude(seat="").select_related("group", "venue")
    if not rows:
        raise PaperRefused("名单里还没有座次，请在参会名单的 Excel 中填写“座次”一列后导入。")
    halls: dict[str, list[Attendee]] = {}
    for row in sorted(rows, key=lambda row: (row.venue.position if row.venue else 0, _seat_order(row.seat))):
        halls.setdefault(row.venue.name if row.venue else "主会场", []).append(row)
    html = render_to_string("documents/papers/reviews/seats.html", context | {"halls": halls})
    return Paper(title=f"{context['meeting'].title}座次表", parts=(Part("座次表", html),))


def _seat_order(seat: str) -> list[tuple[int, str]]:
    """2排10号 after 2排9号: runs of digits count as numbers."""
    parts: list[str] = []
    for sign in seat:
        if parts and parts[-1].isdecimal() and sign.isdecimal():
            parts[-1] += sign
        else:
            parts.append(sign)
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
