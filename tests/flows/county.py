"""The stage of a story: the server, its people's browsers, and a folder for what they download."""

from pathlib import Path

from tests.browser import WatchedBrowser
from tests.flows.person import Person
from tests.stack import Stack


class County:
    def __init__(self, stack: Stack, browser: WatchedBrowser, folder: Path) -> None:
        self.stack = stack
        self.browser = browser
        self.folder = folder

    def somebody(self) -> Person:
        return Person(self.browser.page(), self.stack.url)

    def somebody_on_a_phone(self) -> Person:
        return Person(self.browser.page(width=390, height=844, has_touch=True), self.stack.url)

    def asks(self, function: str) -> None:
        """Lets one of `registers` do, beside the server, what nobody does by hand in this story."""
        self.stack.python(f"from tests.flows.registers import {function}; {function}()")
