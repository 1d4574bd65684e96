"""Setting the meeting up, holding it, closing it."""

import re
from decimal import Decimal

from playwright.sync_api import expect

from tests.flows.cast import ATTENDANCE, FIRST, GUEST, HOST, LEADER, RATER, ReportingSecretary, Year
from tests.flows.person import Person

MARKS_OF_LEADER = ["95", "92", "90", "88", "85", "86"]
MARKS_OF_RATER = ["90", "88.5", "91", "80", "90", "87.5"]
DIMENSIONS = ["工作实效", "履行主体责任", "个人履职", "问题剖析", "承诺（整改）兑现", "领办项目"]
POINTED_OUT = "抓党建载体不多，，离“每村有特色”还有X项没做到。"


def the_meeting_page(person: Person, year: Year) -> None:
    person.chooses_from_menu("会议")
    person.follows(year.title)


def the_meeting_is_set_up(clerk: Person, year: Year) -> None:
    clerk.chooses_from_menu("会议")
    clerk.follows(f"新建{year.number}年度会议")
    clerk.finds_written("会议名称", year.title)
    clerk.fills("会议时间（文字）", "X月X日上午")
    clerk.fills("开始时间", "08:30")
    clerk.fills("地点", "县会议中心")
    clerk.selects("主持人", HOST, exact=False)
    clerk.fills("会议依据", "按照中央和省、市委的统一安排")
    clerk.fills("会议主要任务", "主要是对乡镇、部门党（工）委书记履行基层党建工作责任情况进行评议")
    clerk.presses("新建会议")
    present = f"大会述职 {len(year.speakers)} 人，书面述职 {len(year.writers)} 人"
    clerk.sees(year.title, "X月X日上午", present)


def the_guests_and_nine_categories_are_entered(clerk: Person) -> None:
    clerk.follows("编排参会人员")
    assert [name.input_value() for name in clerk.field("类别").all()] == ATTENDANCE
    clerk.clicks("添加一位出席指导")
    guest = clerk.group("出席指导 1")
    clerk.fills("姓名", GUEST, inside=guest)
    clerk.fills("单位", "市委组织部", inside=guest)
    clerk.fills("职务", "副部长", inside=guest)
    leaders = clerk.group("类别 1")
    clerk.fills("名单", f"{HOST} 青岚县委 书记\n{LEADER} 青岚县委 常委、组织部部长", inside=leaders)
    representatives = clerk.group("类别 9")
    clerk.fills("人数", "***", inside=representatives)
    clerk.fills("参会总人数（文字）", "***多人")
    clerk.presses("保存")
    clerk.sees("现在：共***多人", "1 类的人数不是确数")


def the_agenda_has_four_items(clerk: Person, year: Year) -> None:
    the_meeting_page(clerk, year)
    clerk.sees("共***多人", *ATTENDANCE)
    clerk.sees("共有4项议程", "第一项", "进行述职点评", "第四项", "书记讲话")
    clerk.follows("编排议程和述职顺序")
    speech = clerk.group("议程 3")
    clerk.finds_written("议程内容", "上级领导讲话", inside=speech)
    clerk.fills("主讲人", GUEST, inside=speech)
    clerk.presses("保存议程")
    the_meeting_page(clerk, year)
    clerk.follows("编排议程和述职顺序")
    second = year.speakers[1]
    clerk.presses("点评人", inside=clerk.row(second.name, "乙镇党委书记"), exact=False)
    clerk.page.get_by_label(re.compile(LEADER)).check()
    clerk.presses("保存")
    clerk.sees(LEADER, inside=clerk.row("乙镇党委书记", second.name))


def two_raters_are_named(clerk: Person, year: Year) -> None:
    the_meeting_page(clerk, year)
    clerk.follows("评分人")
    clerk.follows("添加评分人", inside=clerk.page.locator(".page-actions"))
    for name, category in ((LEADER, "县级领导"), (RATER, "部门和单位负责人")):
        clerk.fills("姓名、单位、职务", name)
        clerk.presses("查询")
        clerk.page.get_by_label(name).check()
        clerk.page.get_by_label(category).check()
        clerk.presses("添加勾选的人员")
        clerk.sees(f"已添加到“{category}”。")
    clerk.follows("返回名单")
    clerk.sees("县级领导（权重50%）1人", "部门和单位负责人（权重30%）1人", LEADER, RATER)
    the_meeting_page(clerk, year)


