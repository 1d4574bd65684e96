"""Register several members of an organization's leading group in one deed (S-11)."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.people import create_person, edit_post, start_post
from accounts.models import Organization, Person, Post, User
from accounts.permissions import can_manage_organization


@dataclasses.dataclass(frozen=True)
class Member:
    """One line of the table; without `person` the name makes a new person."""

    name: str
    person: Person | None
    title: str
    role: str
    duties: str
    start: dt.date | None


@dataclasses.dataclass(frozen=True)
class DutiesChange:
    """What somebody registered already is in charge of now; `seen` is the revision of the post on the page."""

    post: Post
    duties: str
    seen: int


@transaction.atomic
def add_members(
    organization: Organization, members: Sequence[Member], *, changes: Sequence[DutiesChange] = (), by: User
) -> list[Post]:
    """New members, and changed duties of the others: all of them or none. Raises PermissionDenied, StaleRevision."""
    if not can_manage_organization(by, organization):
        raise PermissionDenied
    for change in changes:
        edit_post(change.post, facts={"duties": change.duties}, seen=change.seen, by=by)
    return [_add(organization, member, by=by) for member in members]


def _add(organization: Organization, member: Member, *, by: User) -> Post:
    title, role, duties, start = member.title, member.role, member.duties, member.start
    if member.person is not None:
        return start_post(
            member.person, organization=organization, title=title, role=role, by=by, duties=duties, start=start
        )
    code = Person.objects.free_code(organization)
    person = create_person(
        code=code,
        name=member.name,
        organization=organization,
        title=title,
        role=role,
        by=by,
        duties=duties,
        start=start,
    )
    return person.posts.get()
