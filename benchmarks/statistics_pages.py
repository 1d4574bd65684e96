"""Statistics of a year with 2,000 organizations and ten items each, against one with 20: queries and time of each chapter."""

import datetime as dt
import statistics
import time
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Domain, Organization, Person, Post, User
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from common import clock
from overview.statistics import CHAPTERS
from rectification.models import Problem, RectificationItem, RectificationList, Verification
from rectification.rules.items import ItemState, ListState, ProblemSource
from reporting.actions.cycles import create_cycle
from reporting.models import Cycle, Reporter
from reporting.rules.cycles import ReportMode
from reporting.rules.presets import COUNTY

SMALL, LARGE, ITEMS = 20, 2_000, 10
TRIES = 10
MOST = 1.5


def run() -> Iterator[dict[str, Any]]:
    small, large = _year("S", SMALL), _year("L", LARGE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    one, other = _client(small), _client(large)
    for chapter in CHAPTERS:
        at = {cycle.pk: reverse("overview:statistics_show", args=[cycle.pk, chapter.key]) for cycle in (small, large)}
        few, many = _queries(one, at[small.pk]), _queries(other, at[large.pk])
        against, value = _typical(one, at[small.pk]), _typical(other, at[large.pk])
        ratio = value / against
        yield {
            "name": f"statistics of {LARGE:,} organizations: {chapter.key}",
            "value": round(ratio, 2),
            "unit": "ratio",
            "against": f"{SMALL} organizations: {against * 1000:.0f} ms; {few} and {many} queries",
            "target": f"<= {MOST}, the same number of queries",
            "ok": ratio <= MOST and few == many,
        }


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def _typical(client: Client, url: str) -> float:
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        client.get(url)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _client(cycle: Cycle) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=f"clerk-{cycle.committee.code}"))
    return client


def _year(code: str, count: int) -> Cycle:
    committee = Organization.objects.create(
        code=code,
        name="某县县委",
        kind=OrganizationKind.COMMITTEE,
        level=OrganizationLevel.COUNTY,
        domain=Domain.objects.get(code="rural"),
    )
    Organization.objects.filter(pk=committee.pk).update(path=f"{committee.pk}/")
    committee.refresh_from_db()
    person = Person.objects.create(code=f"{code}-clerk", name="***")
    Post.objects.create(
        person=person, organization=committee, role=Role.ORGANIZATION_DEPARTMENT, title="***", start=dt.date(2020, 1, 1)
    )
    user = User.objects.create(username=f"clerk-{code}", person=person, password=make_password("x"))
    cycle = create_cycle(committee, year=2026, theme="", source=COUNTY, by=user)
    _fill(cycle, code, count, user)
    return cycle


def _fill(cycle: Cycle, code: str, count: int, user: User) -> None:
    domains = list(Domain.objects.order_by("pk"))
    organizations = Organization.objects.bulk_create(
        Organization(
            code=f"{code}{number:05d}",
            name="市XX局党组",
            parent=cycle.committee,
            level=OrganizationLevel.TOWNSHIP,
            kind=OrganizationKind.LEADERSHIP_GROUP,
            domain=domains[number % len(domains)],
        )
        for number in range(count)
    )
    for organization in organizations:
        organization.path = f"{cycle.committee.path}{organization.pk}/"
    Organization.objects.bulk_update(organizations, ["path"], batch_size=500)
    people = Person.objects.bulk_create(Person(code=f"{code}P{number:05d}", name="***") for number in range(count))
    posts = Post.objects.bulk_create(
        Post(person=person, organization=organization, role=Role.SECRETARY, title="党组书记", start=dt.date(2020, 1, 1))
        for person, organization in zip(people, organizations, strict=True)
    )
    reporters = Reporter.objects.bulk_create(
        Reporter(cycle=cycle, organization=post.organization, post=post, mode=ReportMode.WRITTEN, order=number)
        for number, post in enumerate(posts)
    )
    lists = RectificationList.objects.bulk_create(
        RectificationList(reporter=reporter, state=ListState.COMMITTED) for reporter in reporters
    )
    _fill_lists(cycle, lists, user)


def _fill_lists(cycle: Cycle, lists: list[RectificationList], user: User) -> None:
    problems = Problem.objects.bulk_create(
        [
            Problem(
                cycle=cycle, organization=each.organization, source=ProblemSource.SELF, text="***", category="基础工作"
            )
            for each in lists
            for _ in range(ITEMS)
        ],
        batch_size=2000,
    )
    items = RectificationItem.objects.bulk_create(
        [
            RectificationItem(
                list=lists[at // ITEMS],
                problem=problem,
                position=at % ITEMS + 1,
                owner_text="***",
                state=ItemState.CLOSED if at % 3 == 0 else ItemState.OPEN,
                due_date=dt.date(2026, 1 + at % 12, 1),
            )
            for at, problem in enumerate(problems)
        ],
        batch_size=2000,
    )
    closed = [item for item in items if item.state == ItemState.CLOSED]
    Verification.objects.bulk_create(
        [Verification(item=item, outcome=Verification.Outcome.PASSED, by=user, at=clock.now()) for item in closed],
        batch_size=2000,
    )
