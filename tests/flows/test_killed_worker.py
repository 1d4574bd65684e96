"""The power fails while a packet is being made: another worker finishes it, and nobody sees an error."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Databases, Stack

pytestmark = pytest.mark.browser

PACKET = "述职评议材料"
# Fifteen seconds of silence, up to fifteen until the beat looks, then the whole packet.
SECONDS = 120_000
REMEMBER = """(box) => {
  window.shown = [];
  const remember = () => window.shown.push(box.innerText);
  new MutationObserver(remember).observe(box, { childList: true, subtree: true, characterData: true });
  remember();
}"""


@pytest.fixture
def server(databases: Databases) -> Iterator[Stack]:
    """The demo county on PostgreSQL, Redis and a Celery worker of its own."""
    stack = Stack("services", *databases.new_environment("services", demo=True))
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


def test_a_killed_worker(server: Stack, browser: WatchedBrowser) -> None:
    leader = Person(browser.page(), server.url)
    box = asks_for_the_packet(leader)
    box.evaluate(REMEMBER)
    some_of_it_is_made(box)
    server.kill_worker()
    progress_is_still_shown(leader)
    leader.page.reload()
    leader.part(PACKET).evaluate(REMEMBER)
    progress_is_still_shown(leader)
    server.start_worker()
    expect(leader.part(PACKET)).to_contain_text("已生成", timeout=SECONDS)
    no_error_was_ever_shown(leader)
    there_is_exactly_one_file(server)


def asks_for_the_packet(leader: Person) -> Locator:
    leader.signs_in("zhoujm", DEMO_PASSWORD)
    leader.chooses_from_menu("会议")
    leader.follows("述职评议", inside=leader.row("筹备中"), exact=False)
    leader.follows("评议材料与汇总")
    leader.presses("生成", inside=leader.part(PACKET))
    return leader.part(PACKET)


def some_of_it_is_made(box: Locator) -> None:
    expect(box.get_by_role("progressbar")).to_have_attribute("value", re.compile("[1-9]"), timeout=60_000)


def progress_is_still_shown(leader: Person) -> None:
    box = leader.part(PACKET)
    expect(box.get_by_role("progressbar")).to_be_visible()
    leader.does_not_see("失败", inside=box)


def no_error_was_ever_shown(leader: Person) -> None:
    shown = leader.page.evaluate("window.shown")
    assert shown
    for words in shown:
        assert "失败" not in words
        assert "出错" not in words


def there_is_exactly_one_file(server: Stack) -> None:
    (made,) = (server.folder / "media").rglob("document-*.pdf")
    assert not list((server.folder / "media").rglob("*.part"))
    rows = server.python(
        "from documents.models import Document\nprint(list(Document.objects.values_list('state', 'attempt', 'file')))"
    )
    relative = made.relative_to(server.folder / "media")
    assert rows.strip() == f"[('ready', 2, '{relative}')]"
