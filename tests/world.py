"""A small world for permission tables: one county with every role, a sibling county, a running cycle.

The keys of `ROLES` are the columns of every role × URL table.
"""

import dataclasses

from accounts.models import Organization, User
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from reporting.models import Cycle, Reporter
from reporting.rules.cycles import ReportMode

from .factories import make_cycle, make_organization, make_post, make_reporter, make_user

ROLES = (
    "anonymous",
    "secretary",  # of 甲乡, which reports in the cycle
    "staff",  # drafting staff of 甲乡
    "other_secretary",  # of 乙镇, which reports in the same cycle
    "clerk",  # organization department of the county
    "leader",  # of the county
    "supervision",  # of the county
    "superior",  # superior viewer at the city
    "attendee",  # a rater from a county department
    "administrator",  # of the county
    "sibling_clerk",  # organization department of the neighbouring county
)


@dataclasses.dataclass
class World:
    city: Organization
    county: Organization
    sibling: Organization
    township: Organization
    other_township: Organization
    department: Organization
    cycle: Cycle
    reporter: Reporter
    other_reporter: Reporter
    users: dict[str, User]

    def user(self, role: str) -> User:
        return self.users[role]


def build_world() -> World:
    city = make_organization("某市委", code="C", level=OrganizationLevel.CITY)
    county = make_organization("某县委", city, code="X", level=OrganizationLevel.COUNTY)
    sibling = make_organization("邻县县委", city, code="Y", level=OrganizationLevel.COUNTY)
    township = make_organization("甲乡党委", county, code="X1")
    other_township = make_organization("乙镇党委", county, code="X2")
    department = make_organization("县财政局党组", county, code="X3", kind=OrganizationKind.LEADERSHIP_GROUP)
    users = {
        "secretary": make_user(Role.SECRETARY, township, "secretary", "张某"),
        "staff": make_user(Role.STAFF, township, "staff", "李某"),
        "other_secretary": make_user(Role.SECRETARY, other_township, "other_secretary", "王某"),
        "clerk": make_user(Role.ORGANIZATION_DEPARTMENT, county, "clerk", "赵某"),
        "leader": make_user(Role.LEADER, county, "leader", "钱某"),
        "supervision": make_user(Role.SUPERVISION, county, "supervision", "孙某"),
        "superior": make_user(Role.SUPERIOR_VIEWER, city, "superior", "周某"),
        "attendee": make_user(Role.ATTENDEE, department, "attendee", "吴某"),
        "administrator": make_user(Role.ADMINISTRATOR, county, "administrator", "郑某"),
        "sibling_clerk": make_user(Role.ORGANIZATION_DEPARTMENT, sibling, "sibling_clerk", "冯某"),
    }
    make_post(department, Role.SECRETARY)
    cycle = make_cycle(county)
    return World(
        city=city,
        county=county,
        sibling=sibling,
        township=township,
        other_township=other_township,
        department=department,
        cycle=cycle,
        reporter=make_reporter(cycle, township, ReportMode.ORAL),
        other_reporter=make_reporter(cycle, other_township, ReportMode.WRITTEN),
        users=users,
    )
