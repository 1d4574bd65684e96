"""Lead the meeting through its items and slots; one slot at a time (S-95)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from common.flow import TransitionNotAllowed
from reviews.models import AgendaItem, Meeting, Slot
from reviews.permissions import can_run_meeting
from reviews.rules.meetings import (
    SLOT_FLOW,
    UNDER_WAY,
    AgendaItemKind,
    MeetingError,
    SlotState,
)


@transaction.atomic
def start_slot(slot: Slot, *, by: User) -> Slot:
    """The reporter goes to the lectern."""
    meeting, slot = _locked(slot, by)
    slot.state = _next_state(slot, "start")
    _refuse_second(meeting, slot)
    slot.started_at, slot.absent = clock.now(), False
    slot.save()
    item = meeting.agenda_items.filter(kind=AgendaItemKind.REPORTS).first()
    if item is not None and meeting.current_item_id != item.pk:
        meeting.current_item = item
        meeting.save(update_fields=["current_item"])
    record(slot, "开始述职", by=by)
    return slot


@transaction.atomic
def comment_slot(slot: Slot, *, by: User) -> Slot:
    """The report is over, the comments begin."""
    _meeting, slot = _locked(slot, by)
    slot.state = _next_state(slot, "comment")
    slot.comment_started_at = clock.now()
    slot.save()
    record(slot, "转入点评", by=by)
    return slot


@transaction.atomic
def finish_slot(slot: Slot, *, call_next: bool = False, by: User) -> Slot:
    """The turn is over; with `call_next` the next one who waits begins at once.

    Returns the slot that is under way afterwards, or the finished one.
    """
    meeting, slot = _locked(slot, by)
    slot.state = _next_state(slot, "finish")
    slot.ended_at = clock.now()
    slot.save()
    record(slot, "本人结束", by=by)
    waiting = meeting.slots.filter(state=SlotState.WAITING, absent=False).first()
    if call_next and waiting is not None:
        return start_slot(waiting, by=by)
    return slot


@transaction.atomic
def reopen_slot(slot: Slot, *, by: User) -> Slot:
    """Finished too early: back to the comments."""
    meeting, slot = _locked(slot, by)
    slot.state = _next_state(slot, "reopen")
    _refuse_second(meeting, slot)
    slot.ended_at = None
    slot.save()
    record(slot, "恢复点评", by=by)
    return slot


@transaction.atomic
def show_item(item: AgendaItem, *, by: User) -> AgendaItem:
    """The meeting has come to this item of the agenda."""
    meeting = _locked_live(item.meeting, by)
    item = meeting.agenda_items.get(pk=item.pk)
    if item.kind != AgendaItemKind.REPORTS and meeting.slots.filter(state__in=UNDER_WAY).exists():
        raise MeetingError("还有同志正在述职或点评，请先结束，再转到其他议程。")
    if meeting.current_item_id != item.pk:
        meeting.current_item = item
        meeting.save(update_fields=["current_item"])
        record(meeting, "转到议程", by=by, note=item.title)
    return item


def _next_state(slot: Slot, verb: str) -> str:
    """The later of two clerks is told what the first one has done."""
    if not SLOT_FLOW.allows(slot.state, verb):
        state = SlotState(slot.state).label
        message = f"{slot.reporter.name}同志现在是“{state}”，刚才的操作没有执行，请看最新状态。"
        raise TransitionNotAllowed(slot.state, verb, message)
    return SLOT_FLOW.check(slot.state, verb)


def _refuse_second(meeting: Meeting, slot: Slot) -> None:
    other = meeting.slots.filter(state__in=UNDER_WAY).exclude(pk=slot.pk).first()
    if other is not None:
        who = f"{other.reporter.organization.display_name}{other.reporter.name}同志"
        raise MeetingError(f"{who}的述职还没有结束，同一时间只能有一人述职。")


def _locked(slot: Slot, by: User) -> tuple[Meeting, Slot]:
    meeting = _locked_live(slot.meeting, by)
    rows = meeting.slots.select_related("reporter__organization", "reporter__post__person")
    return meeting, rows.get(pk=slot.pk)


def _locked_live(meeting: Meeting, by: User) -> Meeting:
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_run_meeting(by, meeting):
        raise PermissionDenied
    if not meeting.is_live:
        raise MeetingError("会议没有在召开，不能推进环节。")
    return meeting
