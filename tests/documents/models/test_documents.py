import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.rules.roles import Role
from common import clock
from documents.models import Document
from documents.rendering.paper import fingerprint
from tests.documents import rows
from tests.documents.rows import make_document
from tests.factories import make_user
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db

REVIEWERS = {"clerk", "leader"}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_who_sees_a_paper_of_the_committee(world: World, role: str) -> None:
    make_document(world.reporter, world.county, world.user("clerk"))
    assert Document.objects.visible_to(world.user(role)).exists() == (role in REVIEWERS)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_who_sees_a_paper_about_an_organization(world: World, role: str) -> None:
    make_document(world.reporter, world.county, world.user("clerk"), organization=world.township)
    seen = Document.objects.visible_to(world.user(role)).exists()
    assert seen == (role in REVIEWERS | {"secretary", "staff"})


def test_who_asked_sees_it_until_the_post_ends(world: World) -> None:
    make_document(world.reporter, world.county, world.user("supervision"))
    assert Document.objects.visible_to(world.user("supervision")).exists()
    world.user("supervision").person.posts.update(end="2021-01-01")
    gone = User.objects.get(username="supervision")
    assert not Document.objects.visible_to(gone).exists()


def test_the_secretary_who_hosts_sees_the_papers_of_the_committee(world: World) -> None:
    make_document(world.reporter, world.county, world.user("clerk"))
    host = make_user(Role.SECRETARY, world.county)
    assert Document.objects.visible_to(host).exists()


def test_latest_of_is_the_newest_of_that_paper_and_row(world: World) -> None:
    clerk = world.user("clerk")
    make_document(world.reporter, world.county, clerk, state="ready")
    newest = make_document(world.reporter, world.county, clerk, state="failed")
    make_document(world.reporter, world.county, clerk, paper="another.paper")
    make_document(world.other_reporter, world.county, clerk)
    assert Document.objects.latest_of(world.reporter, rows.PAPER) == newest
    assert Document.objects.of(world.reporter).count() == 3


@pytest.mark.parametrize("state", ["queued", "rendering"])
def test_only_one_may_be_unfinished(world: World, document: Document, state: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_document(world.reporter, world.county, world.user("clerk"), state=state)
    make_document(world.other_reporter, world.county, world.user("clerk"), state=state)


def test_silent_ones_are_unfinished_and_long_unheard(world: World, document: Document) -> None:
    now = clock.now()
    assert not Document.objects.silent(now).exists()
    assert Document.objects.silent(now + dt.timedelta(seconds=16)).get() == document
    Document.objects.update(state="ready")
    assert not Document.objects.silent(now + dt.timedelta(seconds=16)).exists()


def test_a_changed_text_makes_it_out_of_date(world: World) -> None:
    document = make_document(
        world.reporter,
        world.county,
        world.user("clerk"),
        state="ready",
        fingerprint=fingerprint(rows.content(world.reporter.pk)),
    )
    assert not document.is_outdated
    rows.text["body"] = "<p>另一段。</p>"
    assert document.is_outdated


@pytest.mark.parametrize("paper", ["refused", "broken", "vanished"])
def test_what_can_no_longer_be_made_is_out_of_date(world: World, paper: str) -> None:
    document = make_document(
        world.reporter, world.county, world.user("clerk"), state="ready", paper=f"tests.documents.rows.{paper}"
    )
    assert document.is_outdated


def test_a_lost_file_makes_it_out_of_date(world: World) -> None:
    document = make_document(
        world.reporter,
        world.county,
        world.user("clerk"),
        state="ready",
        file="documents/gone.pdf",
        fingerprint=fingerprint(rows.content(world.reporter.pk)),
    )
    assert (document.is_outdated, document.size) == (True, 0)


@pytest.mark.parametrize(
    ("title", "name"), [("述职报告", "述职报告.pdf"), ("../a/b:*?.", "_a_b_.pdf"), ("***", "_.pdf")]
)
def test_the_name_for_saving_holds_nothing_a_file_system_refuses(title: str, name: str) -> None:
    assert Document(title=title).file_name == name
