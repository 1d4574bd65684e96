"""测评汇总: counts by category and grade, with the lines on which the scrutineers sign (practice.md 3.3)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, PaperRefused, Part
from reviews.models import BallotRound
from reviews.models.tally_tables import tally_tables

from .rehearsal_mark import marked_through

TO_A_ROW = 4  # receipts


@marked_through(BallotRound, "meeting__")
def content(round_id: int) -> Paper:
    round_ = BallotRound.objects.select_related("meeting__cycle__committee", "output").get(pk=round_id)
    if not round_.is_tallied:
        raise PaperRefused("计票以后才能生成测评汇总。")
    context = {
        "round": round_,
        "output": round_.output,
        "piles": list(round_.piles.select_related("category", "merged_into__category")),
        "tables": tally_tables(round_),
        "rows": [round_.output.receipts[at : at + TO_A_ROW] for at in range(0, len(round_.output.receipts), TO_A_ROW)],
    }
    parts = [
        Part("票数", render_to_string("documents/papers/reviews/tally_counts.html", context)),
        Part("计票结果", render_to_string("documents/papers/reviews/tally_tables.html", context)),
        Part("验票码", render_to_string("documents/papers/reviews/tally_receipts.html", context)),
    ]
    return Paper(title=f"{round_.meeting.title}测评汇总", parts=tuple(parts))
