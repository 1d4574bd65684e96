"""Somebody at a browser, who finds things by the words on the page as people do."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PASSWORD = "qinglan-2026-dangjian"
DEMO_PASSWORD = "demo-2026"


def words(text: str, *, exact: bool = True) -> re.Pattern[str]:
    """These words however they are spaced; `exact` nothing else but the star of a field that must be filled.

    Between what everybody sees and what only a screen reader says, browsers put a space.
    """
    spaced = r"\s*".join(re.escape(character) for character in text if not character.isspace())
    return re.compile(rf"^\s*{spaced}\s*\*?\s*$" if exact else spaced)


class Person:
    """`inside` narrows a word that stands on the page more than once to one part of it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    # --- moving about -------------------------------------------------------------------------------

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")

    def signs_in(self, username: str, password: str = PASSWORD) -> None:
        self.opens("/login/")
        self.fills("登录名", username)
        self.fills("密码", password)
        self.presses("登录", inside=self.page.locator("form", has=self.page.get_by_label("密码")))

    def follows(self, link: str, *, inside: Locator | None = None, exact: bool = True) -> None:
        self._goes(self._in(inside).get_by_role("link", name=words(link, exact=exact)))

    def chooses_from_menu(self, entry: str) -> None:
        menu = self.page.get_by_role("navigation", name="主菜单")
        if not menu.is_visible():
            self.page.get_by_role("button", name="菜单").click()
        self.follows(entry, inside=menu)

    def presses(self, button: str, *, inside: Locator | None = None, exact: bool = True) -> None:
        """A button that sends the form: the next page is there when this returns."""
        self._goes(self._in(inside).get_by_role("button", name=words(button, exact=exact)))

    def clicks(self, button: str, *, inside: Locator | None = None) -> None:
        """A button that changes something on this page."""
        self._in(inside).get_by_role("button", name=words(button)).click()

    def _goes(self, control: Locator) -> None:
        with self.page.expect_navigation():
            control.click()

    # --- filling in ---------------------------------------------------------------------------------

    def fills(self, label: str, text: str, *, inside: Locator | None = None) -> None:
        self.field(label, inside=inside).fill(text)

    def selects(self, label: str, option: str, *, inside: Locator | None = None, exact: bool = True) -> None:
        field = self.field(label, inside=inside)
        chosen = field.locator("option").filter(has_text=words(option, exact=exact))
        field.select_option(chosen.get_attribute("value"))

    def ticks(self, label: str, *, inside: Locator | None = None) -> None:
        """A box or one of several choices."""
        self.field(label, inside=inside).check()

    def attaches(self, label: str, file: Path) -> None:
        self.field(label).set_input_files(file)

    def field(self, label: str, *, inside: Locator | None = None) -> Locator:
        return self._in(inside).get_by_label(words(label))

    # --- looking ------------------------------------------------------------------------------------

    def sees(self, *words: str, inside: Locator | None = None) -> None:
        for each in words:
            where = self._in(inside) if inside else self.page.locator("main")
            expect(where).to_contain_text(each)

    def does_not_see(self, *words: str, inside: Locator | None = None) -> None:
        for each in words:
            where = self._in(inside) if inside else self.page.locator("main")
            expect(where).not_to_contain_text(each)

    def finds_written(self, label: str, text: str, *, inside: Locator | None = None) -> None:
        expect(self.field(label, inside=inside)).to_have_value(text)

    def row(self, *words: str) -> Locator:
        """The line of a table (or list) in which all these words stand."""
        rows = self.page.locator("main :is(tr, li)")
        for each in words:
            rows = rows.filter(has_text=each)
        return rows

    def part(self, heading: str) -> Locator:
        """The smallest part of the page under this heading."""
        title = self.page.get_by_role("heading", name=heading, exact=True)
        return self.page.locator("main :is(section, div)", has=title).last

    def group(self, name: str, *, inside: Locator | None = None) -> Locator:
        """One of several alike, as 问题 2."""
        return self._in(inside).get_by_role("group", name=name, exact=True)

    def downloads(self, link: Locator, target: Path) -> Path:
        with self.page.expect_download() as download:
            link.click()
        download.value.save_as(target)
        return target

    def _in(self, inside: Locator | None) -> Page | Locator:
        return self.page if inside is None else inside
