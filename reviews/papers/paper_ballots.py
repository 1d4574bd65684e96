"""测评票 on paper: a master for each category, the same lines as on phones, no name, a place for the slip (S-191)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reviews.models import BallotRound
from reviews.rules.sheets import Sheet

from .rehearsal_mark import marked_through


@marked_through(BallotRound, "meeting__")
def content(round_id: int) -> Paper:
    round_ = BallotRound.objects.select_related("meeting__cycle").get(pk=round_id)
    sheet = Sheet.from_json(round_.description)
    parts = []
    for pile in round_.piles.select_related("category"):
        context = {
            "round": round_,
            "pile": pile,
            "sheet": sheet,
            "grades": [grade.label for grade in sheet.grades],
            "ticked": sheet.mode == "grade" or sheet.overall,
            "groups": sheet.groups,
        }
        html = render_to_string("documents/papers/reviews/paper_ballot.html", context)
        parts.append(Part(f"{pile.name}（{pile.category.paper_colour}纸）", html, numbered=False))
    return Paper(title=f"{round_.meeting.title}测评票", parts=tuple(parts))
