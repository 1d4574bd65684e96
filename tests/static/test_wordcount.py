"""static/js/wordcount.js counts as common/chinese_text.py does."""

import pytest
from playwright.sync_api import Page, expect

from common.chinese_text import count_characters
from tests.browser import WatchedBrowser
from tests.static.writing_page import Server, WritingPage

pytestmark = pytest.mark.browser

TEXTS = [
    "",
    "党（工）委\n书记",
    "2026年共1,234人，GDP增长3.5%。",
    "ABC def 你好",
    "“引号”——……",
    "𠮷野家 a-b c/d x@y.z 100%",
    "　　***同志　市XX局",
]


@pytest.fixture
def page(browser: WatchedBrowser) -> Page:
    return WritingPage(browser.page(), Server()).page


def test_counts_as_the_server_counts(page: Page):
    counted = page.evaluate("texts => texts.map((text) => app.countCharacters(text))", TEXTS)

    assert counted == [count_characters(text) for text in TEXTS]


def test_what_is_over_the_limit_shows_while_typing(page: Page):
    page.fill("[name=duty]", "多" * 35)

    expect(page.locator("[data-count-for=duty]")).to_have_text("35 字，超出 5 字")
