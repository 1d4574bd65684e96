"""Deeds on the tree of organizations."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from accounts.actions.audit import record, snapshot
from accounts.models import Domain, Organization, User
from accounts.permissions import can_add_domain, can_manage_organization


class OrganizationLoop(ValueError):
    """An organization was to become its own superior (S-01)."""

    def __init__(self) -> None:
        super().__init__("上级党组织不能是本单位或本单位的下级，请重新选择。")


@transaction.atomic
def create_organization(*, parent: Organization | None, facts: dict[str, Any], by: User | None) -> Organization:
    """Add an organization under `parent`; `by=None` is the set-up of an installation.

    Raises PermissionDenied where `by` does not keep the parent's register; only set-up makes roots.
    """
    if parent is not None:
        _lock_tree(parent)
        parent = Organization.objects.get(pk=parent.pk)
    if by is not None and (parent is None or not can_manage_organization(by, parent)):
        raise PermissionDenied
    organization = Organization.objects.create(parent=parent, **facts)
    organization.path = f"{parent.path if parent else ''}{organization.pk}/"
    organization.save(update_fields=["path"])
    record(organization, "新增党组织", by=by, after=snapshot(organization))
    return organization


@transaction.atomic
def edit_organization(
    organization: Organization, *, parent: Organization | None, facts: dict[str, Any], by: User
) -> Organization:
    """Change facts or superior; everything below moves along. Raises OrganizationLoop, PermissionDenied."""
    _lock_tree(organization, *([parent] if parent else []))
    organization = Organization.objects.get(pk=organization.pk)
    parent = Organization.objects.get(pk=parent.pk) if parent else None
    moved = (parent.pk if parent else None) != organization.parent_id
    if not can_manage_organization(by, organization):
        raise PermissionDenied
    if moved and (parent is None or not can_manage_organization(by, parent)):
        raise PermissionDenied
    if moved and parent is not None and parent.is_under(organization):
        raise OrganizationLoop
    before = snapshot(organization)
    for name, value in facts.items():
        setattr(organization, name, value)
    organization.parent = parent
    organization.save()
    if moved and parent is not None:
        _move_below(organization, parent)
    record(organization, "修改党组织", by=by, before=before, after=snapshot(organization))
    return organization


def _lock_tree(*organizations: Organization) -> None:
    """Whoever adds or moves waits here: two moves at once could make a loop, and a child of a moving superior be lost.

    Rows that only point at an organization are not held up by this lock.
    """
    roots = {int((organization.path or str(organization.pk)).split("/", 1)[0]) for organization in organizations}
    list(Organization.objects.select_for_update(no_key=True).filter(pk__in=roots).order_by("pk"))


def _move_below(organization: Organization, parent: Organization) -> None:
    old = organization.path or ""
    new = f"{parent.path}{organization.pk}/"
    Organization.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    organization.path = new


@transaction.atomic
def create_domain(*, code: str, name: str, by: User) -> Domain:
    """Add a domain beside the eight shipped ones (S-03)."""
    if not can_add_domain(by):
        raise PermissionDenied
    domain = Domain.objects.create(code=code, name=name)
    record(domain, "新增领域", by=by, after=snapshot(domain))
    return domain
