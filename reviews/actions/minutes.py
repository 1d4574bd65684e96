"""The minutes: edited by hand with automatic saves, composed anew (S-103)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from common.conflicts import check_revision
from reviews.models import Meeting, Minutes
from reviews.models.minutes import CurrentMinutes, current_minutes
from reviews.permissions import can_edit_minutes


@transaction.atomic
def save_minutes(
    meeting: Meeting, *, text: str, revision: int, save_id: str = "", after: str = "", by: User
) -> Minutes:
    """Keep the text as typed. `revision` is 0 while nobody has edited the minutes.

    The same `save_id` again changes nothing; `after` names a save whose answer may have been lost.
    """
    meeting, minutes, row = _locked(meeting, by)
    if save_id and row.save_id == save_id:
        return row
    if not (after and row.save_id == after):
        check_revision(minutes.revision, revision)
    before = {"text": minutes.text}
    if not minutes.is_edited:
        # The words that were edited are those of today's record.
        row.generated = minutes.composed
    _write(row, text, save_id, by)
    if not save_id:
        record(row, "修改会议纪要", by=by, before=before, after={"text": text})
    return row


@transaction.atomic
def regenerate_minutes(meeting: Meeting, *, revision: int, by: User) -> Minutes:
    """Compose the minutes from today's record; edits go, the audit keeps them."""
    meeting, minutes, row = _locked(meeting, by)
    check_revision(minutes.revision, revision)
    before = {"text": minutes.text}
    row.generated = minutes.composed
    _write(row, minutes.composed, "", by)
    record(row, "重新生成会议纪要", by=by, before=before, after={"text": row.text})
    return row


def _locked(meeting: Meeting, by: User) -> tuple[Meeting, CurrentMinutes, Minutes]:
    Meeting.objects.locked(meeting.pk)
    meeting = Meeting.objects.with_facts().get(pk=meeting.pk)
    if not can_edit_minutes(by, meeting):
        raise PermissionDenied
    minutes = current_minutes(meeting)
    return meeting, minutes, minutes.row or Minutes(meeting=meeting, revision=0)


def _write(row: Minutes, text: str, save_id: str, by: User) -> None:
    row.text, row.save_id = text, save_id
    row.saved_by, row.saved_at = by, clock.now()
    row.revision += 1
    row.save()
