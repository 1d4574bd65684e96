"""Where the meeting stands: what the clerk's page and every following screen show (S-95)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator

from common import clock
from reviews.rules.live import Clock, clock_of, minutes_words, overtime
from reviews.rules.meetings import UNDER_WAY, AgendaItemKind, SlotState

from .agenda import Slot
from .ballot_rounds import BallotRound
from .meeting_facts import ItemLine, MeetingFacts, SlotLine, gather_facts
from .meetings import Meeting
from .score_sheets import sheet_progress
from .turnouts import Turnout, ballot_turnouts, sheet_turnouts

# A screen shows what is at most so old, should the news of a change be lost.
SCREEN_SECONDS = 1


@dataclasses.dataclass(frozen=True)
class LiveState:
    facts: MeetingFacts
    current: SlotLine | None
    next: SlotLine | None
    item: ItemLine | None
    clock: Clock | None
    done: int
    sheets_in: int
    sheets_expected: int
    ballots_in: int
    ballots_expected: int
    turnouts: tuple[Turnout, ...]
    closes_at: tuple[dt.datetime, ...]

    @property
    def tag(self) -> str:
        """Changes exactly when something that screens show does."""
        text = "|".join(self._shown())
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def _shown(self) -> Iterator[str]:
        meeting = self.facts.meeting
        yield from (meeting.state, meeting.title, str(meeting.live_revision))
        yield f"{self.sheets_in}/{self.sheets_expected} {self.ballots_in}/{self.ballots_expected}"
        yield f"{self.turnouts} {[(at, at > clock.now()) for at in self.closes_at]}"
        for line in self.facts.slots:
            yield str((line.slot.pk, line.slot.state, line.slot.absent, line.commenter_names))
        for item in self.facts.items:
            yield f"{item.item.pk}{item.item.title}{item.item.speaker}"

    @property
    def heard(self) -> int:
        """Reports that are over, commented on or not."""
        return sum(line.slot.state == SlotState.HEARD for line in self.facts.slots) + self.done

    @property
    def next_item(self) -> ItemLine | None:
        """The item after the one under way; none at the last one."""
        items = list(self.facts.items)
        after = items.index(self.item) + 1 if self.item in items else 0
        return items[after] if after < len(items) else None


def live_state(meeting: Meeting) -> LiveState:
    facts = gather_facts(meeting)
    current = next((line for line in facts.slots if line.slot.state in UNDER_WAY), None)
    item = next((line for line in facts.items if line.item.pk == meeting.current_item_id), None)
    progress = sheet_progress(meeting)
    rounds = list(BallotRound.objects.filter(meeting=meeting).accepting())
    ballots = [turnout for ballot_round in rounds for turnout in ballot_turnouts(ballot_round)]
    is_scoring = (item is not None and item.item.kind == AgendaItemKind.SCORING) or meeting.sheets_close_at is not None
    calls = (meeting.sheets_close_at, *(ballot_round.closes_at for ballot_round in rounds))
    return LiveState(
        facts=facts,
        current=current,
        next=_next_line(facts),
        item=item,
        clock=_clock(meeting, current, item),
        done=sum(line.slot.state == SlotState.DONE for line in facts.slots),
        sheets_in=sum(row.returned for row in progress),
        sheets_expected=sum(row.expected for row in progress),
        ballots_in=sum(row.returned for row in ballots),
        ballots_expected=sum(row.given for row in ballots),
        turnouts=(*(sheet_turnouts(progress) if is_scoring else ()), *ballots),
        closes_at=tuple(at for at in calls if at is not None),
    )


def _next_line(facts: MeetingFacts) -> SlotLine | None:
    """Who waits to speak; when all have spoken, who waits for comments."""
    waiting = [line for line in facts.slots if line.slot.state == SlotState.WAITING and not line.slot.absent]
    heard = [line for line in facts.slots if line.slot.state == SlotState.HEARD]
    return next(iter([*waiting, *heard]), None)


def _clock(meeting: Meeting, current: SlotLine | None, item: ItemLine | None) -> Clock | None:
    """The time of a report, of the comments of all who comment, or of an item that has a length."""
    if current is None:
        if item is None or item.is_reports or item.item.begun_at is None or not item.minutes:
            return None
        return clock_of(item.item.title, begun_at=item.item.begun_at, minutes=item.minutes)
    slot, minutes = current.slot, slot_minutes(meeting, current)
    if slot.state == SlotState.REPORTING and slot.started_at is not None:
        begun_at, allowed, paused = slot.started_at, minutes[0], slot.report_pause
    elif slot.comment_started_at is not None:
        begun_at, allowed, paused = slot.comment_started_at, minutes[1], slot.comment_pause
    else:
        return None
    part = str(SlotState(slot.state).label)
    return clock_of(part, begun_at=begun_at, minutes=allowed, paused=paused, paused_at=slot.paused_at)


def slot_minutes(meeting: Meeting, line: SlotLine) -> tuple[int, int]:
    """Minutes allowed for the report, and for the comments of all who comment."""
    scheme = meeting.cycle.scheme
    return scheme.report_minutes, scheme.comment_minutes * max(len(line.commenters), 1)


@dataclasses.dataclass(frozen=True)
class TimeRecord:
    """Planned and actual: seconds; None where it is not over, overtime 0 within what was allowed (S-103, S-105)."""

    line: SlotLine
    report: int | None
    comment: int | None
    report_over: int
    comment_over: int

    @property
    def slot(self) -> Slot:
        return self.line.slot

    @property
    def over(self) -> int:
        return self.report_over + self.comment_over

    @property
    def words(self) -> tuple[tuple[str, str, str], ...]:
        """What is over: 述职, how long, and how much too long, for the table of times."""
        parts = (("述职", self.report, self.report_over), ("点评", self.comment, self.comment_over))
        return tuple(
            (name, minutes_words(seconds), minutes_words(over or None))
            for name, seconds, over in parts
            if seconds is not None
        )


def time_records(facts: MeetingFacts) -> list[TimeRecord]:
    records = []
    for line in facts.slots:
        report_minutes, comment_minutes = slot_minutes(facts.meeting, line)
        report, comment = line.slot.reported_seconds, line.slot.commented_seconds
        over = overtime(report, report_minutes), overtime(comment, comment_minutes)
        records.append(TimeRecord(line, report, comment, *over))
    return records


def screen_key(token: str) -> str:
    """Where what the screens of this link show lies in the cache."""
    return f"screen:{token}"
