"""The stage of a story: the server, its people's browsers, its day, and a folder for what they download."""

import datetime as dt
from pathlib import Path

from django.utils import timezone

from tests.browser import WatchedBrowser
from tests.flows.person import Person
from tests.stack import Stack


class County:
    def __init__(self, stack: Stack, browser: WatchedBrowser, folder: Path) -> None:
        self.stack = stack
        self.browser = browser
        self.folder = folder
        self.people: dict[str, Person] = {}

    def __getitem__(self, name: str) -> Person:
        """Who is known by this name and has signed in."""
        return self.people[name]

    def somebody(self) -> Person:
        return Person(self.browser.page(), self.stack.url)

    def somebody_on_a_phone(self) -> Person:
        return Person(self.browser.page(width=390, height=844, has_touch=True), self.stack.url)

    def asks(self, function: str) -> None:
        """Lets one of `registers` do, beside the server, what nobody does by hand in this story."""
        self.stack.python(f"from tests.flows.registers import {function}; {function}()")

    def has_the_day(self, day: str, *, works: bool = False) -> None:
        """From now on it is the morning of `day`; `works`: what the beat starts twice an hour has been started.

        For a stack with `tests.moved_clock`; nothing may be running in the background.
        """
        morning = timezone.make_aware(dt.datetime.fromisoformat(f"{day} 09:00"))
        ahead = morning - timezone.now()
        self.stack.folder.joinpath("clock").write_text(str(ahead.total_seconds()))
        if works:
            self.stack.python("from rectification.schedule import climb_by_the_clock; climb_by_the_clock()")
