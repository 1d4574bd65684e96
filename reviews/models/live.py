"""Where the meeting stands: what the clerk's page and every following screen show (S-95)."""

from __future__ import annotations

import dataclasses
import hashlib

from reviews.rules.live import Clock, running_clock
from reviews.rules.meetings import UNDER_WAY, SlotState

from .meeting_facts import ItemLine, MeetingFacts, SlotLine, gather_facts
from .meetings import Meeting


@dataclasses.dataclass(frozen=True)
class LiveState:
    facts: MeetingFacts
    current: SlotLine | None
    next: SlotLine | None
    item: ItemLine | None
    clock: Clock | None
    done: int

    @property
    def tag(self) -> str:
        """Changes exactly when something that screens show does."""
        meeting = self.facts.meeting
        parts = [
            str((line.slot.pk, line.slot.state, line.slot.absent, line.slot.comment_started_at))
            for line in self.facts.slots
        ]
        item = self.item.item.pk if self.item else 0
        text = "|".join([meeting.state, meeting.title, str(item), *parts])
        return hashlib.sha256(text.encode()).hexdigest()[:20]


def live_state(meeting: Meeting) -> LiveState:
    facts = gather_facts(meeting)
    current = next((line for line in facts.slots if line.slot.state in UNDER_WAY), None)
    waiting = (line for line in facts.slots if line.slot.state == SlotState.WAITING and not line.slot.absent)
    item = next((line for line in facts.items if line.item.pk == meeting.current_item_id), None)
    scheme = meeting.cycle.scheme
    clock = None
    if current is not None:
        clock = running_clock(
            current.slot.state,
            started_at=current.slot.started_at,
            comment_started_at=current.slot.comment_started_at,
            report_minutes=scheme.report_minutes,
            comment_minutes=scheme.comment_minutes,
            commenters=len(current.commenters),
        )
    done = sum(line.slot.state == SlotState.DONE for line in facts.slots)
    return LiveState(facts, current, next(waiting, None), item, clock, done)
