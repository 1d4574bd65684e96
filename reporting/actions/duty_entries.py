"""Keep the duty log (S-44, S-46, S-50)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import Organization, Post, User
from accounts.rules.roles import SUBMITTING_ROLES
from common.conflicts import check_revision
from reporting.models import DutyEntry
from reporting.permissions import can_write_duty_entry
from reporting.rules.refusals import DutyEntryRefused


@transaction.atomic
def create_duty_entry(organization: Organization, *, facts: dict[str, Any], by: User) -> DutyEntry:
    """One thing the secretary did. Staff write for the first responsible person, a secretary or deputy for themselves."""
    if not can_write_duty_entry(by, organization):
        raise PermissionDenied
    entry = DutyEntry.objects.create(organization=organization, post=_done_by(organization, by), by=by, **facts)
    record(entry, "记入履职纪实", by=by, after=snapshot(entry))
    return entry


def _done_by(organization: Organization, user: User) -> Post:
    own = [
        post for post in user.active_posts if post.organization_id == organization.pk and post.role in SUBMITTING_ROLES
    ]
    post = next(iter(own), None) or organization.first_responsible
    if post is None:
        raise DutyEntryRefused(f"{organization.label}没有登记第一责任人，请先在“人员与任职”中登记。")
    return post


@transaction.atomic
def edit_duty_entry(entry: DutyEntry, *, facts: dict[str, Any], seen: int, by: User) -> DutyEntry:
    entry = DutyEntry.objects.select_for_update().get(pk=entry.pk)
    if not can_write_duty_entry(by, entry.organization):
        raise PermissionDenied
    check_revision(entry.revision, seen)
    before = snapshot(entry)
    for name, value in facts.items():
        setattr(entry, name, value)
    entry.revision += 1
    entry.save()
    record(entry, "修改履职纪实", by=by, before=before, after=snapshot(entry))
    return entry


@transaction.atomic
def remove_duty_entry(entry: DutyEntry, *, by: User) -> None:
    entry = DutyEntry.objects.select_for_update().get(pk=entry.pk)
    if not can_write_duty_entry(by, entry.organization):
        raise PermissionDenied
    record(entry, "删除履职纪实", by=by, before=snapshot(entry))
    entry.delete()
