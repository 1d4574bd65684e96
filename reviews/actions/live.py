"""Lead the meeting through its items and slots; one slot at a time (S-95).

`seen` is the meeting's live revision when the page with the button was made: of two clerks who press at
once the second is told, and nothing moves on twice.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from common.flow import TransitionNotAllowed
from reporting.actions.reporters import change_mode_at_meeting
from reporting.models import Reporter
from reporting.rules.cycles import ReportMode
from reviews.actions.agenda import renumber_slots
from reviews.actions.screens import move_on
from reviews.models import AgendaItem, Meeting, Slot
from reviews.permissions import can_run_meeting
from reviews.rules.live import MovedOnError
from reviews.rules.meetings import (
    SLOT_FLOW,
    UNDER_WAY,
    AgendaItemKind,
    MeetingError,
    SlotState,
)


@transaction.atomic
def start_slot(slot: Slot, *, seen: int | None = None, by: User) -> Slot:
    """The reporter goes to the lectern."""
    meeting, slot = _locked(slot, seen, by)
    slot.state = _next_state(slot, "start")
    _refuse_second(meeting, slot)
    slot.started_at, slot.absent = clock.now(), False
    slot.reported_at = None
    slot.report_pause = slot.comment_pause = 0
    slot.save()
    item = meeting.agenda_items.filter(kind=AgendaItemKind.REPORTS).first()
    if item is not None and meeting.current_item_id != item.pk:
        _go_to(meeting, item)
    move_on(meeting)
    record(slot, "开始述职", by=by)
    return slot


@transaction.atomic
def comment_slot(slot: Slot, *, seen: int | None = None, by: User) -> Slot:
    """The report is over, the comments begin."""
    meeting, slot = _locked(slot, seen, by)
    slot.state = _next_state(slot, "comment")
    _refuse_second(meeting, slot)
    _end_report(slot)
    slot.comment_started_at = clock.now()
    slot.save()
    move_on(meeting)
    record(slot, "转入点评", by=by)
    return slot


@transaction.atomic
def hear_slot(slot: Slot, *, call_next: bool = False, seen: int | None = None, by: User) -> Slot:
    """The report is over, comments come later; with `call_next` the next report begins at once."""
    meeting, slot = _locked(slot, seen, by)
    slot.state = _next_state(slot, "hear")
    _end_report(slot)
    slot.save()
    move_on(meeting)
    record(slot, "述职完毕", by=by)
    return _call_next(meeting, slot, by) if call_next else slot


@transaction.atomic
def finish_slot(slot: Slot, *, call_next: bool = False, seen: int | None = None, by: User) -> Slot:
    """The turn is over; with `call_next` the next one who waits begins at once.

    Returns the slot that is under way afterwards, or the finished one.
    """
    meeting, slot = _locked(slot, seen, by)
    slot.state = _next_state(slot, "finish")
    if slot.comment_started_at is None:
        _end_report(slot)
    else:
        slot.comment_pause += _resume(slot)
    slot.ended_at = clock.now()
    slot.save()
    move_on(meeting)
    record(slot, "本人结束", by=by)
    return _call_next(meeting, slot, by) if call_next else slot


def _call_next(meeting: Meeting, slot: Slot, by: User) -> Slot:
    """Whoever waits to speak; when all have spoken, whoever waits for comments."""
    waiting = meeting.slots.filter(state=SlotState.WAITING, absent=False).first()
    if waiting is not None:
        return start_slot(waiting, by=by)
    heard = meeting.slots.filter(state=SlotState.HEARD).first()
    return comment_slot(heard, by=by) if heard is not None else slot


@transaction.atomic
def reopen_slot(slot: Slot, *, seen: int | None = None, by: User) -> Slot:
    """Finished too early: back to the comments; the time between does not count."""
    meeting, slot = _locked(slot, seen, by)
    slot.state = _next_state(slot, "reopen")
    _refuse_second(meeting, slot)
    if slot.comment_started_at is None:
        slot.comment_started_at = clock.now()
    elif slot.ended_at is not None:
        slot.comment_pause += int((clock.now() - slot.ended_at).total_seconds())
    slot.ended_at = None
    slot.save()
    move_on(meeting)
    record(slot, "恢复点评", by=by)
    return slot


@transaction.atomic
def postpone_slot(slot: Slot, *, seen: int | None = None, by: User) -> Slot:
    """Skipped for now: behind all who wait."""
    meeting, slot = _locked(slot, seen, by)
    slot.state = _next_state(slot, "postpone")
    slot.started_at = slot.paused_at = None
    slot.save()
    others = list(meeting.slots.exclude(pk=slot.pk))
    waiting = [place for place, other in enumerate(others) if other.state == SlotState.WAITING]
    others.insert(waiting[-1] + 1 if waiting else len(others), slot)
    renumber_slots(others)
    move_on(meeting)
    record(slot, "顺延述职", by=by)
    return slot


@transaction.atomic
def pause_slot(slot: Slot, *, seen: int | None = None, by: User) -> Slot:
    """The clock stands."""
    meeting, slot = _locked(slot, seen, by)
    if slot.state not in UNDER_WAY or slot.paused_at is not None:
        raise MovedOnError
    slot.paused_at = clock.now()
    slot.save(update_fields=["paused_at"])
    move_on(meeting)
    record(slot, "暂停计时", by=by)
    return slot


@transaction.atomic
def resume_slot(slot: Slot, *, seen: int | None = None, by: User) -> Slot:
    meeting, slot = _locked(slot, seen, by)
    if slot.state not in UNDER_WAY or slot.paused_at is None:
        raise MovedOnError
    if slot.state == SlotState.REPORTING:
        slot.report_pause += _resume(slot)
    else:
        slot.comment_pause += _resume(slot)
    slot.save()
    move_on(meeting)
    record(slot, "继续计时", by=by)
    return slot


@transaction.atomic
def turn_slot_written(slot: Slot, *, reason: str, by: User) -> Reporter:
    """Who has not come reports in writing; the slot goes, the reason stays with the reporter (S-88)."""
    meeting, slot = _locked(slot, None, by)
    _refuse_rehearsing(meeting)
    if slot.state != SlotState.WAITING:
        raise MeetingError("该同志已经开始述职，不能改为书面述职。")
    reporter = change_mode_at_meeting(slot.reporter, mode=ReportMode.WRITTEN, reason=reason, by=by)
    record(slot, "改为书面述职", by=by, note=reason)
    slot.delete()
    renumber_slots(list(meeting.slots.all()))
    move_on(meeting)
    return reporter


@transaction.atomic
def add_slot(meeting: Meeting, reporter: Reporter, *, by: User) -> Slot:
    """Who was to report in writing speaks after all, behind everybody."""
    meeting = _locked_live(meeting, None, by)
    _refuse_rehearsing(meeting)
    if meeting.slots.filter(reporter=reporter).exists():
        raise MovedOnError
    if not meeting.reporters.filter(pk=reporter.pk).exists():
        raise MeetingError("该同志不是本次会议的述职人。")
    change_mode_at_meeting(reporter, mode=ReportMode.ORAL, by=by)
    last = meeting.slots.order_by("position").last()
    slot = meeting.slots.create(reporter=reporter, position=last.position + 1 if last else 1)
    move_on(meeting)
    record(slot, "增加大会述职", by=by)
    return slot


@transaction.atomic
def show_item(item: AgendaItem, *, seen: int | None = None, by: User) -> AgendaItem:
    """The meeting has come to this item of the agenda."""
    meeting = _locked_live(item.meeting, seen, by)
    item = meeting.agenda_items.get(pk=item.pk)
    if item.kind != AgendaItemKind.REPORTS and meeting.slots.filter(state__in=UNDER_WAY).exists():
        raise MeetingError("还有同志正在述职或点评，请先结束，再转到其他议程。")
    if meeting.current_item_id != item.pk:
        _go_to(meeting, item)
        move_on(meeting)
        record(meeting, "转到议程", by=by, note=item.title)
    return item


def _go_to(meeting: Meeting, item: AgendaItem) -> None:
    now = clock.now()
    meeting.agenda_items.filter(pk=meeting.current_item_id or 0).update(left_at=now)
    if item.begun_at is None:
        meeting.agenda_items.filter(pk=item.pk).update(begun_at=now)
    meeting.current_item = item
    meeting.save(update_fields=["current_item"])


def _end_report(slot: Slot) -> None:
    if slot.reported_at is None:
        slot.report_pause += _resume(slot)
        slot.reported_at = clock.now()


def _resume(slot: Slot) -> int:
    """Seconds the clock has stood until now; it goes on."""
    if slot.paused_at is None:
        return 0
    seconds = int((clock.now() - slot.paused_at).total_seconds())
    slot.paused_at = None
    return seconds


def _next_state(slot: Slot, verb: str) -> str:
    """The later of two clerks is told what the first one has done."""
    if not SLOT_FLOW.allows(slot.state, verb):
        state = SlotState(slot.state).label
        message = f"{slot.reporter.name}同志现在是“{state}”，刚才的操作没有执行，请看最新状态。"
        raise TransitionNotAllowed(slot.state, verb, message)
    return SLOT_FLOW.check(slot.state, verb)


def _refuse_rehearsing(meeting: Meeting) -> None:
    """How somebody reports belongs to the year, which a rehearsal leaves alone."""
    if meeting.rehearsing:
        raise MeetingError("正在演练，不能改变述职方式。")


def _refuse_second(meeting: Meeting, slot: Slot) -> None:
    other = meeting.slots.filter(state__in=UNDER_WAY).exclude(pk=slot.pk).first()
    if other is not None:
        who = f"{other.reporter.organization.display_name}{other.reporter.name}同志"
        raise MeetingError(f"{who}的述职还没有结束，同一时间只能有一人述职。")


def _locked(slot: Slot, seen: int | None, by: User) -> tuple[Meeting, Slot]:
    meeting = _locked_live(slot.meeting, seen, by)
    rows = meeting.slots.select_related("reporter__organization", "reporter__post__person")
    found = rows.filter(pk=slot.pk).first()
    if found is None:
        raise MovedOnError
    return meeting, found


def _locked_live(meeting: Meeting, seen: int | None, by: User) -> Meeting:
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_run_meeting(by, meeting):
        raise PermissionDenied
    if not meeting.is_live:
        raise MeetingError("会议没有在召开，不能推进环节。")
    if seen is not None and seen != meeting.live_revision:
        raise MovedOnError
    return meeting
