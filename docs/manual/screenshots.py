"""Draws the pictures of the README and the manual from a demo county: `python docs/manual/screenshots.py ADDRESS`.

ADDRESS is that of a running `./dev run`, http://127.0.0.1:8000 unless told.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
PASSWORD = "demo-2026"  # of the demo, printed on its login page  # noqa: S105
MOST_BYTES = 200_000


def sign_in(browser: Browser, address: str, username: str, *, width: int, height: int) -> Page:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", color_scheme="light")
    page = context.new_page()
    page.goto(f"{address}/login/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_label("密码").press("Enter")
    return page


def draw(page: Page, name: str) -> None:
    file = IMAGES / f"{name}.png"
    page.screenshot(path=file)
    size = file.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{file} has {size} bytes, more than {MOST_BYTES}")


def clerk_at_home(browser: Browser, address: str) -> None:
    page = sign_in(browser, address, "maj", width=1280, height=1060)
    draw(page, "home-clerk")


def report_on_a_phone(browser: Browser, address: str) -> None:
    page = sign_in(browser, address, "yef", width=390, height=1180)
    page.locator(".duties").get_by_role("link", name="撰写报告").click()
    page.get_by_label("履行主体责任情况").wait_for()
    draw(page, "report-phone")


def main(address: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        clerk_at_home(browser, address)
        report_on_a_phone(browser, address)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
