"""Build rows for tests, each with the fewest facts that make sense. Keyword arguments override."""

import datetime as dt
import functools
import itertools
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import Domain, Organization, Person, Post, User
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from reporting.models import Cycle, Reporter, Scheme
from reporting.rules.cycles import CyclePhase, ReportMode
from reporting.rules.schemes import GRADE_POINTS, ComponentInput, GradeCode, SectionKind

_number = itertools.count(1)


def make_organization(name: str = "某县XX局党组", parent: Organization | None = None, **facts: Any) -> Organization:
    facts.setdefault("code", f"O{next(_number):05d}")
    facts.setdefault("kind", OrganizationKind.COMMITTEE)
    facts.setdefault("level", OrganizationLevel.TOWNSHIP)
    facts.setdefault("domain", Domain.objects.get(code="rural"))
    organization = Organization.objects.create(name=name, parent=parent, **facts)
    organization.path = f"{parent.path if parent else ''}{organization.pk}/"
    organization.save(update_fields=["path"])
    return organization


def make_person(name: str = "***", **facts: Any) -> Person:
    facts.setdefault("code", f"P{next(_number):05d}")
    return Person.objects.create(name=name, **facts)


def make_post(organization: Organization, role: Role, person: Person | None = None, **facts: Any) -> Post:
    facts.setdefault("title", organization.secretary_title if role == Role.SECRETARY else Role(role).label)
    facts.setdefault("start", dt.date(2020, 1, 1))
    facts.setdefault("is_first_responsible", role == Role.SECRETARY)
    return Post.objects.create(person=person or make_person(), organization=organization, role=role, **facts)


def make_user(role: Role, organization: Organization, username: str = "", name: str = "***") -> User:
    """An account whose person holds one post; the password is `test-password-2027`."""
    person = make_person(name)
    make_post(organization, role, person)
    return User.objects.create(username=username or f"u{next(_number)}", person=person, password=_hashed())


@functools.cache
def _hashed() -> str:
    """Hashing is slow on purpose; one password for all is hashed once."""
    return make_password("test-password-2027")


SECTIONS = [
    ("main_responsibility", "履行主体责任情况", SectionKind.TEXT, True),
    ("personal_duty", "个人履职情况", SectionKind.TEXT, True),
    ("achievements", "主要成绩", SectionKind.TEXT, True),
    ("carried", "上次承诺兑现", SectionKind.CARRIED, True),
    ("problems", "存在问题及原因剖析", SectionKind.PROBLEMS, True),
    ("next_measures", "下一步措施与承诺", SectionKind.TEXT, True),
]


def make_cycle(committee: Organization, year: int = 2026, **facts: Any) -> Cycle:
    """A cycle with a complete scheme: two dimensions, two categories 60/40, one component, four grades."""
    facts.setdefault("phase", CyclePhase.REPORTING)
    cycle = Cycle.objects.create(committee=committee, year=year, **facts)
    scheme = Scheme.objects.create(
        cycle=cycle,
        report_due_text="12月15日前",
        report_due_date=dt.date(year, 12, 15),
        list_due_text="会后30日内",
        problem_share_min=33,
    )
    for position, (key, heading, kind, required) in enumerate(SECTIONS, start=1):
        scheme.sections.create(key=key, heading=heading, kind=kind, required=required, position=position)
    scheme.dimensions.create(name="履行主体责任", max_score=Decimal(100), weight=Decimal(50), position=1)
    scheme.dimensions.create(name="个人履职", max_score=Decimal(100), weight=Decimal(50), position=2)
    scheme.categories.create(name="县委领导", weight=Decimal(60), position=1)
    scheme.categories.create(name="部门代表", weight=Decimal(40), position=2)
    scheme.components.create(name="会上评分", weight=Decimal(100), input=ComponentInput.MEETING, position=1)
    for position, (code, label, floor) in enumerate(
        [
            (GradeCode.GOOD, "好", 90),
            (GradeCode.FAIRLY_GOOD, "较好", 80),
            (GradeCode.FAIR, "一般", 70),
            (GradeCode.POOR, "差", 0),
        ],
        start=1,
    ):
        points, band_min, band_max = GRADE_POINTS[code]
        scheme.grades.create(
            code=code,
            label=label,
            min_score=Decimal(floor),
            points=points,
            band_min=band_min,
            band_max=band_max,
            position=position,
        )
    return cycle


def make_reporter(
    cycle: Cycle, organization: Organization, mode: ReportMode = ReportMode.ORAL, **facts: Any
) -> Reporter:
    post = facts.pop("post", None) or organization.posts.current().filter(role=Role.SECRETARY).first()
    facts.setdefault("order", cycle.reporters.count() + 1)
    return Reporter.objects.create(
        cycle=cycle, organization=organization, post=post or make_post(organization, Role.SECRETARY), mode=mode, **facts
    )
