"""A clerk spreads a year over two meetings, invites from Excel, draws lots, publishes twice and rehearses."""

import pytest

from common.workbooks import XLSX, NewColumn, NewSheet, write_workbook
from tests.browser import WatchedBrowser
from tests.flows.person import DEMO_PASSWORD, Person
from tests.stack import Stack

pytestmark = pytest.mark.browser

COLUMNS = tuple(NewColumn(name) for name in ("类别", "姓名", "单位", "职务"))


def test_two_meetings_are_prepared(demo_stack: Stack, browser: WatchedBrowser) -> None:
    clerk = Person(browser.page(), demo_stack.url)
    clerk.signs_in("maj", DEMO_PASSWORD)
    meeting = _adds_a_meeting(clerk)
    _invites_from_excel(clerk, meeting)
    _draws_lots(clerk, meeting)
    _publishes_twice(clerk, meeting)
    _rehearses(clerk, meeting)


def _adds_a_meeting(clerk: Person) -> str:
    clerk.chooses_from_menu("会议")
    clerk.follows("新建2026年度会议")
    clerk.fills("会议名称", "县直机关专场述职评议会")
    clerk.presses("新建会议")
    path = clerk.page.url.removeprefix(clerk.url)
    clerk.follows("分配述职会议")
    offices = clerk.page.get_by_role("group", name="机关", exact=True)
    offices.get_by_label("全部列入").select_option(label="县直机关专场述职评议会")
    clerk.presses("保存分配")
    clerk.sees("已调整", "全部述职人都已列入会议")
    return path


def _invites_from_excel(clerk: Person, meeting: str) -> None:
    rows = [["县委常委", "张某", "县委", "常委"], ["群众代表", "***", "", ""]]
    file = {"name": "名单.xlsx", "mimeType": XLSX, "buffer": write_workbook([NewSheet("名单", COLUMNS, rows)])}
    clerk.opens(f"{meeting}attendance/import/")
    clerk.page.get_by_label("Excel 文件").set_input_files(file)
    clerk.presses("上传核对")
    clerk.sees("新增 2 行")
    clerk.presses("确认导入")
    clerk.sees("参会名单已导入")


def _draws_lots(clerk: Person, meeting: str) -> None:
    clerk.opens(f"{meeting}draw/edit/")
    clerk.presses("系统抽签")
    clerk.sees("抽签结果已记录", "随机种子")


def _publishes_twice(clerk: Person, meeting: str) -> None:
    clerk.opens(f"{meeting}agenda/publish/")
    clerk.presses("发布第 1 版")
    clerk.sees("与已发布的第 1 版一致")
    clerk.opens(f"{meeting}edit/")
    clerk.fills("地点", "机关工委会议室")
    clerk.presses("保存")
    clerk.opens(f"{meeting}agenda/publish/")
    clerk.sees("地点由“未定”改为“机关工委会议室”")
    clerk.presses("发布新版")
    clerk.sees("与已发布的第 2 版一致")


def _rehearses(clerk: Person, meeting: str) -> None:
    clerk.opens(f"{meeting}rehearsal/")
    clerk.presses("开始演练")
    clerk.sees("正在演练")
    clerk.presses("填入模拟评分和点评")
    clerk.presses("自动走完全程")
    clerk.presses("结束演练并清除")
    clerk.sees("演练没有留下任何数据")