def the_meeting_is_opened(clerk: Person, year: Year) -> None:
    the_meeting_page(clerk, year)
    clerk.follows("宣布开会")
    clerk.presses("确认开会")
    clerk.sees("会议现场", "会议开始。", "正在召开")


def the_reporters_speak(clerk: Person, year: Year) -> None:
    """Each reports and is commented on; the last button of one calls the next."""
    clerk.presses(f"开始述职：{FIRST.name}")
    count = len(year.speakers)
    for place, reporter in enumerate(year.speakers, start=1):
        now = clerk.page.locator(".live-now")
        clerk.sees(f"第 {place} 位，共 {count} 位", "正在述职", f"{reporter.organization}书记", inside=now)
        clerk.presses("转入点评", inside=now)
        clerk.sees("正在点评", inside=now)
        clerk.presses("下一位" if place < count else "本人结束", inside=now)
    clerk.sees("述职人已全部轮到", f"已完成 {count} 人，共 {count} 人")
    clerk.presses("转到本项 第二项", exact=False, inside=clerk.row("第二项"))
    expect(clerk.row("第二项")).to_contain_text("当前")


def makes_a_comment(commenter: Person, year: Year, name: str, label: str, *, problem: str = POINTED_OUT) -> None:
    the_meeting_page(commenter, year)
    commenter.follows("点评意见")
    commenter.follows(f"写{name}的点评{label}")
    commenter.fills("肯定成绩", "思路清，抓得实。")
    commenter.clicks("添加一个问题")
    commenter.fills("指出的问题", problem, inside=commenter.group("问题 1"))
    commenter.fills("整改要求和建议", "年底前整改到位，报县委组织部。")
    commenter.presses("定稿")
    commenter.sees("点评已经定稿")


def four_comments_are_made(host: Person, leader: Person, year: Year) -> None:
    for place in (0, 2, 3):
        makes_a_comment(host, year, HOST, year.speakers[place].label)
    makes_a_comment(leader, year, LEADER, year.speakers[1].label)


def closing_names_who_has_no_comment(clerk: Person, year: Year) -> None:
    the_meeting_page(clerk, year)
    clerk.follows("结束会议")
    last = year.speakers[-1]
    clerk.sees(f"会议还不能结束：1名大会述职人还没有定稿的点评：{last.label}{last.name}。")
    expect(clerk.page.get_by_role("button", name="结束会议")).to_have_count(0)


def the_last_comment_is_made(host: Person, year: Year) -> None:
    makes_a_comment(host, year, HOST, year.speakers[-1].label)


def a_rater_marks_on_a_phone(rater: Person, year: Year, marks: list[str]) -> None:
    """First a slip of the finger: 101 is refused by name and the rest stays."""
    the_meeting_page(rater, year)
    rater.follows("评分表")
    rater.follows(f"{FIRST.label} {FIRST.name}")
    for dimension, mark in zip(DIMENSIONS, ["101", *marks[1:]], strict=True):
        rater.fills(dimension, mark)
    rater.presses("提交")
    rater.sees("工作实效：请填写0到100之间的得分。")
    for dimension, mark in zip(DIMENSIONS[1:], marks[1:], strict=True):
        rater.finds_written(dimension, mark)
    rater.fills(DIMENSIONS[0], marks[0])
    rater.presses("提交")
    rater.follows("评分", inside=rater.page.get_by_role("navigation", name="所在位置"))
    rater.sees("已提交", inside=rater.row(FIRST.label))
    width = rater.page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= 390


def marks_the_others(rater: Person, year: Year, mark: str, *, but: ReportingSecretary | None = None) -> None:
    """After the first: the same mark for everything; `but`: the own organization, which one does not mark."""
    for reporter in year.reporters[1:]:
        if reporter != but:
            the_meeting_page(rater, year)
            rater.follows("评分表")
            rater.follows(f"{reporter.label} {reporter.name}")
            for dimension in DIMENSIONS:
                rater.fills(dimension, mark)
            rater.presses("提交")
            rater.sees(f"已提交对{reporter.label}的评分")


