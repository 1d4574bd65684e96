"""Everything about one meeting in one place: for its pages, the agenda, the script and the lists.

Numbers, times and totals are worked out here and nowhere else, so that page and papers agree.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from accounts.models import Post
from common import clock
from common.deadlines import chinese_date
from reporting.models import Reporter
from reporting.rules.reports import READY_FOR_PRINT
from reviews.rules.agenda import (
    Timetable,
    announcement,
    clock_time,
    item_number,
    surplus_reporters,
    timetable,
)
from reviews.rules.attendance import (
    AttendanceTotal,
    Group,
    Member,
    attendance_total,
    identity,
    total_words,
)
from reviews.rules.meetings import AgendaItemKind, AttendanceKind

from .agenda import AgendaItem, Slot
from .attendance import AttendanceGroup, Attendee
from .meetings import Meeting
from .places import Venue


@dataclasses.dataclass(frozen=True)
class ItemLine:
    item: AgendaItem
    number: str
    time: dt.time | None
    minutes: int | None

    @property
    def is_reports(self) -> bool:
        return self.item.kind == AgendaItemKind.REPORTS


@dataclasses.dataclass(frozen=True)
class SlotLine:
    """A turn with its place and time; `commenters` is the host where nobody else was named."""

    slot: Slot
    number: int
    time: dt.time | None
    by_host: bool
    others: tuple[Post, ...]
    commenters: tuple[Post, ...]
    has_report: bool

    @property
    def commenter_names(self) -> str:
        return "、".join(post.person.name for post in self.commenters)


@dataclasses.dataclass(frozen=True)
class GroupLine:
    group: AttendanceGroup
    attendees: tuple[Attendee, ...]

    @property
    def figure(self) -> str:
        return self.group.count_text or str(len(self.attendees) or "")


@dataclasses.dataclass(frozen=True)
class MeetingFacts:
    meeting: Meeting
    items: tuple[ItemLine, ...]
    slots: tuple[SlotLine, ...]
    written: tuple[Reporter, ...]
    venues: tuple[Venue, ...]
    guests: tuple[Attendee, ...]
    groups: tuple[GroupLine, ...]
    total: AttendanceTotal
    timetable: Timetable
    surplus: int

    @property
    def announcement(self) -> str:
        return announcement(len(self.items))

    @property
    def total_words(self) -> str:
        return total_words(self.meeting.total_text, self.total)

    @property
    def date_words(self) -> str:
        """As typed where something was typed (X月X日), else the date (S-195)."""
        meeting = self.meeting
        return meeting.date_text or (chinese_date(meeting.date) if meeting.date else "")

    @property
    def days_left(self) -> int:
        """Days to the dated meeting; 0 on the day, afterwards and without a date."""
        date = self.meeting.date
        return max((date - clock.today()).days, 0) if date else 0

    @property
    def end_time(self) -> dt.time | None:
        return clock_time(self.meeting.start_time, self.timetable.total)

    @property
    def has_reports_item(self) -> bool:
        return any(line.is_reports for line in self.items)


def gather_facts(meeting: Meeting) -> MeetingFacts:
    """Read a meeting whole; a fixed number of queries however many people there are."""
    items = list(meeting.agenda_items.all())
    slots = _slots_of(meeting)
    groups = [
        GroupLine(group, tuple(group.attendees.all()))
        for group in meeting.attendance_groups.prefetch_related("attendees")
    ]
    guests = [g for g in groups if g.group.kind == AttendanceKind.GUIDANCE]
    present = [g for g in groups if g.group.kind == AttendanceKind.PARTICIPANTS]
    scheme = meeting.cycle.scheme
    slot_minutes = scheme.report_minutes + scheme.comment_minutes
    kinds = [item.kind for item in items]
    at = kinds.index(AgendaItemKind.REPORTS) if AgendaItemKind.REPORTS in kinds else None
    table = timetable(
        [item.minutes for item in items],
        reports_at=at,
        slots=len(slots),
        slot_minutes=slot_minutes,
        apart=scheme.report_minutes if meeting.is_together else slot_minutes,
    )
    return MeetingFacts(
        meeting=meeting,
        items=tuple(
            _item_line(meeting, table, index, item, len(slots) * slot_minutes if index == at else None)
            for index, item in enumerate(items)
        ),
        slots=tuple(_slot_line(meeting, table, index, slot) for index, slot in enumerate(slots)),
        written=tuple(meeting.written_reporters.select_related("report")),
        venues=tuple(meeting.venues.all()),
        guests=tuple(attendee for line in guests for attendee in line.attendees),
        groups=tuple(present),
        total=attendance_total([_counted(line) for line in present]),
        timetable=table,
        surplus=surplus_reporters(table.total, meeting.planned_minutes, slot_minutes),
    )


def _slots_of(meeting: Meeting) -> list[Slot]:
    return list(
        meeting.slots.select_related(
            "reporter__organization", "reporter__post__person", "reporter__report"
        ).prefetch_related("commenters__person", "commenters__organization")
    )


def _item_line(meeting: Meeting, table: Timetable, index: int, item: AgendaItem, computed: int | None) -> ItemLine:
    time = clock_time(meeting.start_time, table.items[index])
    minutes = item.minutes if computed is None else computed
    return ItemLine(item, item_number(index + 1), time, minutes)


def _slot_line(meeting: Meeting, table: Timetable, index: int, slot: Slot) -> SlotLine:
    named = list(slot.commenters.all())
    others = tuple(post for post in named if post.pk != meeting.host_id)
    by_host = len(others) < len(named) or not named
    host = (meeting.host,) if by_host and meeting.host else ()
    return SlotLine(
        slot=slot,
        number=index + 1,
        time=clock_time(meeting.start_time, table.slots[index]) if table.slots else None,
        by_host=by_host,
        others=others,
        commenters=(*host, *others),
        has_report=has_accepted_report(slot.reporter),
    )


def has_accepted_report(reporter: Reporter) -> bool:
    report = getattr(reporter, "report", None)
    return report is not None and report.state in READY_FOR_PRINT


def _counted(line: GroupLine) -> Group:
    return Group(
        line.group.count_text,
        tuple(
            identity(Member(person.name, person.unit, person.post_title), person.person_id) for person in line.attendees
        ),
    )


def printed_reporter(reporter: Reporter) -> str:
    return f"{reporter.printed_title}{reporter.name}"
