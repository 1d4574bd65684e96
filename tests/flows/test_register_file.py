"""A clerk changes the register in Excel: exports it, looks at what the file would do, confirms, finds it in the tree."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser


def test_the_register_goes_out_and_comes_back_changed(
    demo_stack: Stack, browser: WatchedBrowser, tmp_path: Path
) -> None:
    clerk = Person(browser.page(), demo_stack.url)
    clerk.signs_in("maj", DEMO_PASSWORD)
    page = clerk.page
    clerk.chooses_from_menu("党组织")
    clerk.follows("导入导出")
    export = page.get_by_role("link", name="导出现有名册")
    file = clerk.downloads(export, tmp_path / "名册.xlsx")

    book = openpyxl.load_workbook(file)
    book["党组织"].append(["ＱＸ－N01", "XX村党支部", "XX村", "QX-T04", "党支部", "村（社区）", "农村"])
    book["党组织"].append(["QX-N02", "县XX局党组", "", "BS", "党组", "乡镇（街道）、部门", "机关"])
    book.save(file)
    clerk.attaches("Excel 文件", file)
    clerk.presses("上传并核对")
    clerk.sees("整份文件都没有写入", "上级代码“BS”不在您管理的范围内")

    book["党组织"].delete_rows(book["党组织"].max_row)
    book.save(file)
    clerk.follows("重新上传")
    clerk.attaches("Excel 文件", file)
    clerk.presses("上传并核对")
    clerk.sees("XX村党支部（QX-N01）")
    clerk.presses("确认导入")
    clerk.sees("已导入，下面是写入的内容")

    clerk.chooses_from_menu("党组织")
    clerk.follows("逐级查看")
    page.locator("summary", has_text="石鼓镇党委").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="XX村党支部")).to_be_visible()
