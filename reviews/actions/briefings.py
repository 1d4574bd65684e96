"""The organization department's words in a briefing."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from common.conflicts import check_revision
from reporting.models import Reporter
from reviews.actions.agenda import lock_for_edit
from reviews.models import Briefing, Meeting
from reviews.rules.briefings import BriefingText
from reviews.rules.meetings import MeetingError


@transaction.atomic
def save_briefing(meeting: Meeting, reporter: Reporter, *, text: BriefingText, revision: int, by: User) -> Briefing:
    """Keep the three parts as typed. `revision` is 0 while there is only the draft; raises StaleRevision."""
    meeting = lock_for_edit(meeting, by=by)
    if not meeting.reporters.filter(pk=reporter.pk).exists():
        raise PermissionDenied
    row = Briefing.objects.filter(meeting=meeting, reporter=reporter).first()
    check_revision(row.revision if row else 0, revision)
    before = snapshot(row) if row else {}
    row = row or Briefing(meeting=meeting, reporter=reporter, revision=0)
    row.strengths, row.problems, row.questions = text.strengths, text.problems, text.questions
    row.edited_by, row.edited_at = by, clock.now()
    row.revision += 1
    row.save()
    record(row, "修改点评参考材料", by=by, before=before, after=snapshot(row))
    return row


@transaction.atomic
def reset_briefing(meeting: Meeting, reporter: Reporter, *, revision: int, by: User) -> None:
    """Back to the draft from today's data; the trail keeps the words."""
    meeting = lock_for_edit(meeting, by=by)
    row = Briefing.objects.filter(meeting=meeting, reporter=reporter).first()
    if row is None:
        raise MeetingError("这份材料没有修改过。")
    check_revision(row.revision, revision)
    record(row, "重新起草点评参考材料", by=by, before=snapshot(row))
    row.delete()
