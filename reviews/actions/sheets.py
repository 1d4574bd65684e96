"""Named sheets sent by phones, all reporters in one body; and the call to hand them in (S-118, S-128)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from reviews.actions.score_sheets import check_open, freeze_for_scoring, lock_meeting
from reviews.models import Meeting, Rater, ScoreMark, ScoreSheet, SheetSubmission
from reviews.models.sheets import named_sheet, stored_marks
from reviews.permissions import can_call_sheets, can_fill_sheet
from reviews.rules.marks import Marks, PersonMarks, as_json, mark_value, missing_lines, read_marks
from reviews.rules.meetings import SheetState
from reviews.rules.score_sheets import KeyReusedError, NotLiveError
from reviews.rules.sheets import Sheet

Body = Mapping[str, Any]
"""{"marks": of rules/marks.py, "revisions": {"<reporter id>": what the phone last saw, 0 for nothing}}"""


class MarkedElsewhereError(Exception):
    """The same rater marked these reporters on another device: `theirs` as stored, `revisions` of all."""

    def __init__(self, theirs: dict[str, Any], revisions: dict[str, int]) -> None:
        self.theirs, self.revisions = theirs, revisions
        super().__init__("在另一台设备上改过，请选用哪一份。")


@transaction.atomic
def hand_in_sheets(rater: Rater, *, key: str, body: Body, by: User) -> dict[str, Any]:
    """Store what a phone sent; the answer is {"at", "revisions"}, and the same for every further try with `key`.

    Who is marked completely is handed in, the others stay drafts and do not count. Raises KeyReusedError,
    MarkedElsewhereError and what `read_marks` raises; then nothing of the body is stored.
    """
    meeting = lock_meeting(rater.meeting)
    if not can_fill_sheet(by, rater):
        raise PermissionDenied
    digest = _digest(body.get("marks"))
    earlier = rater.submissions.filter(key=key).first()
    if earlier is not None:
        if earlier.body_hash != digest:
            raise KeyReusedError
        return dict(earlier.answer)
    check_open(meeting)
    rater.meeting = meeting
    sheet = named_sheet(rater)
    changed, stored = _changes(rater, sheet, read_marks(sheet, body.get("marks")), body.get("revisions"))
    _write(rater, sheet, changed, stored, by=by)
    revisions = {**{key: row.revision for key, row in stored.items()}, **_revisions(rater, changed)}
    answer = {"at": f"{timezone.localtime(clock.now()):%H:%M}", "revisions": revisions}
    submission = SheetSubmission.objects.create(
        rater=rater, key=key, body_hash=digest, answer=answer, received_at=clock.now()
    )
    if changed:
        record(submission, "提交评分表", by=by, after=as_json(changed))
    return answer


def _digest(marks: object) -> str:
    """Of the marks alone: a page that was loaded anew since knows newer revisions."""
    return hashlib.sha256(json.dumps(marks, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _changes(rater: Rater, sheet: Sheet, marks: Marks, seen: object) -> tuple[Marks, dict[str, ScoreSheet]]:
    """What differs from what is stored. Raises MarkedElsewhereError for what the phone has not seen."""
    stored = {str(row.reporter_id): row for row in rater.sheets.prefetch_related("marks")}
    known = stored_marks(sheet, stored)
    changed = {key: row for key, row in marks.items() if known.get(key) != row}
    revisions = seen if isinstance(seen, Mapping) else {}
    unseen = [key for key in changed if key in stored and revisions.get(key) != stored[key].revision]
    if unseen:
        theirs = as_json({key: known[key] for key in unseen if key in known})
        raise MarkedElsewhereError(theirs, {key: row.revision for key, row in stored.items()})
    return changed, stored


def _write(rater: Rater, sheet: Sheet, changed: Marks, stored: dict[str, ScoreSheet], *, by: User) -> None:
    people = {person.id: person for person in sheet.people}
    complete = {key for key, row in changed.items() if not missing_lines(sheet, people[key], row)}
    if complete:
        freeze_for_scoring(rater.meeting, by=by)
    rows = []
    for key, marks in changed.items():
        row = stored.get(key) or ScoreSheet(rater=rater, reporter_id=int(key), revision=0)
        rows.append(_filled(row, marks, is_complete=key in complete))
    ScoreSheet.objects.bulk_create([row for row in rows if row.pk is None])
    fields = ["state", "submitted_at", "keyed_in_by", "overall", "remark", "shortcut", "revision"]
    ScoreSheet.objects.bulk_update([row for row in rows if str(row.reporter_id) in stored], fields)
    ScoreMark.objects.filter(sheet__in=[row.pk for row in rows]).delete()
    ScoreMark.objects.bulk_create(
        ScoreMark(sheet=row, dimension_id=int(item), grade=mark.grade, score=mark_value(sheet, mark))
        for row in rows
        for item, mark in changed[str(row.reporter_id)].items.items()
    )


def _filled(row: ScoreSheet, marks: PersonMarks, *, is_complete: bool) -> ScoreSheet:
    row.state = SheetState.SUBMITTED if is_complete else SheetState.DRAFT
    row.submitted_at = clock.now() if is_complete else None
    row.keyed_in_by = None
    row.overall, row.remark, row.shortcut = marks.overall, marks.remark, marks.shortcut
    row.revision += 1
    return row


def _revisions(rater: Rater, changed: Marks) -> dict[str, int]:
    rows = rater.sheets.filter(reporter__in=[int(key) for key in changed])
    return {str(reporter): revision for reporter, revision in rows.values_list("reporter_id", "revision")}


@transaction.atomic
def call_sheets(meeting: Meeting, *, grace_seconds: int, by: User) -> Meeting:
    """Call for the last sheets: who is under way has so many seconds, counted by the database's clock."""
    meeting = lock_meeting(meeting)
    if not can_call_sheets(by, meeting):
        raise PermissionDenied
    if not meeting.is_live:
        raise NotLiveError
    grace = dt.timedelta(seconds=grace_seconds)
    Meeting.objects.filter(pk=meeting.pk).update(sheet_grace_seconds=grace_seconds, sheets_close_at=Now() + grace)
    meeting.refresh_from_db()
    record(meeting, "宣布收评分表", by=by, after={"sheet_grace_seconds": grace_seconds})
    return meeting


@transaction.atomic
def resume_sheets(meeting: Meeting, *, by: User) -> Meeting:
    """Take sheets again, for those whose phones came late; as long as the meeting lasts."""
    meeting = lock_meeting(meeting)
    if not can_call_sheets(by, meeting):
        raise PermissionDenied
    if not meeting.is_live:
        raise NotLiveError
    meeting.sheets_close_at = None
    meeting.save(update_fields=["sheets_close_at"])
    record(meeting, "重新接收评分表", by=by)
    return meeting
