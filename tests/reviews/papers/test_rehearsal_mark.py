"""Whatever is printed in a rehearsal says so on every page, and nothing of it stays behind."""

import importlib
import inspect
import io
import pkgutil
from pathlib import Path

import pypdf
import pytest
from django.conf import settings

import reviews.papers
from documents.actions.documents import request_document
from documents.models import Document
from documents.rendering.paper import Paper, Part, render_paper
from documents.tasks import render_document
from reviews.actions.rehearsals import begin_rehearsal, end_rehearsal, fill_rehearsal
from reviews.actions.score_sheets import add_raters
from reviews.models import ScoreSheet
from reviews.models.result_inputs import inputs_of
from reviews.papers import briefings, packet
from reviews.papers.ballot_envelopes import envelopes_pdf
from reviews.papers.rehearsal_mark import mark_paper
from reviews.papers.slips import slips_pdf
from reviews.sealing.codes import new_code
from reviews.sealing.keys import new_envelopes
from tests.factories import make_person
from tests.reviews.rows_of_ballots import make_round
from tests.reviews.rows_of_meetings import set_up_meeting
from tests.world import World, build_world

# About a meeting or a row of it; the others are about a year, a person or what came after the meeting.
ABOUT_A_MEETING = {"meeting_id", "round_id", "speech_id"}


def kept_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_every_paper_about_a_meeting_bears_the_mark() -> None:
    bare = []
    for module in pkgutil.iter_modules(reviews.papers.__path__):
        content = getattr(importlib.import_module(f"reviews.papers.{module.name}"), "content", None)
        if content is not None and set(inspect.signature(content).parameters) & ABOUT_A_MEETING:
            bare += [] if getattr(content, "bears_mark", False) else [module.name]
    assert bare == []


@pytest.mark.usefixtures("font_set")
@pytest.mark.parametrize("html", ["<p>党</p>", '<section class="landscape ballot"><p>党</p></section>' * 2])
def test_the_mark_stands_on_every_page_and_adds_none(html: str) -> None:
    paper = Paper("文书", (Part("一", html),), grid=False)
    marked = pypdf.PdfReader(io.BytesIO(render_paper(mark_paper(paper))))
    assert len(marked.pages) == len(pypdf.PdfReader(io.BytesIO(render_paper(paper))).pages)
    assert all("演练" in page.extract_text() for page in marked.pages)


@pytest.mark.django_db
@pytest.mark.usefixtures("font_set")
def test_slips_and_envelopes_of_a_rehearsal_bear_the_mark() -> None:
    made = make_round(build_world())
    pile = made.row.piles.select_related("category")[0]
    for rehearsing in (False, True):
        made.row.meeting.rehearsing = rehearsing
        slips = slips_pdf(made.row, [(pile, [new_code()])], address="http://booth/")
        for pdf in (slips, envelopes_pdf(made.row, new_envelopes(shares=False))):
            pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
            assert {"演练" in page.extract_text() for page in pages} == {rehearsing}


@pytest.mark.django_db
@pytest.mark.usefixtures("font_set")
def test_no_file_and_no_page_stream_of_a_rehearsal_stays() -> None:
    world = build_world()
    meeting, clerk = set_up_meeting(world), world.user("clerk")
    before = kept_files()
    begin_rehearsal(meeting, by=clerk)
    fill_rehearsal(meeting, by=clerk)
    asked = [
        request_document(paper=name, subject=subject, title="文书", committee=world.county, by=clerk)
        for name, subject in (
            ("reviews.papers.packet.content", meeting),
            ("reviews.papers.briefings.content", meeting.host),
            ("reviews.papers.briefings.sheet", world.reporter),
        )
    ]
    for document in asked:
        render_document(document.pk)
    assert {document.state for document in Document.objects.all()} == {"ready"}
    assert len(kept_files() - before) == len(asked)  # the files themselves, and no page streams
    assert all(
        "演练" in part.html for part in (*packet.content(meeting.pk).parts, *briefings.sheet(world.reporter.pk).parts)
    )

    row = end_rehearsal(meeting, by=clerk)

    assert row.outcome["left"] == []
    assert not Document.objects.exists()
    assert kept_files() == before


@pytest.mark.django_db
def test_made_up_marks_enter_no_result(world: World) -> None:
    meeting, clerk = set_up_meeting(world), world.user("clerk")
    category = world.cycle.scheme.categories.named()[0]
    add_raters(meeting, people=[make_person("评某")], category=category, by=clerk)
    begin_rehearsal(meeting, by=clerk)
    fill_rehearsal(meeting, by=clerk)
    assert ScoreSheet.objects.submitted().exists()
    assert [c.sheets for inputs in inputs_of(world.cycle).values() for c in inputs.categories if c.sheets] == []
