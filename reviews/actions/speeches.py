"""Speeches: added, written with automatic saves, removed (S-96, S-104, S-126, S-204)."""

import dataclasses
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from common.conflicts import check_revision
from reviews.models import Meeting, Speech, SpeechProblem
from reviews.permissions import can_edit_speeches
from reviews.rules.speeches import SpeechKind, SpeechRefusedError

WORDS = ("speaker", "speaker_title", "title", "subtitle", "salutation", "body", "achievements", "suggestions")


@dataclasses.dataclass(frozen=True)
class SpeechWords:
    """`fields` by the names in WORDS, only those that changed; `problems` None leaves them as they are."""

    fields: dict[str, str]
    problems: Sequence[str] | None = None


@transaction.atomic
def add_speech(
    meeting: Meeting, *, kind: str, speaker: str, speaker_title: str = "", body: str = "", by: User
) -> Speech:
    """Raises SpeechRefusedError for a second overall comment: there is one per meeting (S-126)."""
    meeting = _locked(meeting, by)
    if kind == SpeechKind.OVERALL and meeting.speeches.filter(kind=kind).exists():
        raise SpeechRefusedError("本次会议已有上级点评讲话，一次会议只能有一份，请在原来的里面修改。")
    speech = meeting.speeches.create(
        kind=kind, speaker=speaker, speaker_title=speaker_title, body=body, saved_by=by, saved_at=clock.now()
    )
    record(speech, "新建讲话稿", by=by, after=snapshot(speech))
    return speech


@transaction.atomic
def save_speech(
    speech: Speech, *, words: SpeechWords, revision: int, save_id: str = "", after: str = "", by: User
) -> Speech:
    """Keep what changed. The same `save_id` again changes nothing; `after` names a save whose answer may be lost."""
    meeting = _locked(speech.meeting, by)
    found = meeting.speeches.select_for_update().filter(pk=speech.pk).first()
    if found is None:
        raise SpeechRefusedError("这份讲话稿刚刚已被删去。")
    if save_id and found.save_id == save_id:
        return found
    if not (after and found.save_id == after):
        check_revision(found.revision, revision)
    before = snapshot(found)
    for name, value in words.fields.items():
        setattr(found, name, value)
    found.saved_by, found.saved_at, found.save_id = by, clock.now(), save_id
    found.revision += 1
    found.save()
    if words.problems is not None:
        _write_problems(found, words.problems)
    if not save_id:
        record(found, "修改讲话稿", by=by, before=before, after=snapshot(found))
    return found


def _write_problems(speech: Speech, texts: Sequence[str]) -> None:
    """Rows that stay keep what they became; a row on the list already is never lost."""
    old = list(speech.problems.all())
    kept: list[SpeechProblem | None] = []
    for text in texts:
        row = next((row for row in old if row.text == text), None)
        kept.append(row)
        if row is not None:
            old.remove(row)
    edited = iter(old)
    rows = [row or next(edited, None) or SpeechProblem(speech=speech) for row in kept]
    for position, (row, text) in enumerate(zip(rows, texts, strict=True), start=1):
        row.position, row.text = position, text
        row.save()
    speech.problems.exclude(pk__in=[row.pk for row in rows]).filter(problem=None).delete()


@transaction.atomic
def remove_speech(speech: Speech, *, by: User) -> None:
    meeting = _locked(speech.meeting, by)
    found = meeting.speeches.filter(pk=speech.pk).first()
    if found is None:
        return
    if found.problems.filter(problem__isnull=False).exists():
        raise SpeechRefusedError("讲话指出的问题已经列为问题，这份讲话稿不能删去。")
    record(found, "删去讲话稿", by=by, before=snapshot(found))
    found.delete()


def _locked(meeting: Meeting, by: User) -> Meeting:
    """Also after the meeting: what was said is often written down the week after."""
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_edit_speeches(by, meeting):
        raise PermissionDenied
    return meeting
