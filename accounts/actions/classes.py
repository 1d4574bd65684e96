"""Set the class of organizations for a year (S-21)."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import Organization, OrganizationClass, User
from accounts.permissions import can_keep_standing
from common.conflicts import check_revision


@dataclasses.dataclass(frozen=True)
class ClassRow:
    """One line of a committee's table; `seen` is the revision it was made from, 0 where there was none."""

    organization: Organization
    rank: str
    is_weak: bool
    seen: int


@transaction.atomic
def set_class(
    organization: Organization, *, year: int, facts: dict[str, Any], seen: int, by: User
) -> OrganizationClass:
    """Write the class of one organization for a year. Raises StaleRevision, PermissionDenied."""
    organization = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if not can_keep_standing(by, organization):
        raise PermissionDenied
    found = OrganizationClass.objects.filter(organization=organization, year=year).first()
    check_revision(found.revision if found else 0, seen)
    row = found or OrganizationClass(organization=organization, year=year, revision=0)
    before = snapshot(row) if found else None
    for name, value in facts.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
    record(row, "年度分类", by=by, before=before, after=snapshot(row))
    return row


@transaction.atomic
def set_classes(rows: Sequence[ClassRow], *, year: int, by: User) -> int:
    """All lines of a table that differ from what is stored, or none; returns how many. Empty ranks are left alone."""
    organizations = [row.organization.pk for row in rows]
    stored = {
        each.organization_id: (each.rank, each.is_weak)
        for each in OrganizationClass.objects.filter(year=year, organization__in=organizations)
    }
    changed = [row for row in rows if row.rank and stored.get(row.organization.pk) != (row.rank, row.is_weak)]
    for row in sorted(changed, key=lambda row: row.organization.pk):
        facts = {"rank": row.rank, "is_weak": row.is_weak}
        set_class(row.organization, year=year, facts=facts, seen=row.seen, by=by)
    return len(changed)
