"""Organizations, people, posts and accounts of the demo county."""

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.actions.organizations import create_organization
from accounts.actions.people import create_person, start_post
from accounts.models import Domain, Organization, Person, Post, User
from accounts.rules.roles import SUBMITTING_ROLES
from overview.demo.logins import DEMO_PASSWORD
from overview.demo.source import read


def load_register() -> None:
    county = read("county")
    domains = {domain.code: domain for domain in Domain.objects.all()}
    for row in county["organizations"]:
        parent = Organization.objects.get(code=row["parent"]) if row["parent"] else None
        facts = {key: row[key] for key in ("code", "name", "short_name", "kind", "level")}
        create_organization(parent=parent, facts=facts | {"domain": domains[row["domain"]]}, by=None)
    names = {row["code"]: row["name"] for row in county["people"]}
    for row in county["posts"]:
        _load_post(row, names[row["person"]])
    _load_accounts(county)


def _load_post(row: dict[str, Any], name: str) -> None:
    facts = {
        "organization": Organization.objects.get(code=row["organization"]),
        "title": row["title"],
        "role": row["role"],
        "start": dt.date.fromisoformat(row["start"]),
        "end": dt.date.fromisoformat(row["end"]) if row["end"] else None,
        "is_first_responsible": row["is_first_responsible"],
        "is_primary": row["is_primary"],
        "is_unit_head": row.get("is_unit_head", False),
        "duties": row["duties"],
    }
    person = Person.objects.filter(code=row["person"]).first()
    if person is None:
        create_person(code=row["person"], name=name, by=None, **facts)
    else:
        start_post(person, by=None, **facts)


def _load_accounts(county: dict[str, Any]) -> None:
    """One hash for all, since hashing is slow on purpose; whoever must submit a report has an account."""
    password = make_password(DEMO_PASSWORD)
    submitters = set(Post.objects.filter(role__in=SUBMITTING_ROLES).values_list("person__code", flat=True))
    people = {person.code: person for person in Person.objects.all()}
    User.objects.bulk_create(
        User(username=row["username"] or row["code"].lower(), person=people[row["code"]], password=password)
        for row in county["people"]
        if row["username"] or row["code"] in submitters
    )
