"""2,000 organizations with ten items each against 20: what a superior opens to see how rectification stands.

The pages show the same number of rows, so that only what lies behind them differs.
"""

import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organization, Person, Post, User
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from common import clock
from rectification.models import Problem, RectificationItem, RectificationList
from reporting.models import Cycle, Reporter, Scheme

SMALL, LARGE = 20, 2_000
ITEMS = 10
TRIES = 10
MOST = 1.5

PAGES: dict[str, Callable[[Cycle], str]] = {
    "board of lists": lambda cycle: f"{reverse('rectification:list_list')}?cycle={cycle.pk}",
    "overdue list": lambda cycle: f"{reverse('rectification:overdue_list')}?cycle={cycle.pk}",
    "all items": lambda cycle: f"{reverse('rectification:item_list')}?cycle={cycle.pk}",
    "problems of the year": lambda cycle: reverse("rectification:problem_list", args=[cycle.pk]),
    "promises kept": lambda cycle: reverse("rectification:fulfilment_board", args=[cycle.pk]),
}


def run() -> Iterator[dict[str, Any]]:
    small, large = _county("S", SMALL), _county("L", LARGE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for what, url in PAGES.items():
        (few, before), (many, after) = _typical(*small, url), _typical(*large, url)
        yield {
            "name": f"rectification of {LARGE:,} organizations with {ITEMS} items each: {what}",
            "value": round(after / before, 2),
            "unit": "ratio",
            "against": f"{SMALL} organizations: {before * 1000:.1f} ms, {few} queries; here {many} queries",
            "target": f"<= {MOST}, the same number of queries",
            "ok": after / before <= MOST and few == many,
        }


def _typical(client: Client, cycle: Cycle, url: Callable[[Cycle], str]) -> tuple[int, float]:
    """Number of queries, and the median of some openings in seconds."""
    address, times = url(cycle), []
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
        number = len(queries)
    for _ in range(TRIES):
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    return number, statistics.median(times)


def _county(code: str, size: int) -> tuple[Client, Cycle]:
    """A county whose every organization promised ten items; half of them are late."""
    root = _organizations(None, code, 1)[0]
    towns = _organizations(root, f"{code}-", size)
    cycle = Cycle.objects.create(committee=root, year=2025, phase="supervision")
    Scheme.objects.create(cycle=cycle)
    lists = _lists(cycle, towns)
    problems = Problem.objects.bulk_create(
        [
            Problem(
                cycle=cycle,
                organization_id=made.reporter.organization_id,
                source="self",
                text="党建工作抓得不够实。" * 4,
            )
            for made in lists
            for _ in range(ITEMS)
        ],
        batch_size=5000,
    )
    late, ahead = clock.today() - dt.timedelta(days=9), clock.today() + dt.timedelta(days=90)
    RectificationItem.objects.bulk_create(
        [
            RectificationItem(
                list=lists[place // ITEMS],
                problem=problem,
                position=place % ITEMS + 1,
                owner_text="***",
                due_date=late if place % 2 else ahead,
            )
            for place, problem in enumerate(problems)
        ],
        batch_size=5000,
    )
    return _client(root), cycle


def _organizations(parent: Organization | None, code: str, number: int) -> list[Organization]:
    level = OrganizationLevel.TOWNSHIP if parent else OrganizationLevel.COUNTY
    kind = OrganizationKind.COMMITTEE
    rows = [
        Organization(code=f"{code}{n}", name="XX党委", parent=parent, kind=kind, level=level) for n in range(number)
    ]
    made = Organization.objects.bulk_create(rows)
    for row in made:
        row.path = f"{parent.path if parent else ''}{row.pk}/"
    Organization.objects.bulk_update(made, ["path"], batch_size=500)
    return made


def _lists(cycle: Cycle, towns: list[Organization]) -> list[RectificationList]:
    person = Person.objects.create(code=f"{cycle.committee.code}-secretary", name="***")
    role = Role.SECRETARY
    posts = Post.objects.bulk_create([Post(person=person, organization=t, title="党委书记", role=role) for t in towns])
    reporters = Reporter.objects.bulk_create(
        [Reporter(cycle=cycle, organization=post.organization, post=post, mode="written") for post in posts]
    )
    return RectificationList.objects.bulk_create(
        [RectificationList(reporter=reporter, state="committed") for reporter in reporters]
    )


def _client(root: Organization) -> Client:
    person = Person.objects.create(code=f"{root.code}-clerk", name="***")
    Post.objects.create(person=person, organization=root, title="干事", role=Role.ORGANIZATION_DEPARTMENT)
    client = Client()
    client.force_login(User.objects.create(username=person.code, person=person, password=make_password(None)))
    return client
