"""A county moves in: its register comes from one workbook, its accounts from slips of paper."""

import re
from collections.abc import Sequence

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.accounts.workbooks import organization, post, workbook
from tests.flows.cast import CLERK, OFFICIALS, PHONES, Official, ReportingSecretary
from tests.flows.county import County
from tests.flows.papers import without_breaks
from tests.flows.person import PASSWORD, Person

CODE_OF_COUNTY = "X"


def the_register_comes_from_a_workbook(
    county: County, administrator: Person, reporters: Sequence[ReportingSecretary]
) -> None:
    file = county.folder / "名册.xlsx"
    file.write_bytes(_register(reporters))
    administrator.chooses_from_menu("党组织")
    administrator.follows("导入导出")
    administrator.attaches("Excel 文件", file)
    administrator.presses("上传并核对")
    administrator.sees(*(reporter.label for reporter in reporters))
    administrator.presses("确认导入")
    administrator.sees("已导入，下面是写入的内容")


def _register(reporters: Sequence[ReportingSecretary]) -> bytes:
    officials = [CLERK, *OFFICIALS]
    return workbook(
        organizations=[_unit(each) for each in reporters],
        people=[[f"P-{each.code}", each.name] for each in reporters]
        + [[official.code, official.name] for official in officials],
        posts=[post(f"P-{each.code}", each.code, each.title) for each in reporters]
        + [_post_of(official) for official in officials],
    )


def _unit(reporter: ReportingSecretary) -> list[str]:
    kind, domain = ("党组", "机关") if reporter.kind == "leadership_group" else ("党委", "农村")
    return organization(reporter.code, reporter.organization, CODE_OF_COUNTY, kind=kind, domain=domain)


def _post_of(official: Official) -> list[object]:
    first = "是" if official.role == "党组织书记" else "否"
    at = official.organization or CODE_OF_COUNTY
    return post(official.code, at, official.title, role=official.role, first=first)


def slips_open_the_accounts(county: County, administrator: Person, names: Sequence[str]) -> None:
    """The administrator prints a sheet of slips; each holder types the code and a password of one's own."""
    administrator.opens("/people/")
    administrator.follows("制作激活单")
    with administrator.page.expect_download(timeout=60_000) as download:
        administrator.page.get_by_role("button", name=re.compile("人制作$")).click()
    slips = without_breaks("".join(page.extract_text() for page in PdfReader(download.value.path()).pages))
    for name in names:
        found = re.search(rf"账号激活单{name}.*?登录名(\w+?)激活码([a-z2-9-]{{14}})", slips)
        assert found, slips
        _activates(county, name, username=found[1], code=found[2])


def _activates(county: County, name: str, *, username: str, code: str) -> None:
    person = county.somebody_on_a_phone() if name in PHONES else county.somebody()
    person.opens(f"/activate/#{code}")
    person.fills("设置自己的密码", PASSWORD)
    person.fills("再输入一遍密码", PASSWORD)
    person.presses("激活并登录")
    expect(person.page.get_by_text(f"今后请用登录名 {username}")).to_be_visible()
    county.people[name] = person
