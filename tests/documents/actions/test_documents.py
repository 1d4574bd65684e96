import pytest
from django.core.exceptions import PermissionDenied
from kombu.exceptions import OperationalError

from accounts.models import AuditEntry
from common.flow import TransitionNotAllowed
from documents import tasks
from documents.actions import documents as actions
from documents.actions.documents import request_document, retry_document
from documents.models import Document
from documents.rendering.fonts import FontsState
from documents.rendering.paper import fingerprint
from tests.documents import rows
from tests.documents.rows import make_document
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("committing")]


def _ask(world: World, role: str = "clerk") -> Document:
    return request_document(
        paper=rows.PAPER,
        subject=world.reporter,
        title="述职报告",
        committee=world.county,
        organization=world.township,
        by=world.user(role),
    )


def test_asking_makes_a_row_an_entry_and_wakes_a_worker(world: World, woken: list[int]) -> None:
    document = _ask(world)
    assert (document.state, document.organization, document.requested_by) == (
        "queued",
        world.township,
        world.user("clerk"),
    )
    assert AuditEntry.objects.get(subject_type="documents.document", subject_id=document.pk).verb == "申请生成文书"
    assert woken == [document.pk]


@pytest.mark.parametrize("state", ["queued", "rendering"])
def test_asking_while_it_is_made_returns_that_one(world: World, woken: list[int], state: str) -> None:
    first = _ask(world)
    Document.objects.update(state=state)
    assert _ask(world, "staff") == first
    assert woken == [first.pk]


def test_asking_for_one_that_would_look_the_same_returns_it(world: World, woken: list[int]) -> None:
    ready = make_document(
        world.reporter,
        world.county,
        world.user("clerk"),
        state="ready",
        fingerprint=fingerprint(rows.content(world.reporter.pk)),
    )
    assert _ask(world) == ready
    rows.text["body"] = "<p>另一段。</p>"
    assert _ask(world) != ready


def test_asking_when_the_file_is_lost_makes_it_anew(world: World, woken: list[int]) -> None:
    ready = make_document(
        world.reporter,
        world.county,
        world.user("clerk"),
        state="ready",
        file="documents/gone.pdf",
        fingerprint=fingerprint(rows.content(world.reporter.pk)),
    )
    assert _ask(world) != ready


def test_a_broker_that_is_away_does_not_break_the_request(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.render_document, "apply_async", refuse)
    assert _ask(world).state == "queued"


def test_a_failed_one_is_tried_again(world: World, woken: list[int]) -> None:
    failed = make_document(
        world.reporter, world.county, world.user("clerk"), state="failed", reason="磁盘满", losses=5, attempt=5
    )
    document = retry_document(failed, by=world.user("clerk"))
    assert (document.state, document.reason, document.losses, document.attempt) == ("queued", "", 0, 5)
    assert woken == [document.pk]
    assert AuditEntry.objects.get(subject_id=document.pk, verb="重新生成文书").actor == world.user("clerk")


def test_a_reader_may_not_try_again(world: World) -> None:
    failed = make_document(world.reporter, world.county, world.user("clerk"), state="failed")
    with pytest.raises(PermissionDenied):
        retry_document(failed, by=world.user("leader"))


@pytest.mark.parametrize("state", ["queued", "rendering", "ready"])
def test_only_a_failed_one_is_tried_again(world: World, state: str) -> None:
    document = make_document(world.reporter, world.county, world.user("clerk"), state=state)
    with pytest.raises(TransitionNotAllowed):
        retry_document(document, by=world.user("clerk"))


def test_trying_again_while_another_is_made_returns_that_one(world: World, woken: list[int]) -> None:
    failed = make_document(world.reporter, world.county, world.user("clerk"), state="failed")
    running = make_document(world.reporter, world.county, world.user("clerk"))
    assert retry_document(failed, by=world.user("clerk")) == running
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_trying_again_builds_the_fonts_again(world: World, woken: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    monkeypatch.setattr(actions, "fonts_state", lambda: FontsState("failed", reason="缺少字体"))
    monkeypatch.setattr(actions, "prepare_fonts", lambda: started.append("fonts"))
    failed = make_document(world.reporter, world.county, world.user("clerk"), state="failed")
    retry_document(failed, by=world.user("clerk"))
    assert started == ["fonts"]
