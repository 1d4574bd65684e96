"""A county on the morning of its meeting: four who report, two who mark by name, a hall that votes without names.

`prepare` runs beside the server, through the same deeds as the pages: the weeks before are told in other stories.
"""

import datetime as dt
from decimal import Decimal

from accounts.models import Organization, Person, Post, User
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from common import clock
from reporting.actions.reporters import ReporterChoice, add_reporters
from reporting.actions.reports import ProblemRow, ReportChanges, accept_report, save_report, submit_report
from reporting.models import Cycle, Reporter
from reporting.rules.cycles import ReportMode
from reporting.rules.schemes import RatingChannel, ScoringMode
from reviews.actions.attendance import GroupValues, save_attendance
from reviews.actions.meetings import create_meeting
from reviews.actions.score_sheets import add_raters
from reviews.models import Meeting
from reviews.rules.attendance import Member
from reviews.rules.meetings import MeetingKind
from tests.factories import make_cycle, make_organization, make_user

PASSWORD = "test-password-2027"  # of tests.factories
TITLE = "青岚县2026年度述职评议会"
HOST, LEADER, CLERK, SECOND_CLERK = "卫某", "蒋某", "赵某", "钱某"
FIRST, SECOND, ABSENT, WRITTEN = "张某", "李某某", "王某", "周某某"
UNITS = {FIRST: "甲乡党委", SECOND: "乙镇党委", ABSENT: "丙街道党工委", WRITTEN: "县教育局党组"}
DIMENSIONS = ("履行主体责任", "个人履职")
LEADERS, HALL = "县级领导", "其他参会人员"
DELEGATES = ("沈某", "韩某", "杨某", "朱某", "秦某")


def prepare() -> None:
    county = make_organization("青岚县委", code="X", level=OrganizationLevel.COUNTY)
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, county, "clerk", CLERK)
    make_user(Role.ORGANIZATION_DEPARTMENT, county, "second", SECOND_CLERK)
    host = make_user(Role.SECRETARY, county, "host", HOST)
    leader = make_user(Role.LEADER, county, "leader", LEADER)
    Post.objects.filter(person=leader.person).update(title="县委常委、组织部部长")
    cycle = _year(county)
    _reporters(cycle, clerk)
    meeting = _meeting(cycle, host, clerk)
    named = cycle.scheme.categories.get(name=LEADERS)
    add_raters(meeting, people=_people(leader, host), category=named, by=clerk)


def _people(*users: User) -> list[Person]:
    return [user.person for user in users if user.person]


def _year(county: Organization) -> Cycle:
    """Grades instead of points; leaders mark by name, the hall votes."""
    cycle = make_cycle(county)
    scheme = cycle.scheme
    scheme.scoring_mode, scheme.asks_remark = ScoringMode.GRADE, True
    scheme.save()
    leaders, hall = scheme.categories.order_by("position")
    leaders.name = LEADERS
    leaders.save()
    hall.name, hall.channel, hall.weight = HALL, RatingChannel.ANONYMOUS, Decimal(40)
    hall.save()
    return cycle


def _reporters(cycle: Cycle, clerk: User) -> None:
    kinds = {ABSENT: OrganizationKind.WORKING_COMMITTEE, WRITTEN: OrganizationKind.LEADERSHIP_GROUP}
    authors = []
    for number, (name, unit) in enumerate(UNITS.items(), start=1):
        organization = make_organization(unit, cycle.committee, code=f"X{number}", kind=kinds.get(name, "committee"))
        authors.append(make_user(Role.SECRETARY, organization, f"x{number}", name))
    posts = [Post.objects.get(person=author.person) for author in authors]
    modes = {WRITTEN: ReportMode.WRITTEN}
    choices = [ReporterChoice(post, modes.get(post.person.name, ReportMode.ORAL)) for post in posts]
    for reporter, author in zip(add_reporters(cycle, choices, by=clerk), authors, strict=True):
        _report(reporter, author, clerk)


def _report(reporter: Reporter, author: User, clerk: User) -> None:
    texts = {
        section.key: f"{section.heading}：" + "坚持把抓好党建作为最大的政绩，逐项抓落实，，不打折扣。" * 4
        for section in reporter.cycle.scheme.sections.all()
    }
    problem = ProblemRow(0, None, 1, "我到村指导偏少，对支部的组织生活没有一抓到底。", "压力传导不够。", "责任落实")
    changes = ReportChanges(texts=texts, problems=[problem])
    report = save_report(reporter.report, changes=changes, seen=reporter.report.revision, by=author)
    accept_report(submit_report(report, by=author), by=clerk)


def _meeting(cycle: Cycle, host: User, clerk: User) -> Meeting:
    facts = {
        "kind": MeetingKind.REVIEW,
        "title": TITLE,
        "date": clock.today(),
        "start_time": dt.time(9),
        "place": "县会议中心",
        "host": Post.objects.get(person=host.person),
    }
    meeting = create_meeting(cycle, facts=facts, by=clerk)
    groups = [
        GroupValues("县委常委", members=(Member(LEADER, "县委", "常委、组织部部长"),)),
        GroupValues("群众代表", members=tuple(Member(name) for name in DELEGATES)),
    ]
    save_attendance(meeting, guests=[], groups=groups, total_text="", revision=meeting.attendance_revision, by=clerk)
    meeting.refresh_from_db()
    return meeting
