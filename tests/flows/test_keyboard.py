"""Without a mouse, and on both sizes of screen: every page of the menu, for everybody of the demo."""

import re

import pytest
from playwright.sync_api import Page, expect

from overview.demo.logins import demo_logins
from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser

MOST_STEPS = 150
# A ring or a shadow around what has the focus.
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return ring || style.boxShadow !== "none";
}"""
NAME = """() => {
  const { activeElement: element } = document;
  const label = element.labels && element.labels[0];
  return (label || element).textContent.replace(/\\s+/g, " ").trim() || element.getAttribute("aria-label") || "";
}"""
LINKS = """() => [...document.querySelectorAll("main a[href^='/']")].map((link) => link.pathname)"""
USERNAMES = [login["username"] for login in demo_logins()]


def tab_to(page: Page, words: str) -> None:
    """Presses Tab until what has the focus bears these words; every stop on the way shows that it has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        name = page.evaluate(NAME)
        assert page.evaluate(FOCUS), f"the focus on {name!r} cannot be seen on {page.url}"
        if words in name:
            return
    raise AssertionError(f"{words} was not reached on {page.url}")


def press_enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_report_is_handed_in_without_a_mouse(demo_stack: Stack, browser: WatchedBrowser) -> None:
    page = browser.page()
    page.goto(f"{demo_stack.url}/login/")
    if page.evaluate("document.activeElement.name") != "username":
        tab_to(page, "登录名")
    page.keyboard.type("xxj2")
    tab_to(page, "密码")
    page.keyboard.type(DEMO_PASSWORD)
    tab_to(page, "登录")
    press_enter(page)

    tab_to(page, "修改报告")
    press_enter(page)
    tab_to(page, "履行主体责任情况")
    while page.evaluate("document.activeElement.tagName") != "TEXTAREA":
        tab_to(page, "履行主体责任情况")
    page.keyboard.press("Control+End")
    page.keyboard.type("补充：走访党员***户。")
    tab_to(page, "保存并报送")
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("报送报告")
    tab_to(page, "仍要报送")
    press_enter(page)
    expect(page.locator("main")).to_contain_text("已报送")
    expect(page.locator("main")).to_contain_text("补充：走访党员***户。")


@pytest.mark.parametrize("username", USERNAMES)
def test_every_page_of_the_menu(demo_stack: Stack, browser: WatchedBrowser, username: str) -> None:
    person = signed_in(demo_stack, browser, username)
    for address in [*menu_of(person), "/notices/", "/password/"]:
        stands_well(person, address)


def test_everything_that_is_linked(demo_stack: Stack, browser: WatchedBrowser) -> None:
    """Each kind of page once, from the first person of the demo who finds a link to it."""
    seen: set[str] = set()
    for username in USERNAMES:
        person = signed_in(demo_stack, browser, username)
        waiting = menu_of(person)
        while waiting:
            address = waiting.pop(0)
            kind = re.sub(r"\d+", "N", address)
            if kind in seen:
                continue
            seen.add(kind)
            if is_page(person, address):
                stands_well(person, address)
                waiting += person.page.evaluate(LINKS)
    assert len(seen) > 50, sorted(seen)


def test_the_skip_link_leads_to_the_content(demo_stack: Stack, browser: WatchedBrowser) -> None:
    person = signed_in(demo_stack, browser, "maj")
    page = person.page
    for address in menu_of(person):
        person.opens(address)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="跳到正文")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        assert page.evaluate(FOCUS)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()


def signed_in(stack: Stack, browser: WatchedBrowser, username: str) -> Person:
    person = Person(browser.page(), stack.url)
    person.signs_in(username, DEMO_PASSWORD)
    return person


def menu_of(person: Person) -> list[str]:
    menu = person.page.get_by_role("navigation", name="主菜单")
    addresses = [link.get_attribute("href") or "" for link in menu.get_by_role("link").all()]
    assert addresses
    return addresses


def is_page(person: Person, address: str) -> bool:
    """Whether a link leads to a page; files must open too, but have no width."""
    answer = person.page.request.get(f"{person.url}{address}")
    assert answer.ok, f"{address} answers {answer.status}"
    return answer.headers["content-type"].startswith("text/html")


def stands_well(person: Person, address: str) -> None:
    """The page is there and nothing of it lies beside the screen."""
    page = person.page
    page.set_viewport_size({"width": 1280, "height": 900})
    response = page.goto(f"{person.url}{address}")
    assert response is not None
    assert response.status == 200, address
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("document.scrollingElement.scrollWidth")
        assert found <= width, f"{address} is {found} wide on a screen of {width}"
