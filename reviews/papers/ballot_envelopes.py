"""The key of a box on one or three sheets, to be sealed in envelopes. Printed once, stored nowhere."""

from __future__ import annotations

from django.template.loader import render_to_string

from documents.rendering.pages import write_pages
from documents.rendering.stamping import QR, Letters, join_files, stamp_copies
from reviews.models import BallotRound
from reviews.sealing.keys import Envelopes, key_mark

from .rehearsal_mark import mark_for

HOLDERS = ("监票人", "纪检监察机关", "组织部门")
ONE_HOLDER = ("总监票人",)


def envelopes_pdf(round_: BallotRound, envelopes: Envelopes) -> bytes:
    """A sheet for each envelope with QR and letters."""
    total = len(envelopes.codes)
    files = []
    for number, code in enumerate(envelopes.codes, start=1):
        context = {
            "round": round_,
            "number": number,
            "total": total,
            "needed": round_.needs_envelopes,
            "holder": (HOLDERS if total > 1 else ONE_HOLDER)[number - 1],
            "mark": key_mark(envelopes.public_key),
        }
        html = render_to_string("documents/papers/reviews/ballot_envelopes.html", context)
        form = write_pages(mark_for(round_.meeting) + html, "票箱密钥", on_grid=False, numbered=False, tagged=False)
        half = len(code) // 2
        stamps = [
            QR(28, 106, 46, code),
            Letters(84, 124, 20, code[:half].strip("-")),
            Letters(84, 138, 20, code[half:].strip("-")),
        ]
        files.append(stamp_copies(form, [stamps]))
    return join_files(files)
