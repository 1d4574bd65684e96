"""Contact points of leaders and the visits made there (S-20)."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import notify
from accounts.models import ContactPoint, ContactVisit, Organization, Post, User
from accounts.permissions import can_keep_standing, can_record_visit
from common.conflicts import check_revision


class ContactHasVisits(ValueError):
    """Visits were recorded; the contact point stays."""

    def __init__(self) -> None:
        super().__init__("已经登记了到访情况，不能取消这个联系点。")


@transaction.atomic
def create_contact(organization: Organization, *, leader: Post, year: int, by: User) -> ContactPoint:
    """Name the organization a leader's contact point for a year; the leader is told."""
    if not can_keep_standing(by, organization):
        raise PermissionDenied
    contact = ContactPoint.objects.create(organization=organization, leader=leader, year=year)
    record(contact, "确定联系点", by=by, after=snapshot(contact))
    text = _("%(organization)s是您%(year)s年度的党建工作联系点。") % {"organization": organization, "year": year}
    url = reverse("accounts:contact_show", args=[contact.pk])
    notify(User.objects.filter(person=leader.person_id, is_active=True), text, url=url)
    return contact


@transaction.atomic
def remove_contact(contact: ContactPoint, *, by: User) -> None:
    """Raises ContactHasVisits."""
    contact = ContactPoint.objects.select_for_update().get(pk=contact.pk)
    if not can_keep_standing(by, contact.organization):
        raise PermissionDenied
    if contact.visits.exists():
        raise ContactHasVisits
    record(contact, "取消联系点", by=by, before=snapshot(contact))
    contact.delete()


@transaction.atomic
def add_visit(contact: ContactPoint, *, date: dt.date | None, date_text: str, note: str, by: User) -> ContactVisit:
    # Whoever takes the contact point away waits here, so that no visit is lost with it.
    contact = ContactPoint.objects.select_for_update().get(pk=contact.pk)
    if not can_record_visit(by, contact):
        raise PermissionDenied
    visit = ContactVisit.objects.create(contact=contact, date=date, date_text=date_text, note=note)
    record(contact, "登记到访", by=by, after=snapshot(visit))
    return visit


@transaction.atomic
def edit_visit(
    visit: ContactVisit, *, date: dt.date | None, date_text: str, note: str, seen: int, by: User
) -> ContactVisit:
    """Raises StaleRevision."""
    visit = ContactVisit.objects.select_for_update().get(pk=visit.pk)
    if not can_record_visit(by, visit.contact):
        raise PermissionDenied
    check_revision(visit.revision, seen)
    before = snapshot(visit)
    visit.date, visit.date_text, visit.note = date, date_text, note
    visit.revision += 1
    visit.save()
    record(visit.contact, "修改到访", by=by, before=before, after=snapshot(visit))
    return visit
