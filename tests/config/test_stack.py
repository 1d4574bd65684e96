"""The product starts in both forms and answers a person in a browser."""

import pytest
from playwright.sync_api import Error as PlaywrightError

from tests.browser import WatchedBrowser
from tests.stack import Stack

pytestmark = pytest.mark.browser


def test_the_login_page_opens(stack: Stack, browser: WatchedBrowser) -> None:
    page = browser.page()
    response = page.goto(f"{stack.url}/login/")
    assert response is not None
    assert response.status == 200
    assert page.locator("#id_username").is_visible()


def test_a_foreign_host_and_a_console_error_are_noticed(stack: Stack, browser: WatchedBrowser) -> None:
    page = browser.page()
    page.goto(f"{stack.url}/healthz")
    page.evaluate("console.error('planted')")
    with pytest.raises(PlaywrightError):
        page.goto("http://192.0.2.1/")
    assert any("planted" in finding for finding in browser.unexpected())
    assert any("asked another host" in finding for finding in browser.unexpected())
    browser.findings.clear()
