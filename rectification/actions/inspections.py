"""The supervision office writes down what it saw; nothing here reaches a score or a grade (S-15)."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import Organization, User
from common import clock
from rectification.models import Inspection
from rectification.permissions import can_create_inspection
from rectification.rules.inspections import InspectionRefused
from reporting.models import KeyTask


@transaction.atomic
def create_inspection(
    organization: Organization,
    *,
    committee: Organization,
    kind: str,
    date: dt.date,
    inspectors: str,
    findings: str,
    key_task: KeyTask | None = None,
    by: User,
) -> Inspection:
    """Record an inspection of an organization under the committee. Raises InspectionRefused."""
    if not can_create_inspection(by, committee):
        raise PermissionDenied
    if organization.pk == committee.pk or not organization.is_under(committee):
        raise InspectionRefused("被督查单位不在本级党组织管理范围内。")
    if date > clock.today():
        raise InspectionRefused("督查日期不能晚于今天。")
    if key_task is not None and key_task.cycle.committee_id != committee.pk:
        raise InspectionRefused("对应的重点任务不是督查单位布置的。")
    inspection = Inspection.objects.create(
        committee=committee,
        organization=organization,
        kind=kind,
        date=date,
        inspectors=inspectors,
        findings=findings,
        key_task=key_task,
        by=by,
    )
    record(inspection, "登记督查", by=by, after=snapshot(inspection))
    return inspection
