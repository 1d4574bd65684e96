"""The hosting script: edited by hand, composed anew (S-182)."""

from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from common.conflicts import check_revision
from reviews.actions.agenda import lock_for_edit
from reviews.models import HostingScript, Meeting
from reviews.models.meeting_facts import gather_facts
from reviews.models.scripts import current_script


@transaction.atomic
def save_script(meeting: Meeting, *, text: str, revision: int, by: User) -> HostingScript:
    """Keep the text as typed. `revision` is 0 while nobody has edited the script."""
    meeting = lock_for_edit(meeting, by=by)
    script = current_script(gather_facts(meeting))
    check_revision(script.revision, revision)
    row = script.row or HostingScript(meeting=meeting, revision=0)
    before = snapshot(row) if row.pk else {"text": script.text}
    if not script.is_edited:
        # The words that were edited are those of today's facts.
        row.generated = script.composed
    _write(row, text, by)
    record(row, "修改主持词", by=by, before=before, after=snapshot(row))
    return row


@transaction.atomic
def regenerate_script(meeting: Meeting, *, revision: int, by: User) -> HostingScript:
    """Compose the script from today's facts; edits go, the audit keeps them."""
    meeting = lock_for_edit(meeting, by=by)
    script = current_script(gather_facts(meeting))
    check_revision(script.revision, revision)
    row = script.row or HostingScript(meeting=meeting, revision=0)
    before = {"text": script.text}
    row.generated = script.composed
    _write(row, script.composed, by)
    record(row, "重新生成主持词", by=by, before=before, after={"text": row.text})
    return row


def _write(row: HostingScript, text: str, by: User) -> None:
    row.text = text
    row.edited_by, row.edited_at = by, clock.now()
    row.revision += 1
    row.save()
