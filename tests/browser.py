"""Debian's Chromium, driven by Playwright, which notices what a test did not ask about."""

import os
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# The last five keep Chromium from looking for its makers' hosts.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
WALL = {"width": 1920, "height": 1080}
OURS = ("127.0.0.1", "localhost", "booth.localhost")


class WatchedBrowser:
    """Opens pages, each a person of one's own, and collects errors and foreign requests."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: list[Page] = []
        self.findings: list[str] = []
        self.expected: list[str] = []

    def page(self, *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        """A new person's page: own cookies, Chinese, this size; options as in Playwright."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **options)
        context.route("**/*", self._only_ours)
        page = context.new_page()
        # Two browsers share two processors with everything they talk to.
        page.set_default_timeout(45_000)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.findings.append(f"{page.url}: {error}"))
        self.pages.append(page)
        return page

    def picture(self, page: Page, name: str) -> None:
        """Kept for people to look at when PICTURES names a folder."""
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}.png", full_page=page.viewport_size != WALL)

    def expect_error(self, words: str) -> None:
        """Console errors with these words are part of the story ("status of 409")."""
        self.expected.append(words)

    def unexpected(self) -> list[str]:
        return [finding for finding in self.findings if not any(words in finding for words in self.expected)]

    def close(self) -> None:
        for page in self.pages:
            page.context.close()

    def _only_ours(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in OURS:
            self.findings.append(f"asked another host: {route.request.url}")
            route.abort()
        else:
            route.continue_()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location
            self.findings.append(f"{where.get('url')}:{where.get('lineNumber')}: {message.text}")


def sign_in(page: Page, url: str, username: str, password: str) -> None:
    """Through the login page, as everybody does."""
    page.goto(f"{url}/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda address: "/login/" not in address)
