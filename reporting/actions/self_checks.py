"""Answer the self-check (S-49)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common.conflicts import check_revision
from common.flow import TransitionNotAllowed
from reporting.actions.cycles import refuse_closed
from reporting.models import DutyReport, SelfCheck
from reporting.permissions import can_write_report


@transaction.atomic
def save_self_check(report: DutyReport, *, answers: dict[int, str], seen: int, by: User) -> SelfCheck:
    """Keep the answers while the report may be written; `seen` is 0 while there are none."""
    report = DutyReport.objects.select_for_update().get(pk=report.pk)
    if not can_write_report(by, report):
        raise PermissionDenied
    if not report.is_writable:
        raise TransitionNotAllowed(report.state, "self_check", "报告已经报送，对照检查不能再改。")
    refuse_closed(report.cycle)
    check, created = SelfCheck.objects.get_or_create(report=report)
    if not (created and seen == 0):
        check_revision(check.revision, seen)
    before = snapshot(check)
    check.answers = {str(pk): text for pk, text in answers.items()}
    check.revision += 1
    check.save()
    record(check, "填写对照检查", by=by, before=before, after=snapshot(check))
    return check
