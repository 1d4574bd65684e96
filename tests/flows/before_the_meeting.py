"""From an empty server to an accepted report."""

import re

from playwright.sync_api import expect

from tests.flows.cast import COUNTY, FIRST, ReportingSecretary, Year
from tests.flows.county import County
from tests.flows.person import PASSWORD, Person

# --- the register ---------------------------------------------------------------------------------


def the_server_is_set_up(county: County) -> Person:
    """The one command of an empty server, then a login that asks for a password of one's own."""
    arguments = ["--organization", COUNTY, "--code", "X", "--name", "管某", "--username", "guanli"]
    printed = county.stack.manage("set_up_installation", *arguments)
    found = re.search(r"一次性密码 (\S+)（", printed)
    assert found, printed
    administrator = county.somebody()
    signs_in_for_the_first_time(administrator, "guanli", found[1])
    return administrator


def signs_in_for_the_first_time(person: Person, username: str, one_time_password: str) -> None:
    person.signs_in(username, one_time_password)
    expect(person.page.get_by_role("heading", level=1)).to_have_text("修改密码")
    person.fills("当前密码（首次登录填一次性密码）", one_time_password)
    person.fills("新密码", PASSWORD)
    person.fills("新密码确认", PASSWORD)
    person.presses("保存新密码")
    person.sees("密码已修改", "我要做的事")


def enters_a_person(administrator: Person, *, code: str, name: str, title: str, role: str, username: str) -> str:
    """From the organization's page; returns the one-time password of the account."""
    administrator.follows("新增人员")
    administrator.fills("人员代码", code)
    administrator.fills("姓名", name)
    administrator.fills("职务", title)
    administrator.selects("角色", role)
    administrator.fills("任职日期", "2025-01-01")
    if role == "党组织书记":
        administrator.ticks("第一责任人")
    administrator.presses("保存")
    administrator.sees("已新增人员及其任职。")
    administrator.fills("登录名", username)
    administrator.presses("开通账号")
    password = administrator.page.locator("main dd").last.inner_text()
    administrator.follows("已记下，返回")
    return password


def the_clerk_gets_an_account(county: County, administrator: Person) -> Person:
    administrator.chooses_from_menu("党组织")
    administrator.follows(COUNTY)
    facts = {"code": "P-ZZ", "name": "组某", "title": "组织部干部科科长", "role": "组织部门", "username": "zuzhi"}
    password = enters_a_person(administrator, **facts)
    clerk = county.somebody()
    signs_in_for_the_first_time(clerk, "zuzhi", password)
    return clerk


def the_first_organization_is_entered(county: County, administrator: Person) -> Person:
    administrator.chooses_from_menu("党组织")
    administrator.follows(COUNTY)
    administrator.follows("新增下级党组织")
    administrator.fills("代码", FIRST.code)
    administrator.fills("名称", FIRST.organization)
    administrator.selects("类型", "党委")
    administrator.selects("层级", "乡镇（街道）、部门")
    administrator.selects("领域", "农村")
    administrator.presses("保存")
    administrator.sees("已新增党组织。", FIRST.organization)
    facts = {"code": "P-X01", "name": FIRST.name, "title": "党委书记", "role": "党组织书记", "username": "x01"}
    password = enters_a_person(administrator, **facts)
    secretary = county.somebody()
    signs_in_for_the_first_time(secretary, "x01", password)
    return secretary


# --- the year -------------------------------------------------------------------------------------


def the_year_is_opened(clerk: Person, year: Year, *, source: str = "县级常用：三类评分人") -> None:
    """From a preset, or from the scheme of the year before with those who reported then."""
    clerk.chooses_from_menu("年度")
    clerk.follows("新建年度", inside=clerk.page.locator(".page-actions"))
    clerk.fills("考核年度", str(year.number))
    clerk.page.get_by_label(source).check()
    clerk.presses("建立年度")
    clerk.sees(f"{year.number}年度述职评议考核")


def the_scheme_is_looked_at(clerk: Person) -> None:
    clerk.follows("考核方案")
    clerk.sees("方案尚未冻结", "工作实效", "25%", "县级领导", "50%", "现场测评", "30%", "会后30日内")
    clerk.page.go_back()


def the_reporters_are_listed(clerk: Person, year: Year) -> None:
    clerk.follows("列入述职人")
    for reporter in year.reporters:
        clerk.ticks(reporter.label)
        clerk.selects(f"{reporter.label} 述职方式", reporter.mode)
        if not reporter.oral:
            clerk.fills(f"{reporter.label} 书面述职原因", "由于时间关系")
    clerk.presses("列入述职名单")
    clerk.sees(f"已列入{len(year.reporters)}个单位。", f"大会{len(year.speakers)}，书面{len(year.writers)}")


def three_of_one_name_are_told_apart(clerk: Person) -> None:
    for code in ("X04", "X05", "X06"):
        clerk.sees("***", inside=clerk.row(f"市XX局党组（{code}）", "述职"))


def the_page_of_the_year(clerk: Person, year: Year) -> None:
    clerk.chooses_from_menu("年度")
    clerk.follows(f"{year.number}年度", inside=clerk.page.locator("main"))


def the_year_moves_on(clerk: Person, year: Year, phase: str) -> None:
    the_page_of_the_year(clerk, year)
    clerk.follows("进入下一阶段")
    clerk.sees(f"进入“{phase}”阶段？")
    clerk.presses("进入下一阶段")
    expect(clerk.page.locator(".phase-current")).to_contain_text(phase)


# --- the report -----------------------------------------------------------------------------------

