"""测评码: slips in the order in which the codes were made, which no row follows. Printed once, stored nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.template.loader import render_to_string

from documents.rendering.pages import write_pages
from documents.rendering.stamping import QR, Letters, Stamp, join_files, stamp_copies
from reviews.models import BallotRound, SlipPile
from reviews.rules.slips import TO_A_SHEET
from reviews.sealing.codes import SlipCode
from reviews.sealing.keys import key_mark

from .rehearsal_mark import mark_for

LEFT, TOP, WIDTH, HEIGHT = 12.0, 12.0, 92.5, 68.0  # of the cells, as .slip in gb9704.css has them
QR_SIZE = 30.0


def slips_pdf(round_: BallotRound, piles: Sequence[tuple[SlipPile, list[SlipCode]]], *, address: str) -> bytes:
    """Sheets of eight, one pile after another, to be cut, mixed and drawn. `address` is that of the booth."""
    mark = key_mark(round_.public_key)
    files = []
    for pile, codes in piles:
        if codes:
            context = {"round": round_, "pile": pile, "address": address, "cells": range(TO_A_SHEET)}
            html = render_to_string("documents/papers/reviews/ballot_slips.html", context)
            form = write_pages(mark_for(round_.meeting) + html, "测评码", on_grid=False, numbered=False, tagged=False)
            files.append(stamp_copies(form, _sheets(codes, address, mark)))
    return join_files(files)


def _sheets(codes: list[SlipCode], address: str, mark: str) -> Iterator[list[Stamp]]:
    for start in range(0, len(codes), TO_A_SHEET):
        stamps: list[Stamp] = []
        for place, code in enumerate(codes[start : start + TO_A_SHEET]):
            left = LEFT + place % 2 * WIDTH
            top = TOP + place // 2 * HEIGHT
            stamps.append(QR(left + WIDTH - QR_SIZE - 5, top + 5, QR_SIZE, f"{address}#{code.long}{mark}"))
            stamps.append(Letters(left + 5, top + HEIGHT - 6, 17, code.typed))
        yield stamps
