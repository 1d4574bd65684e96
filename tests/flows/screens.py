"""Everything that follows the meeting, and how soon it does."""

import time

from playwright.sync_api import Locator

PROMISE = 3.0  # seconds, for 95 of 100 changes (quality.md 6)
PATIENCE = 15.0  # a loaded machine of tests has other things to do as well


class Screens:
    """Places on several pages that must all come to show the same words."""

    def __init__(self, *places: Locator) -> None:
        self.places = places
        self.delays: list[float] = []

    def all_show(self, words: str) -> None:
        """Called when the page of whoever did it shows what was done: from now on the others are late."""
        began = time.monotonic()
        waiting = list(self.places)
        while waiting:
            late = time.monotonic() - began
            still = [place for place in waiting if words not in (place.text_content() or "")]
            self.delays += [late] * (len(waiting) - len(still))
            waiting = still
            where = [place.page.url for place in waiting]
            assert late < PATIENCE, f"{words!r} is not shown at {where}"
            self.places[0].page.wait_for_timeout(50)

    def kept_the_promise(self) -> bool:
        return sorted(self.delays)[int(len(self.delays) * 0.95)] <= PROMISE