def nobody_marks_the_own_organization(rater: Person, year: Year, own: ReportingSecretary, done: int) -> None:
    the_meeting_page(rater, year)
    rater.follows("评分表")
    row = rater.row(own.label)
    rater.sees("本单位，不参加评分", inside=row)
    expect(row.get_by_role("link")).to_have_count(0)
    rater.sees(f"已评 {done}/{len(year.reporters) - 1}")


def the_host_sees_only_how_many_sheets_are_in(host: Person, year: Year, *words: str) -> None:
    the_meeting_page(host, year)
    path = host.page.url.removeprefix(host.url)
    host.opens(f"{path}scoring/")
    host.sees(*words)
    host.does_not_see(LEADER, RATER, "90.45", "88.15")


def the_meeting_is_closed(clerk: Person, year: Year) -> None:
    the_meeting_page(clerk, year)
    clerk.follows("结束会议")
    clerk.presses("结束会议")
    clerk.sees("会议已经结束。各单位的整改清单已经形成。", f"共 {len(year.reporters)} 个述职单位")
    clerk.does_not_see("不符", "还没有清单")


# --- results --------------------------------------------------------------------------------------

TYPED = {"平时党建考核": "91", "实地调研核查": "88.5", "领导点评评价": "93"}


def the_other_parts_are_typed_and_results_computed(clerk: Person, year: Year) -> None:
    the_meeting_page(clerk, year)
    clerk.follows("评议结果")
    clerk.follows("录入其他得分")
    for component, score in TYPED.items():
        for reporter in year.reporters:
            first = reporter.code == FIRST.code
            clerk.fills(f"{reporter.label}{reporter.name} {component}", score if first else "80")
    clerk.presses("保存")
    clerk.presses("计算综合得分")
    clerk.sees(f"已计算 {len(year.reporters)} 名")


def the_result_can_be_worked_out_by_hand(clerk: Person) -> None:
    """With the printed figures and nothing else."""
    # 95×25% + 92×20% + 90×20% + 88×15% + 85×10% + 86×10%
    leader = (
        Decimal("23.75") + Decimal("18.40") + Decimal("18.00") + Decimal("13.20") + Decimal("8.50") + Decimal("8.60")
    )
    assert leader == Decimal("90.45")
    # 90×25% + 88.5×20% + 91×20% + 80×15% + 90×10% + 87.5×10%
    rater = (
        Decimal("22.50") + Decimal("17.70") + Decimal("18.20") + Decimal("12.00") + Decimal("9.00") + Decimal("8.75")
    )
    assert rater == Decimal("88.15")
    # The third category has no sheet: (90.45×50 + 88.15×30) ÷ 80 = 7167 ÷ 80 = 89.5875, rounded 89.59
    meeting = Decimal("89.59")
    # 91×40% + 88.5×20% + 89.59×30% + 93×10% = 36.4 + 17.7 + 26.877 + 9.3 = 90.277, rounded 90.28
    composite = Decimal("90.28")
    clerk.follows(f"{composite} 计算过程 {FIRST.label}")
    clerk.sees(str(leader), inside=clerk.row("县级领导第1份评分表"))
    clerk.sees(str(rater), inside=clerk.row("部门和单位负责人第1份评分表"))
    clerk.sees("有评分表的类别权重合计80%", str(meeting), str(composite))
    clerk.sees("建议等次", "好")


def the_grade_is_decided_with_a_reason(clerk: Person, day: str) -> None:
    clerk.follows("录入审定等次")
    clerk.ticks("较好")
    clerk.fills("审定会议", "县委常委会第X次会议")
    clerk.fills("审定日期", day)
    clerk.presses("录入审定等次")
    clerk.sees("与建议等次不一致")
    clerk.ticks("较好")
    clerk.fills("与建议等次不一致的理由", "年内有1起党员违纪问题，整改还在进行。")
    clerk.presses("录入审定等次")
    clerk.sees("较好", inside=clerk.row(FIRST.label))
