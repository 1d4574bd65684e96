"""Papers are asked for, watched while they are made, downloaded, and read."""

import re

from playwright.sync_api import expect

from tests.flows.cast import FIRST, GUEST, HOST, LEADER, Year
from tests.flows.county import County
from tests.flows.papers import PaperFile
from tests.flows.person import Person

UNFINISHED = re.compile("排队中|生成中")
SECONDS = 90_000


def gets_the_paper(county: County, person: Person, heading: str, *, watch: bool = False) -> PaperFile:
    """Asks for it under its heading, waits until it is ready, and downloads it."""
    person.presses("生成", inside=person.part(heading))
    box = person.part(heading)
    if watch:
        expect(box).to_contain_text(UNFINISHED)
        expect(box.get_by_role("progressbar")).to_be_visible()
    expect(box).to_contain_text("已生成", timeout=SECONDS)
    person.does_not_see("生成失败", inside=box)
    file = person.downloads(box.get_by_role("link", name="下载"), county.folder / f"{heading}.pdf")
    return PaperFile(file)


def the_agenda_is_printed(county: County, clerk: Person, year: Year) -> None:
    agenda = gets_the_paper(county, clerk, "会议议程").text
    assert year.title in agenda
    assert "会议共有4项议程：" in agenda
    assert "第一项，进行述职点评" in agenda
    assert f"第三项，上级领导讲话（{GUEST}）" in agenda
    assert "大会述职顺序（5人）" in agenda
    assert "书面述职名单（12人）" in agenda
    assert "县人大主要领导，乡镇党委书记、乡镇长、主任，县直部门党委负责人" in agenda
    assert "共***多人。" in agenda
    assert agenda.count("市XX局党组书记***") == 3
    for reporter in year.reporters:
        assert reporter.organization in agenda
    assert "（大家欢迎）" not in agenda


def the_script_is_printed(county: County, clerk: Person, year: Year) -> None:
    script = gets_the_paper(county, clerk, "主持词").text
    assert "同志们：按照中央和省、市委的统一安排" in script
    assert "今天的会议共有4项议程，下面逐项进行。" in script
    assert f"出席指导今天会议的有：市委组织部副部长{GUEST}同志。（大家欢迎）" in script
    assert f"首先，请甲乡党委书记{FIRST.name}同志述职，由我进行点评。" in script
    assert f"请乙镇党委书记{year.speakers[1].name}同志述职，由{LEADER}同志进行点评。" in script
    assert script.count("请市XX局党组书记***同志述职，由我进行点评。") == 2
    assert "其他12名党（工）委（党组）书记印发了书面述职材料，请大家认真阅读评议。" in script
    for reporter in year.writers:
        assert f"{reporter.name}同志" in script
    assert "5名党（工）委（党组）书记进行了述职" in script
    assert script.endswith("今天的会议就到这里，现在散会。—3—")


def the_packet_is_printed(county: County, clerk: Person, year: Year) -> None:
    clerk.follows("评议材料与汇总")
    packet = gets_the_paper(county, clerk, "述职评议材料", watch=True)
    text = packet.text
    assert year.title in text
    assert "会议共有4项议程：" in text
    assert "述职人名单" in packet.page_with_number(packet.number_in_contents("述职人名单"))
    for place, reporter in enumerate(year.reporters, start=1):
        line = f"{place}．{reporter.organization}（{reporter.mode}）{reporter.name}"
        page = packet.page_with_number(packet.number_in_contents(line))
        assert f"{year.number}年度抓基层党建工作述职报告" in page
        assert f"{reporter.organization}书记{reporter.name}" in page
        if reporter != FIRST:  # whose report was typed in the browser
            assert f"（{reporter.code}）" in page


def the_summary_is_printed(county: County, clerk: Person, year: Year) -> None:
    clerk.chooses_from_menu("会议")
    clerk.follows(year.title)
    clerk.follows("评议材料与汇总")
    summary = gets_the_paper(county, clerk, "会议情况汇总").text
    assert "5人作大会述职，12人作书面述职，共17人" in summary
    assert f"会议由青岚县委书记{HOST}主持" in summary
    assert "90.28" in summary
    for reporter in year.reporters:
        assert f"{reporter.label}{reporter.name}" in summary
