"""A tree of 100,000 organizations against one of 100: the first level, a path, the count of a subtree.

What is looked at has the same size in both trees, so that only the size of the tree differs.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.test import Client
from django.urls import reverse

from accounts.models import Organization, Person, Post, User
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role

SMALL, LARGE = 100, 100_000
TRIES = 15
MOST = 3.0


def run() -> Iterator[dict[str, Any]]:
    small, large = _committee("S", SMALL), _committee("L", LARGE)
    _analyze()
    for what, look in LOOKS.items():
        against, value = _typical(look, small), _typical(look, large)
        yield _result(what, value / against, f"a tree of {SMALL}: {against * 1000:.1f} ms")
    yield from _pages(small, large)


def _pages(small: Organization, large: Organization) -> Iterator[dict[str, Any]]:
    """The pages themselves, as an organization department opens them."""
    one, other = _client(small), _client(large)
    for what, query in PAGES.items():
        against = _typical(lambda root, query=query: _open(one, query(root)), small)
        value = _typical(lambda root, query=query: _open(other, query(root)), large)
        yield _result(f"page, {what}", value / against, f"a tree of {SMALL}: {against * 1000:.1f} ms")


def _result(what: str, ratio: float, against: str) -> dict[str, Any]:
    return {
        "name": f"tree of {LARGE:,} organizations: {what}",
        "value": round(ratio, 2),
        "unit": "ratio",
        "against": against,
        "target": f"<= {MOST}",
        "ok": ratio <= MOST,
    }


def _typical(look: Callable[[Organization], object], root: Organization) -> float:
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        look(root)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _child(root: Organization) -> Organization:
    return Organization.objects.filter(parent=root).order_by("code")[0]


def _leaf(root: Organization) -> Organization:
    return Organization.objects.get(code=f"{root.code}-leaf")


LOOKS: dict[str, Callable[[Organization], object]] = {
    "first level": lambda root: list(Organization.objects.filter(parent=root).with_child_count()[:100]),
    "a path": lambda root: list(Organization.objects.filter(pk__in=_leaf(root).ancestor_ids).order_by("path")),
    "a subtree count": lambda root: Organization.objects.under(_child(root)).count(),
}

PAGES: dict[str, Callable[[Organization], str]] = {
    "one level": lambda root: f"{reverse('accounts:organization_tree')}?at={_child(root).pk}",
    "one organization": lambda root: reverse("accounts:organization_show", args=[_leaf(root).pk]),
}


def _open(client: Client, url: str) -> None:
    assert client.get(url).status_code == 200


def _committee(code: str, size: int) -> Organization:
    """A committee with ten subordinates, each subtree of the first ten organizations large, down to one leaf."""
    root = _add(None, code, OrganizationLevel.PROVINCE)
    first = [_add(root, f"{code}-{number}", OrganizationLevel.CITY) for number in range(10)]
    branch = first[0]
    for number in range(7):
        branch = _add(branch, f"{code}-0-{number}", OrganizationLevel.TOWNSHIP)
    _add(branch, f"{code}-leaf", OrganizationLevel.BRANCH)
    _fill(first[1:], code, size - Organization.objects.under(root).count())
    return root


def _fill(parents: list[Organization], code: str, missing: int) -> None:
    """The others hold the rest in levels of a hundred a piece at most."""
    number = 0
    while missing > 0:
        rows = [_new(parent, f"{code}-x{number + place}") for place, parent in enumerate(parents * 100)][:missing]
        parents = Organization.objects.bulk_create(rows, batch_size=5000)
        above = Organization.objects.filter(pk=OuterRef("parent")).values("path")
        path = Concat(Subquery(above), Cast("pk", CharField()), Value("/"))
        Organization.objects.filter(path=None).update(path=path)
        number, missing = number + len(rows), missing - len(rows)


def _new(parent: Organization | None, code: str, level: str = OrganizationLevel.VILLAGE) -> Organization:
    return Organization(code=code, name="XX党支部", parent=parent, kind=OrganizationKind.COMMITTEE, level=level)


def _add(parent: Organization | None, code: str, level: str) -> Organization:
    row = _new(parent, code, level)
    row.save()
    row.path = f"{parent.path if parent else ''}{row.pk}/"
    row.save(update_fields=["path"])
    return row


def _client(root: Organization) -> Client:
    person = Person.objects.create(code=f"{root.code}-clerk", name="***")
    Post.objects.create(person=person, organization=root, title="干事", role=Role.ORGANIZATION_DEPARTMENT)
    client = Client()
    client.force_login(User.objects.create(username=person.code, person=person, password=make_password(None)))
    return client


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
