"""The power fails while the register is written from a long file: another worker writes it, each row exactly once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.accounts.workbooks import organization, workbook
from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Databases, Stack

pytestmark = pytest.mark.browser

ROWS = 1500
# What a worker says every two seconds is missed after a minute, which this story does not wait for.
A_MINUTE_PASSES = """
import datetime as dt
from django.db.models import F
from accounts.models import RegisterImport
RegisterImport.objects.update(heard_at=F("heard_at") - dt.timedelta(minutes=1))
"""
WHAT_IS_THERE = """
from accounts.models import AuditEntry, Organization, RegisterImport
made = list(Organization.objects.filter(code__startswith="QX-KI").values_list("code", flat=True))
row = RegisterImport.objects.get()
print(len(made), len(set(made)), AuditEntry.objects.filter(verb="导入名册").count(), row.state, row.losses)
"""


@pytest.fixture
def server(databases: Databases) -> Iterator[Stack]:
    """The demo county on PostgreSQL, Redis and a Celery worker of its own."""
    stack = Stack("services", *databases.new_environment("services", demo=True))
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


def test_a_killed_import(server: Stack, browser: WatchedBrowser, tmp_path: Path) -> None:
    file = tmp_path / "名册.xlsx"
    names = ({"level": "村（社区）", "kind": "党支部"} for _ in range(ROWS))
    file.write_bytes(
        workbook(
            organizations=[organization(f"QX-KI{n}", "XX村党支部", "QX-T04", **each) for n, each in enumerate(names)]
        )
    )
    clerk = Person(browser.page(), server.url)
    clerk.signs_in("maj", DEMO_PASSWORD)
    clerk.chooses_from_menu("党组织")
    clerk.follows("导入导出")
    clerk.attaches("Excel 文件", file)
    clerk.presses("上传并核对")
    button = clerk.page.get_by_role("button", name="确认导入")
    expect(button).to_be_visible(timeout=60_000)
    clerk.presses("确认导入")
    expect(clerk.page.locator("main")).to_contain_text(re.compile(r"正在写入第 \d+ 项，共 1500 项"), timeout=60_000)
    server.kill_worker()
    assert server.python(WHAT_IS_THERE).split() == ["0", "0", "0", "writing", "0"]
    clerk.page.reload()
    expect(clerk.page.get_by_role("progressbar")).to_be_visible()

    server.python(A_MINUTE_PASSES)
    server.start_worker()
    expect(clerk.page.get_by_role("heading", name="已导入")).to_be_visible(timeout=180_000)
    assert server.python(WHAT_IS_THERE).split() == [str(ROWS), str(ROWS), "1", "written", "1"]
