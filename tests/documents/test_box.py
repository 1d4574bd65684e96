"""`{% document_box %}` on the pages of other apps."""

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory

from documents.models import Document
from tests.documents import rows
from tests.documents.rows import make_document
from tests.world import World

pytestmark = pytest.mark.django_db


def box(world: World, role: str, request_url: str = "/make/") -> str:
    request = RequestFactory().get("/")
    request.user = world.user(role)
    template = Template("{% load paper %}{% document_box paper subject request_url %}")
    values = {"paper": rows.PAPER, "subject": world.reporter, "request_url": request_url}
    return template.render(RequestContext(request, values))


def test_without_a_document_it_can_be_asked_for(world: World) -> None:
    page = box(world, "clerk")
    assert 'action="/make/"' in page
    assert "csrfmiddlewaretoken" in page


def test_without_an_address_nothing_can_be_asked_for(world: World) -> None:
    assert "<form" not in box(world, "clerk", "")


def test_an_unfinished_one_shows_progress(world: World, document: Document) -> None:
    page = box(world, "clerk")
    assert "hx-get" in page
    assert 'action="/make/"' not in page


def test_one_out_of_date_can_be_made_again(world: World) -> None:
    make_document(world.reporter, world.county, world.user("clerk"), state="ready")
    page = box(world, "clerk")
    assert "已过期" in page
    assert 'action="/make/"' in page


def test_a_failed_one_can_be_tried_again_by_those_who_may(world: World) -> None:
    failed = make_document(world.reporter, world.county, world.user("clerk"), state="failed", reason="坏了")
    assert f"/documents/{failed.pk}/retry/" in box(world, "clerk")
    assert f"/documents/{failed.pk}/retry/" not in box(world, "leader")


def test_one_of_others_is_not_shown(world: World) -> None:
    make_document(world.reporter, world.county, world.user("clerk"), state="failed", reason="坏了")
    assert "坏了" not in box(world, "sibling_clerk")
