"""A slip of paper becomes an account: printed by the clerk, opened by its holder, closed to whoever guesses."""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import WatchedBrowser, sign_in
from tests.flows.person import DEMO_PASSWORD
from tests.stack import Stack

pytestmark = pytest.mark.browser

PASSWORD = "qing-xi-2027"


def test_a_slip_opens_an_account_once(demo_stack: Stack, browser: WatchedBrowser) -> None:
    clerk = browser.page(accept_downloads=True)
    sign_in(clerk, demo_stack.url, "maj", DEMO_PASSWORD)
    clerk.goto(f"{demo_stack.url}/people/")
    clerk.get_by_role("link", name="制作激活单").click()
    row = clerk.get_by_role("row").nth(1)
    name = row.get_by_role("checkbox").locator("xpath=../..").locator("label").inner_text()
    row.get_by_role("checkbox").check()
    with clerk.expect_download(timeout=60_000) as download:
        clerk.get_by_role("button", name="为勾选的人员制作").click()
    text = re.sub(r"\s", "", PdfReader(download.value.path()).pages[0].extract_text())
    username, code = re.findall(r"登录名(\w+)激活码([a-z2-9-]{14})", text)[0]
    assert name.split("（")[0] in text

    holder = browser.page(width=390, height=844)
    holder.goto(f"{demo_stack.url}/activate/#{code}")
    expect(holder.get_by_label("激活码")).to_have_value(code)
    assert "#" not in holder.url
    holder.get_by_label("设置自己的密码").fill(PASSWORD)
    holder.get_by_label("再输入一遍密码").fill(PASSWORD)
    holder.get_by_role("button", name="激活并登录").click()
    expect(holder.get_by_text(f"今后请用登录名 {username}")).to_be_visible()

    late = browser.page()
    late.goto(f"{demo_stack.url}/activate/#{code}")
    late.get_by_label("设置自己的密码").fill("another-2027")
    late.get_by_label("再输入一遍密码").fill("another-2027")
    late.get_by_role("button", name="激活并登录").click()
    expect(late.get_by_role("alert")).to_contain_text("已经用过")

    browser.expect_error("status of 429")
    for _ in range(5):
        late.goto(f"{demo_stack.url}/login/")
        late.get_by_label("登录名").fill(username)
        late.get_by_label("密码").fill("guess-2027")
        late.get_by_role("button", name="登录", exact=True).click()
    expect(late.get_by_role("heading", name="登录已暂停")).to_be_visible()

    clerk.goto(f"{demo_stack.url}/people/?q={name[name.index('（') + 1 : -1]}")
    clerk.get_by_role("link", name=name.split("（")[0]).click()
    clerk.get_by_role("button", name="核实是本人后，立即解除锁定").click()
    expect(clerk.get_by_text("已解除锁定")).to_be_visible()
    sign_in(late, demo_stack.url, username, PASSWORD)
