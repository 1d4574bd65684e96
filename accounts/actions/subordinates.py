"""Register several subordinate organizations in one deed, each with its secretary."""

import dataclasses
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.organizations import create_organization
from accounts.actions.people import create_person
from accounts.models import Domain, Organization, Person, User
from accounts.permissions import can_grant_role, can_manage_organization
from accounts.rules.organizations import secretary_title
from accounts.rules.roles import Role


@dataclasses.dataclass(frozen=True)
class Subordinate:
    """One line of the table; `secretary` is a name and may be empty."""

    name: str
    code: str
    kind: str
    domain: Domain | None
    secretary: str = ""


@transaction.atomic
def create_subordinates(
    parent: Organization, rows: Sequence[Subordinate], *, level: str, by: User
) -> list[Organization]:
    """All of them or none. Raises PermissionDenied."""
    if not (can_manage_organization(by, parent) and can_grant_role(by, Role.SECRETARY, parent)):
        raise PermissionDenied
    return [_create(parent, row, level, by=by) for row in rows]


def _create(parent: Organization, row: Subordinate, level: str, *, by: User) -> Organization:
    facts = {"name": row.name, "code": row.code, "kind": row.kind, "level": level, "domain": row.domain}
    organization = create_organization(parent=parent, facts=facts, by=by)
    if row.secretary:
        create_person(
            code=Person.objects.free_code(organization),
            name=row.secretary,
            organization=organization,
            title=secretary_title(row.kind),
            role=Role.SECRETARY,
            is_first_responsible=True,
            by=by,
        )
    return organization
