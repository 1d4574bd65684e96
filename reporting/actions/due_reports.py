"""The register of other reports: entered by the superior, filed by who owes them (S-48)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.actions.notices import holders, notify
from accounts.models import Organization, User
from accounts.rules.roles import WRITING_ROLES, Role
from common import clock
from documents.attachments import stored_files
from reporting.actions.cycles import lock_open_cycle
from reporting.actions.task_assignments import work_url
from reporting.models import Cycle, DueReport
from reporting.permissions import can_edit_cycle, can_file_due_report
from reporting.rules.due_reports import KINDS
from reporting.rules.refusals import DueReportRefused


@dataclasses.dataclass(frozen=True)
class DueFacts:
    kind: str
    recipient: str = ""
    due_text: str = ""
    due_date: dt.date | None = None


@transaction.atomic
def add_due_reports(
    cycle: Cycle, *, facts: DueFacts, organizations: Sequence[Organization], by: User
) -> list[DueReport]:
    """Enter one report as due from each of the committee's direct subordinates named."""
    cycle = lock_open_cycle(cycle.pk)
    if not can_edit_cycle(by, cycle):
        raise PermissionDenied
    if any(organization.parent_id != cycle.committee_id for organization in organizations):
        raise PermissionDenied
    added = []
    for organization in organizations:
        report = DueReport.objects.create(cycle=cycle, organization=organization, **dataclasses.asdict(facts))
        record(report, "登记应报事项", by=by, after=snapshot(report))
        due = f"，时限{report.deadline}" if report.deadline else ""
        notify(
            holders(organization, *WRITING_ROLES),
            f"请按时报告：{report.kind}{due}。",
            url=work_url(organization, cycle.year),
        )
        added.append(report)
    return added


@transaction.atomic
def remove_due_report(report: DueReport, *, by: User) -> None:
    """Take an entry back. Raises DueReportRefused once it was filed."""
    cycle = lock_open_cycle(report.cycle_id)
    report = _locked(report)
    if not can_edit_cycle(by, cycle):
        raise PermissionDenied
    if report.filed_on is not None:
        raise DueReportRefused(f"{report}已经报告，不能删除。")
    record(report, "删除应报事项", by=by, before=snapshot(report))
    report.delete()


@transaction.atomic
def file_due_report(report: DueReport, *, filed_on: dt.date, upload: UploadedFile | None, by: User) -> DueReport:
    """Note that it was made, with the file; a second time replaces the first.

    Raises DueReportRefused, or AttachmentRefused for a file that may not be kept.
    """
    cycle = lock_open_cycle(report.cycle_id)
    report = _locked(report)
    if not can_file_due_report(by, report):
        raise PermissionDenied
    if filed_on > clock.today():
        raise DueReportRefused("报告日期不能晚于今天。")
    before = snapshot(report)
    with stored_files([upload] if upload else [], "due_reports", KINDS) as stored:
        for file in stored:
            report.file, report.file_name = file.path, file.name
        report.filed_on = filed_on
        report.save()
        record(report, "报告", by=by, before=before, after=snapshot(report))
    notify(
        holders(cycle.committee, Role.ORGANIZATION_DEPARTMENT),
        f"{report}已报告。",
        url=work_url(report.organization, cycle.year),
    )
    return report


def _locked(report: DueReport) -> DueReport:
    rows = DueReport.objects.select_for_update(of=("self",)).select_related("organization", "cycle__committee")
    if (row := rows.filter(pk=report.pk).first()) is None:
        raise DueReportRefused("这一事项刚刚已被删除，请刷新页面。")
    return row
