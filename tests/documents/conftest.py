from collections.abc import Iterator

import pytest
from django.db import transaction

from documents import tasks
from documents.models import Document
from documents.rendering.fonts import FontsState
from tests.documents import rows
from tests.world import World, build_world


@pytest.fixture(autouse=True)
def same_text() -> Iterator[None]:
    before = dict(rows.text)
    yield
    rows.text.clear()
    rows.text.update(before)


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ids that workers were told of; none is running."""
    ids: list[int] = []
    monkeypatch.setattr(tasks.render_document, "apply_async", lambda args, **_: ids.append(*args))
    return ids


@pytest.fixture
def with_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the fonts were there, for what lays out nothing."""
    monkeypatch.setattr(tasks, "fonts_state", lambda: FontsState("ready"))


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def document(world: World) -> Document:
    return rows.make_document(world.reporter, world.county, world.user("clerk"))


@pytest.fixture
def committing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what waits for the commit at once: a test's transaction never commits."""
    monkeypatch.setattr(transaction, "on_commit", lambda deed, **_: deed())
