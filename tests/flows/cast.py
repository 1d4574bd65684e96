"""Who takes part in the county meeting: three organizations of one name, five people of one name."""

import dataclasses

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
YEAR = 2026

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

TITLE = f"{YEAR}年度全县党（工）委（党组）书记抓基层党建工作述职评议大会"
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
