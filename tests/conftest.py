"""Fixtures of all tests: real services, the product as processes, a watched browser."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

from documents.rendering.fonts import build_fonts, font_folder
from tests.browser import CHROMIUM, FLAGS, WatchedBrowser
from tests.services import missing_services, redis
from tests.stack import ROOT, Databases, Stack
from tests.world import World, build_world

# A loaded machine is slow, which says nothing about a rule.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

FAILED = pytest.StashKey[bool]()
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # gw0, gw1 … where tests run side by side

# Tests side by side share the servers, not what is in them; pytest-django sees to the database.
if WORKER and django_settings.REDIS_URL:
    django_settings.CACHES["default"]["KEY_PREFIX"] = WORKER


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Side by side, the tests of a file stay together for each kind of stack, and the stories, which are long, begin."""
    for item in items:
        kind = item.callspec.params.get("stack", "") if hasattr(item, "callspec") else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}-{item.path.parent.name}-{kind}"))
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None):
    """A test whose transactions are real ends by emptying every table: what migrations put there comes back."""
    yield
    marker = item.get_closest_marker("django_db")
    real = bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())
    # After the last test the database is gone already.
    if nextitem and real:
        with item.config.stash[blocking_manager_key].unblock():
            import_module("accounts.migrations.0002_domains").add_domains(apps, None)
            connection.close()


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path: Path) -> None:
    """Files of a test vanish with it."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world() -> World:
    """A county with every role and a running cycle; a test that takes it is marked for the database."""
    return build_world()


@pytest.fixture(scope="session")
def font_set() -> None:
    """The real fonts; `./dev test` has made them before, elsewhere this takes a minute once."""
    state = build_fonts()
    assert state.name == "ready", state.reason
    assert font_folder().is_dir()


@pytest.fixture(autouse=True)
def no_step_up(settings) -> None:
    """Most tests sign in by force, which proves nothing; those of the question itself switch it on."""
    settings.STEP_UP_MINUTES = 0


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A thread that keeps its connection would make PostgreSQL refuse to drop the database."""
    # Between transactional tests Django empties tables, by TRUNCATE or, on SQLite, by DELETE. The trail's guard
    # refuses both, so the owner of the test database disarms it here, as the product never does
    # (docs/decisions/0005); the tests of the guard arm it again.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER accounts_auditentry_no_delete")
        else:
            cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER accounts_auditentry_no_truncate")
    yield
    with django_db_blocker.unblock():
        connection.close()
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT state, left(query, 200) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND backend_type = 'client backend'"
            )
            assert cursor.fetchall() == []
        connection.close()


@pytest.fixture(scope="session")
def services() -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL of a real PostgreSQL and Redis; beside other tests, an own Redis."""
    with missing_services() as addresses, redis() if WORKER else nullcontext(addresses["REDIS_URL"]) as own:
        yield addresses | {"REDIS_URL": own}


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, services: dict[str, str]) -> Databases:
    return Databases(tmp_path_factory.mktemp("stacks"), services, prefix=WORKER)


def _running(databases: Databases, kind: str, *, demo: bool, settings: str = "config.settings") -> Iterator[Stack]:
    folder, env = databases.new_environment(kind, demo=demo)
    stack = Stack(kind, folder, env | {"DJANGO_SETTINGS_MODULE": settings})
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture(scope="module", params=["embedded", "services"])
def stack(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Stack]:
    """The product with an empty database, once as `./dev run` has it and once as a server."""
    yield from _running(databases, request.param, demo=False)


@pytest.fixture(scope="module")
def empty_stack(databases: Databases) -> Iterator[Stack]:
    """The product with an empty database, as `./dev run` has it, for a story that makes its own county."""
    yield from _running(databases, "embedded", demo=False)


@pytest.fixture(scope="module")
def moved_stack(databases: Databases) -> Iterator[Stack]:
    """The product with an empty database, as a server has it, on the day that its story says."""
    yield from _running(databases, "services", demo=False, settings="tests.moved_clock")


@pytest.fixture(scope="module")
def demo_stack(databases: Databases) -> Iterator[Stack]:
    """The product with the demo county, as `./dev run` has it."""
    yield from _running(databases, "embedded", demo=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright's loop runs in this thread for as long as the session, where Django would
    # otherwise take every use of its models for one inside asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        # Beside that loop Django keeps a connection of its own, which nobody else can reach.
        connection.close()


@pytest.fixture
def browser(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[WatchedBrowser]:
    """Opens pages; the test fails on an error in their consoles or a request to another host."""
    watched = WatchedBrowser(chromium)
    yield watched
    failed = request.node.stash.get(FAILED, False)
    if failed:
        folder = ROOT / "var" / "failures"
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(watched.pages):
            page.screenshot(path=folder / f"{request.node.name}-{number}.png", full_page=True)
    watched.close()
    if not failed:
        assert not watched.unexpected()
