"""A secretary has the report in Word, brings it in, finds every part at its place, and adds a photograph."""

from pathlib import Path

import pytest

from documents.word.writer import WordPaper
from tests.browser import WatchedBrowser
from tests.files import picture
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser


def word_file(path: Path) -> Path:
    paper = WordPaper("2026年度抓基层党建工作述职报告")
    paper.heading("一、取得的成绩")
    paper.text("建成党群服务中心***个。")
    paper.heading("二、存在的问题")
    paper.text("（一）抓支部不细。究其原因，主要是我下支部少。")
    paper.heading("三、党建引领特色")
    paper.text("结对共建XX对。")
    path.write_bytes(paper.data())
    return path


def test_a_word_file_finds_its_places(demo_stack: Stack, browser: WatchedBrowser, tmp_path: Path) -> None:
    secretary = Person(browser.page(), demo_stack.url)
    secretary.signs_in("xxj2", DEMO_PASSWORD)
    page = secretary.page
    secretary.opens("/reports/?year=2026")
    secretary.follows("县XX局党组（QX-J02）")
    secretary.follows("从 Word 导入")
    secretary.attaches("Word 文件（.docx）", word_file(tmp_path / "述职报告.docx"))
    secretary.presses("读取文件")
    secretary.sees("未归入：1 处", "结对共建XX对。", "按编号分成 1 个问题", "我下支部少")

    unplaced = page.locator(".import-unplaced")
    unplaced.get_by_label("放在").select_option(label="主要成绩")
    for old in page.get_by_label("用 Word 里的替换").all():
        old.check()
    secretary.presses("按选择重新排列")
    for old in page.get_by_label("用 Word 里的替换").all():
        old.check()
    secretary.presses("写入报告")
    secretary.sees("Word 里的文字已写入报告")
    achievements = page.locator("#section-achievements textarea")
    assert achievements.input_value() == "建成党群服务中心***个。\n三、党建引领特色\n结对共建XX对。"

    page.locator("#section-achievements").get_by_role("button", name="添加附件").click()
    (tmp_path / "现场.jpg").write_bytes(picture("JPEG", (60, 40)))
    secretary.attaches("附件", tmp_path / "现场.jpg")
    secretary.presses("上传")
    secretary.sees("附件已上传", "现场.jpg")
