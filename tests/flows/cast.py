"""Who takes part in the county meeting: three organizations of one name, five people of one name."""

import dataclasses
from collections.abc import Sequence

from accounts.rules.organizations import secretary_title


@dataclasses.dataclass(frozen=True)
class ReportingSecretary:
    code: str
    organization: str
    kind: str
    domain: str
    name: str
    oral: bool

    @property
    def label(self) -> str:
        return f"{self.organization}（{self.code}）"

    @property
    def title(self) -> str:
        return secretary_title(self.kind)

    @property
    def mode(self) -> str:
        return "大会述职" if self.oral else "书面述职"


COUNTY = "青岚县委"

_ROWS = [
    ("X01", "甲乡党委", "committee", "rural", "张某"),
    ("X02", "乙镇党委", "committee", "rural", "李某某"),
    ("X03", "丙街道党工委", "working_committee", "community", "王某"),
    ("X04", "市XX局党组", "leadership_group", "organ", "***"),
    ("X05", "市XX局党组", "leadership_group", "organ", "***"),
    ("X06", "市XX局党组", "leadership_group", "organ", "***"),
    ("X07", "丁镇党委", "committee", "rural", "***"),
    ("X08", "戊乡党委", "committee", "rural", "***"),
    ("X09", "己镇党委", "committee", "rural", "赵某"),
    ("X10", "庚乡党委", "committee", "rural", "钱某某"),
    ("X11", "辛街道党工委", "working_committee", "community", "孙某"),
    ("X12", "县教育局党组", "leadership_group", "organ", "周某某"),
    ("X13", "县财政局党组", "leadership_group", "organ", "吴某"),
    ("X14", "县国有资产公司党委", "primary_committee", "soe", "郑某某"),
    ("X15", "县两新组织综合党委", "comprehensive_committee", "new_org", "冯某"),
    ("X16", "县第一中学党委", "primary_committee", "school", "陈某某"),
    ("X17", "县人民医院党委", "primary_committee", "hospital", "褚某"),
]
ORAL = 5

REPORTERS = [ReportingSecretary(*row, oral=place <= ORAL) for place, row in enumerate(_ROWS, start=1)]
FIRST = REPORTERS[0]


@dataclasses.dataclass(frozen=True)
class Year:
    """One round of the county, by the year that is assessed; the same chapters tell every one."""

    number: int
    reporters: Sequence[ReportingSecretary] = tuple(REPORTERS)

    @property
    def title(self) -> str:
        worked = "党（工）委" if any(each.kind == "working_committee" for each in self.reporters) else "党委"
        return f"{self.number}年度全县{worked}（党组）书记抓基层党建工作述职评议大会"

    @property
    def speakers(self) -> list[ReportingSecretary]:
        return [reporter for reporter in self.reporters if reporter.oral]

    @property
    def writers(self) -> list[ReportingSecretary]:
        return [reporter for reporter in self.reporters if not reporter.oral]


GUEST = "***"
# The list of a county's assembly, in its order (S-86).
ATTENDANCE = [
    "县委常委",
    "县人大主要领导",
    "乡镇党委书记、乡镇长、主任",
    "县直部门党委负责人",
    "其他县直部门主要负责人",
    "县级“两代表一委员”",
    "村党支部书记",
    "基层党员干部",
    "群众代表",
]

HOST, LEADER, RATER = "卫某", "蒋某", "沈某"
# login, name, code of the organization ("" is the county), title, role
PEOPLE = [
    ("shuji", HOST, "", "县委书记", "secretary"),
    ("changwei", LEADER, "", "县委常委、组织部部长", "leader"),
    ("pingyi", RATER, "X17", "党委委员、副院长", "attendee"),
]


@dataclasses.dataclass(frozen=True)
class Official:
    """Somebody at the county, or with `organization` elsewhere, by the code of the person; `role` as it is printed."""

    code: str
    name: str
    title: str
    role: str
    organization: str = ""


THREE = (REPORTERS[0], REPORTERS[1], REPORTERS[11])  # two towns speak, an office writes

CLERK = Official("P-ZZ", "组某", "组织部干部科科长", "组织部门")
SUPERVISOR = "督某"
OFFICIALS = [
    Official("P-SJ", HOST, "县委书记", "党组织书记"),
    Official("P-CW", LEADER, "县委常委、组织部部长", "领导（点评人）"),
    Official("P-DC", SUPERVISOR, "县委督查室主任", "督查办"),
    Official("P-PY", RATER, "党组成员、副局长", "参会评议人", "X12"),
]
PHONES = (LEADER, RATER)  # who comes to the hall with nothing but a phone
