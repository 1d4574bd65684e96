"""Draw lots for the order of reports, by the system or on paper; each draw stays on record."""

import secrets
from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from reviews.actions.agenda import lock_for_edit, renumber_slots
from reviews.models import Draw, Meeting, Slot
from reviews.models.agenda import needed_slot_changes
from reviews.models.draws import slot_lots
from reviews.rules.draws import DrawMethod, Lot, by_numbers, draw, number_faults
from reviews.rules.meetings import MeetingError, MeetingState


@transaction.atomic
def draw_order(meeting: Meeting, *, groups: str = "", reason: str = "", by: User) -> Draw:
    """Order the slots by lots of the system. The seed is the operating system's and is kept: see `rules.draws`.

    Raises MeetingError once the meeting is open, for slots that are not in step with the list, and for
    a further draw without a reason.
    """
    meeting, slots = _locked(meeting, reason, by)
    seed = secrets.token_hex(16)
    order = draw(slot_lots(slots, groups), seed)
    return _keep(meeting, slots, order, {}, Draw(method=DrawMethod.SYSTEM, groups=groups, seed=seed, reason=reason), by)


@transaction.atomic
def enter_lots(
    meeting: Meeting, *, numbers: Mapping[int, int | None], groups: str = "", reason: str = "", by: User
) -> Draw:
    """Order the slots by numbers drawn on paper, by id of the slot. Raises MeetingError as above or naming faults."""
    meeting, slots = _locked(meeting, reason, by)
    lots = slot_lots(slots, groups)
    faults = number_faults(lots, numbers)
    if faults:
        raise MeetingError("".join(faults))
    drawn = {key: number for key, number in numbers.items() if number is not None}
    order = by_numbers(lots, drawn)
    return _keep(meeting, slots, order, drawn, Draw(method=DrawMethod.TYPED, groups=groups, reason=reason), by)


def _locked(meeting: Meeting, reason: str, by: User) -> tuple[Meeting, list[Slot]]:
    meeting = lock_for_edit(meeting, by=by)
    if meeting.state != MeetingState.PREPARING:
        raise MeetingError("会议已经召开，不能再抽签。")
    if needed_slot_changes(meeting):
        raise MeetingError("述职名单与议程不一致，请先在议程中同步述职人，再抽签。")
    slots = list(meeting.slots.select_related("reporter__organization__domain", "reporter__post__person"))
    if len(slots) < 2:
        raise MeetingError("大会述职人不足两名，不用抽签。")
    if meeting.draws.exists() and not reason.strip():
        raise MeetingError("已经抽过签，重新抽签请写明理由。")
    return meeting, slots


def _keep(
    meeting: Meeting, slots: Sequence[Slot], order: Sequence[Lot], numbers: Mapping[int, int], row: Draw, by: User
) -> Draw:
    by_key = {slot.pk: slot for slot in slots}
    renumber_slots([by_key[lot.key] for lot in order])
    row.meeting, row.drawn_at, row.drawn_by = meeting, clock.now(), by
    row.order = [
        {
            "place": place,
            "code": lot.code,
            "unit": by_key[lot.key].reporter.organization.name,
            "name": by_key[lot.key].reporter.name,
            "group": lot.group,
            "number": numbers.get(lot.key, place),
        }
        for place, lot in enumerate(order, start=1)
    ]
    row.save()
    after = {"order": [f"{line['unit']}（{line['code']}）{line['name']}" for line in row.order], "seed": row.seed}
    record(row, "抽签确定述职顺序", by=by, after=after, note=row.reason)
    return row