DUTY = "　　述党建：主持研究党建工作9次，走访党员***户，，整顿软弱涣散村党组织X个。"
OWN = "我带队到村蹲点23天，亲自协调解决4件事，本人讲党课3次。"
RESULTS = "全乡集体经济收入增长X%，“三会一课”按时开展。"
FIRST_PROBLEM = "我到村指导偏少，对两个村党支部的组织生活没有一抓到底。"
SECOND_PROBLEM = "党员教育办法不多，流动党员*名联系不紧。"
CAUSE = "主观上认为分管同志会抓，压力传导不够，自己把自己摆进去不够。"
PROMISE = "6月底前到每个村党支部参加一次组织生活，年底前逐项销号。"


def the_report_page(secretary: Person, year: Year, reporter: ReportingSecretary = FIRST) -> None:
    secretary.chooses_from_menu("首页")
    duty = secretary.row(f"{reporter.organization}{year.number}年度述职报告")
    secretary.follows("报告", inside=duty, exact=False)
    expect(secretary.page.get_by_role("heading", level=1)).to_have_text(f"{year.number}年度抓基层党建工作述职报告")


def writes_the_texts(secretary: Person) -> None:
    secretary.fills("履行主体责任情况", DUTY)
    secretary.fills("个人履职情况", OWN)
    secretary.fills("主要成绩", RESULTS)
    secretary.fills("下一步措施与承诺", PROMISE)


def writes_problems(secretary: Person, *problems: str) -> None:
    for place, problem in enumerate(problems, start=1):
        if place > 1 and not secretary.group(f"问题 {place}").count():
            secretary.clicks("添加一个问题")
        secretary.fills("存在问题", problem, inside=secretary.group(f"问题 {place}"))
        cause = f"对第{place}个问题，{CAUSE}"
        secretary.fills("原因剖析", cause, inside=secretary.group(f"问题 {place}"))


def an_incomplete_report_is_refused_by_name(secretary: Person, year: Year) -> None:
    the_report_page(secretary, year)
    secretary.fills("履行主体责任情况", DUTY)
    secretary.fills("个人履职情况", OWN)
    secretary.fills("主要成绩", RESULTS)
    secretary.fills("存在问题", FIRST_PROBLEM, inside=secretary.group("问题 1"))
    secretary.presses("保存并报送")
    secretary.sees("还没有报送：还差 2 处", inside=secretary.page.get_by_role("alert"))
    secretary.sees("第1个问题没有写原因。", "“下一步措施与承诺”还没有填写。")
    secretary.finds_written("履行主体责任情况", DUTY)
    secretary.finds_written("个人履职情况", OWN)
    secretary.finds_written("主要成绩", RESULTS)
    secretary.finds_written("存在问题", FIRST_PROBLEM, inside=secretary.group("问题 1"))


def the_report_is_completed_and_handed_in(secretary: Person) -> None:
    secretary.fills("原因剖析", CAUSE, inside=secretary.group("问题 1"))
    secretary.fills("存在问题", SECOND_PROBLEM, inside=secretary.group("问题 2"))
    secretary.fills("原因剖析", CAUSE, inside=secretary.group("问题 2"))
    secretary.fills("下一步措施与承诺", PROMISE)
    secretary.presses("保存并报送")
    secretary.sees("提交前请看一眼", "第1个问题的原因和第2个问题的原因文字相同")
    secretary.presses("仍要报送")
    secretary.sees("已报送", DUTY, SECOND_PROBLEM)


def hands_the_report_in(secretary: Person, *problems: str) -> None:
    """With or without a hint that asks once more."""
    secretary.presses("保存并报送")
    secretary.presses("报送", exact=False, inside=secretary.page.locator("main"))
    secretary.sees("已报送", DUTY, *problems)


def the_clerk_returns_it(clerk: Person, year: Year) -> None:
    the_clerk_opens_the_report(clerk, year)
    clerk.follows("退回修改")
    clerk.page.get_by_label("原因剖析不深").check()
    clerk.fills("具体意见", "第二个问题写清楚流动党员去了哪里。")
    clerk.presses("退回")
    clerk.sees("已退回", "第二个问题写清楚流动党员去了哪里。")


def the_clerk_opens_the_report(clerk: Person, year: Year, reporter: ReportingSecretary = FIRST) -> None:
    the_page_of_the_year(clerk, year)
    clerk.follows(f"{reporter.label} {reporter.name}")


def the_secretary_hands_it_in_again(secretary: Person, year: Year) -> None:
    the_report_page(secretary, year)
    secretary.sees("原因剖析不深", "第二个问题写清楚流动党员去了哪里。")
    secretary.fills("原因剖析", CAUSE + "流动党员多在***务工。", inside=secretary.group("问题 2"))
    hands_the_report_in(secretary, SECOND_PROBLEM)


def the_clerk_accepts_it(clerk: Person, year: Year) -> None:
    the_clerk_opens_the_report(clerk, year)
    clerk.sees("流动党员多在***务工。")
    clerk.presses("审核采用")
    clerk.sees("已采用", "第 1 版", "第 3 版")


def the_desk_is_cleared(clerk: Person, *reporters: ReportingSecretary) -> None:
    """One after another; the button of one leads to the next."""
    clerk.chooses_from_menu("述职报告")
    clerk.follows("报告审核")
    clerk.follows("从第一份开始")
    for reporter in reporters:
        clerk.sees(reporter.label, DUTY.strip())
        clerk.presses("审核采用")
        clerk.sees(f"{reporter.label}的报告已采用。")
