"""Three phones in the booth: one scans, one types and loses the network, one has second thoughts; then the count."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import WatchedBrowser
from tests.stack import Stack

pytestmark = pytest.mark.browser

SET_UP = """
import json
from reviews.management.attacks.hall import set_up, vote
hall = set_up(6, reporters=2, items=2)
vote(hall, hall.voters[3:])
print(json.dumps({"round": hall.round.pk, "clerk": hall.clerk.pk, "envelopes": hall.envelopes,
                  "codes": [[v.code.long, v.code.typed] for v in hall.voters]}))
"""
COUNT = """
import json
from accounts.models import User
from reviews.actions.ballot_rounds import close_round, seal_box
from reviews.actions.tallies import count_round
from reviews.models import BallotRound, TallyLine
clerk, row = User.objects.get(pk={clerk}), BallotRound.objects.get(pk={round})
close_round(row, by=clerk)
row = count_round(seal_box(row, by=clerk), envelopes={envelopes!r}, witnesses="", by=clerk)
fair = TallyLine.objects.filter(round=row, grade_code="fair")
print(json.dumps({{"box": row.box_count, "receipts": row.output.receipts, "valid": row.piles.get().valid,
                   "fair": sum(fair.values_list("count", flat=True))}}))
"""


def booth(browser: WatchedBrowser, stack: Stack, fragment: str = "") -> Page:
    page = browser.page(width=390, height=844)
    page.goto(f"http://booth.localhost:{stack.port}/{fragment}")
    if fragment:  # the sheet of the slip that was scanned comes by a request of its own
        expect(page.locator(".ss-card")).to_be_visible()
    return page


def mark_all(page: Page, grade: str) -> None:
    """One after another, with the buttons under the thumb, up to the page before sending."""
    while page.locator(".ss-item").count():
        for item in page.locator(".ss-item").all():
            choice = item.locator(f"input[value={grade}]")
            if choice.count():
                choice.dispatch_event("click")
        page.locator(".ss-foot button").last.click()


def send(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^提交")).first.click()


def receipt(page: Page) -> str:
    expect(page.locator(".ss-status")).to_contain_text("已送达", timeout=30_000)
    found = re.search(r"[0-9A-Z]{16}", page.locator(".ss-receipt").inner_text())
    assert found
    return found[0]


@pytest.mark.parametrize("stack", ["embedded"], indirect=True)
def test_three_phones_and_a_count(stack: Stack, browser: WatchedBrowser) -> None:
    hall = json.loads(stack.python(SET_UP).splitlines()[-1])
    browser.expect_error("ERR_INTERNET_DISCONNECTED")

    scanned = booth(browser, stack, f"#{hall['codes'][0][0]}")
    assert scanned.url == f"http://booth.localhost:{stack.port}/"
    mark_all(scanned, "fair")
    send(scanned)
    first = receipt(scanned)
    assert scanned.context.cookies() == []

    typed = booth(browser, stack)
    typed.fill("#code", hall["codes"][1][1].lower())
    typed.get_by_role("button", name="开始测评").click()
    expect(typed.locator(".ss-card")).to_be_visible()
    typed.context.set_offline(True)
    mark_all(typed, "good")
    send(typed)
    expect(typed.locator(".ss-status")).to_contain_text("已保存在本机")
    typed.context.set_offline(False)
    second = receipt(typed)

    changed = booth(browser, stack, f"#{hall['codes'][2][0]}")
    mark_all(changed, "poor")
    send(changed)
    thrown_away = receipt(changed)
    changed.locator(".ss-tabs button").first.click()
    mark_all(changed, "fair")
    send(changed)
    expect(changed.locator(".ss-receipt")).not_to_contain_text(thrown_away)
    third = receipt(changed)

    counted = json.loads(stack.python(COUNT.format(**hall)).splitlines()[-1])
    assert (counted["box"], counted["valid"]) == (7, 6)
    assert {first, second, third} <= set(counted["receipts"])
    assert thrown_away not in counted["receipts"]
    browser.expect_error("status of 404")  # the slip is gone with the box
    scanned.reload()
    expect(scanned.locator("#booth-check")).to_contain_text(f"公布的验票码中有您的{first}")
