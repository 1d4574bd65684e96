"""Slips and envelopes on paper: what is stamped on can be scanned and typed."""

import io
import time

import pypdf
import pytest

from reviews.papers.ballot_envelopes import envelopes_pdf
from reviews.papers.slips import slips_pdf
from reviews.sealing.codes import new_code
from reviews.sealing.keys import Envelopes
from tests.reviews.rows_of_ballots import make_round
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_a_sheet_holds_eight_slips_and_no_pile_shares_one() -> None:
    made = make_round(build_world(), voters=(4, 12))
    piles = [(pile, made.slips[pile.category.letter]) for pile in made.row.piles.select_related("category")]
    pdf = slips_pdf(made.row, piles, address="http://booth.localhost/")
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert [len(codes) for _, codes in piles] == [16, 24]
    assert len(pages) == 2 + 3
    assert "测评码" in pages[0].extract_text()
    assert made.slips["A"][0].long.encode() not in pdf


def test_four_hundred_slips_are_printed_in_seconds() -> None:
    made = make_round(build_world())
    pile = made.row.piles.select_related("category")[0]
    codes = [new_code() for _ in range(400)]
    begun = time.process_time()
    slips_pdf(made.row, [(pile, codes)], address="http://booth.localhost/")
    assert time.process_time() - begun < 30


def test_an_envelope_bears_its_holder() -> None:
    made = make_round(build_world())
    codes = tuple("-".join(["ABCD"] * 8) for _ in range(3))
    pdf = envelopes_pdf(made.row, Envelopes(made.row.public_key, codes))
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert ["监票人" in texts[0], "纪检监察机关" in texts[1], "组织部门" in texts[2]] == [True] * 3
