"""Put a note on a passage, take it back, deal with it (S-74)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from common.flow import TransitionNotAllowed
from reporting.actions.cycles import refuse_closed
from reporting.models import DutyReport, ReportNote
from reporting.permissions import can_answer_note, can_remove_note, can_write_note
from reporting.rules.notes import Anchor, locate
from reporting.rules.places import places
from reporting.rules.refusals import NotePassageUnknown
from reporting.rules.reports import REPORT_FLOW


@transaction.atomic
def add_note(report: DutyReport, *, anchor: Anchor, text: str, by: User) -> ReportNote:
    """A note on what was handed in; its authors see it once the report goes back to them.

    Raises NotePassageUnknown when the quoted words do not stand in the text.
    """
    report = DutyReport.objects.select_for_update().get(pk=report.pk)
    if not can_write_note(by, report):
        raise PermissionDenied
    _refuse_unread(report)
    texts = {place.key: place.text for place in places(report.handed_in or report.content)}
    found = locate(anchor, texts)
    if anchor.quote and found is None:
        raise NotePassageUnknown
    note = report.notes.create(
        round=report.rounds + 1,
        place=found.place if found else anchor.place if anchor.place in texts else "",
        quote=anchor.quote,
        offset=found.start if found else 0,
        text=text,
        by=by,
        at=clock.now(),
    )
    record(note, "添加批注", by=by, note=text)
    return note


def _refuse_unread(report: DutyReport) -> None:
    if not REPORT_FLOW.allows(report.state, "return"):
        raise TransitionNotAllowed(report.state, "note", "报告现在不在审核中，不能批注。请刷新页面查看最新状态。")
    refuse_closed(report.cycle)


@transaction.atomic
def remove_note(note: ReportNote, *, by: User) -> DutyReport:
    """Take back a note that its report's authors have not seen yet."""
    note = ReportNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if not can_remove_note(by, note):
        raise PermissionDenied
    if note.is_released:
        raise TransitionNotAllowed("released", "remove", "批注已经随报告退回，对方已经看到，不能删除。")
    refuse_closed(note.report.cycle)
    report = note.report
    record(note, "删除批注", by=by, before=dataclasses.asdict(note.anchor), note=note.text)
    note.delete()
    return report


@transaction.atomic
def keep_answers(notes: Iterable[ReportNote], *, answers: dict[int, str], by: User) -> None:
    """Keep what was written about each of the notes, without ticking any off."""
    for note in notes:
        if note.pk in answers and answers[note.pk] != note.answer:
            kept = _answerable(note, by)
            kept.answer = answers[note.pk]
            kept.save(update_fields=["answer"])


def _answerable(note: ReportNote, by: User) -> ReportNote:
    note = ReportNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if not can_answer_note(by, note):
        raise PermissionDenied
    if not note.is_released or not note.report.is_writable:
        raise TransitionNotAllowed("report", "answer", "报告现在不在修改中，不能再回复批注。")
    refuse_closed(note.report.cycle)
    return note


@transaction.atomic
def answer_note(note: ReportNote, *, answer: str, is_settled: bool, by: User) -> ReportNote:
    """Tick a note off, with or without words, or open it again, while the report is being changed."""
    note = _answerable(note, by)
    note.answer = answer
    note.settled_at = clock.now() if is_settled else None
    note.settled_by = by if is_settled else None
    note.save(update_fields=["answer", "settled_at", "settled_by"])
    record(note, "处理批注" if is_settled else "重新打开批注", by=by, note=answer)
    return note
