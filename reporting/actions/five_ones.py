"""Record what became of the five ones (S-43)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, record_sitting, snapshot
from accounts.models import Organization, User
from common import clock
from common.conflicts import check_revision
from reporting.actions.cycles import lock_open_cycle
from reporting.models import Cycle, FiveOneSheet
from reporting.permissions import can_write_for
from reporting.rules.autosaves import SaveMarks


@transaction.atomic
def save_five_ones(
    cycle: Cycle,
    *,
    organization: Organization,
    records: dict[int, dict[str, Any]],
    seen: int,
    marks: SaveMarks | None = None,
    by: User,
) -> FiveOneSheet:
    """`records` by the id of the task: text, is_done, evidence. `seen` is 0 while nothing was recorded."""
    marks = marks or SaveMarks()
    cycle = lock_open_cycle(cycle.pk)
    if not can_write_for(by, organization) or organization.parent_id != cycle.committee_id:
        raise PermissionDenied
    sheet, created = FiveOneSheet.objects.get_or_create(cycle=cycle, organization=organization)
    if marks.is_repeat_of(sheet.last_save_id):
        return sheet
    if not (created and seen == 0) and not marks.follows(sheet.last_save_id):
        check_revision(sheet.revision, seen)
    before = snapshot(sheet)
    known = set(cycle.scheme.tasks.values_list("pk", flat=True))
    sheet.records = {str(pk): facts for pk, facts in records.items() if pk in known}
    sheet.revision += 1
    sheet.last_save_id, sheet.saved_at, sheet.saved_by = marks.save_id, clock.now(), by
    sheet.save()
    if marks.save_id:
        record_sitting(sheet, "撰写“五个一”", by=by)
    else:
        record(sheet, "填写“五个一”", by=by, before=before, after=snapshot(sheet))
    return sheet
