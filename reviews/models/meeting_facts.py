"""Everything about one meeting in one place: for its pages, the agenda, the script and the lists.

Numbers, times and totals are worked out here and nowhere else, so that page and papers agree.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

from accounts.models import Organization, Post
from common import clock
from common.deadlines import chinese_date
from reporting.models import Reporter
from reporting.rules.basis_documents import cited
from reporting.rules.reports import READY_FOR_PRINT
from reviews.rules.agenda import (
    SlotChanges,
    Timetable,
    announcement,
    clock_time,
    item_number,
    slot_changes,
    surplus_reporters,
    timetable,
)
from reviews.rules.attendance import (
    AttendanceTotal,
    Group,
    Member,
    attendance_total,
    identity,
    spoken_total,
    total_words,
)
from reviews.rules.meetings import AgendaItemKind, AttendanceKind, MeetingState, SlotState
from reviews.rules.script import ItemFacts, ScriptFacts, SlotFacts, compose_script, count_warnings
from reviews.rules.titles import compose_title, reporters_phrase

from .agenda import AgendaItem, Slot
from .attendance import AttendanceGroup, Attendee
from .meetings import HostingScript, Meeting
from .places import Venue, unplaced_reporters


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
        has_report=_is_accepted(slot.reporter),
    )


def _is_accepted(reporter: Reporter) -> bool:
    report = getattr(reporter, "report", None)
    return report is not None and report.state in READY_FOR_PRINT


def _counted(line: GroupLine) -> Group:
    return Group(
        line.group.count_text,
        tuple(
            identity(Member(person.name, person.unit, person.post_title), person.person_id) for person in line.attendees
        ),
    )


# --- What follows from the facts ------------------------------------------------------------------


def needed_slot_changes(meeting: Meeting) -> SlotChanges:
    """How the slots differ from the year's oral reporters (S-91); none without a reports item."""
    states = dict(meeting.slots.order_by("position").values_list("reporter", "state"))
    if not meeting.agenda_items.filter(kind=AgendaItemKind.REPORTS).exists():
        waiting = [pk for pk, state in states.items() if state == SlotState.WAITING]
        return SlotChanges(add=(), remove=tuple(waiting))
    reporters = meeting.cycle.reporters.oral()
    if meeting.is_divided:
        reporters = reporters.filter(place__meeting=meeting)
    oral = list(reporters.order_by("order", "id").values_list("pk", flat=True))
    elsewhere = Slot.objects.filter(meeting__cycle=meeting.cycle_id).exclude(meeting=meeting)
    return slot_changes(oral, states, set(elsewhere.values_list("reporter", flat=True)))


def automatic_title(meeting: Meeting, kind: str) -> str:
    return title_for(meeting.cycle.committee, meeting.cycle.year, meeting.cycle_id, kind)


def title_for(committee: Organization, year: int, cycle_id: int, kind: str) -> str:
    """The title composed from the facts of a year (S-83)."""
    kinds = set(Reporter.objects.filter(cycle=cycle_id).values_list("organization__kind", flat=True))
    return compose_title(year=year, committee_name=committee.name, reporter_kinds=kinds, kind=kind)


def printed_reporter(reporter: Reporter) -> str:
    return f"{reporter.printed_title}{reporter.name}"


def script_facts(facts: MeetingFacts) -> ScriptFacts:
    meeting = facts.meeting
    oral = [line.slot.reporter for line in facts.slots]
    done = sum(line.slot.state == SlotState.DONE for line in facts.slots)
    return ScriptFacts(
        committee=meeting.committee.display_name,
        title=meeting.title,
        basis=meeting.basis,
        cited=tuple(cited(title) for title in meeting.basis_documents.values_list("title", flat=True)),
        purpose=meeting.purpose,
        guests=tuple(guest.printed for guest in facts.guests),
        categories=tuple(line.group.name for line in facts.groups),
        total=spoken_total(meeting.total_text, facts.total),
        items=tuple(_item_facts(facts, line.item) for line in facts.items),
        slots=tuple(_slot_facts(line) for line in facts.slots) if facts.has_reports_item else (),
        # Those who did report, once that is known; until then those who are to (S-98).
        reported=done if meeting.state == MeetingState.CLOSED else len(oral),
        oral_phrase=_phrase(oral),
        written=tuple(printed_reporter(reporter) for reporter in facts.written),
        written_phrase=_phrase(facts.written),
        list_deadline=str(meeting.cycle.scheme.list_deadline),
        is_together=meeting.is_together,
    )


def _phrase(reporters: list[Reporter] | tuple[Reporter, ...]) -> str:
    kinds = {reporter.organization.kind for reporter in reporters}
    return reporters_phrase(kinds, [reporter.title for reporter in reporters])


def _item_facts(facts: MeetingFacts, item: AgendaItem) -> ItemFacts:
    meeting = facts.meeting
    host = meeting.host.person.name if meeting.host else ""
    # Names repeat (S-05): a guest who is called *** like the host does not become the host.
    own = item.kind in (AgendaItemKind.SECRETARY_SPEECH, AgendaItemKind.DEPLOYMENT)
    speaker = _with_post(facts, item.speaker) if item.kind == AgendaItemKind.SUPERIOR_SPEECH else item.speaker
    is_host = own and item.speaker == host != ""
    return ItemFacts(item.kind, item.title, speaker, is_host, item.printed_document, item.recipients)


def _with_post(facts: MeetingFacts, name: str) -> str:
    """A guest who speaks is announced by unit and post; the name as typed where two could be meant (S-05)."""
    named = [guest for guest in facts.guests if guest.name == name]
    found = [guest.printed for guest in named if identity(Member(guest.name, guest.unit)) is not None]
    return found[0] if len(named) == len(found) == 1 else name


def _slot_facts(line: SlotLine) -> SlotFacts:
    return SlotFacts(
        reporter=printed_reporter(line.slot.reporter),
        by_host=line.by_host,
        commenters=tuple(post.person.name for post in line.others),
    )


@dataclasses.dataclass(frozen=True)
class CurrentScript:
    """`text` is what would be printed now; `composed` what the facts give today.

    `is_stale`: somebody edited the text, and facts have changed since (S-182).
    """

    text: str
    composed: str
    row: HostingScript | None

    @property
    def is_edited(self) -> bool:
        return self.row is not None and self.row.is_edited

    @property
    def is_stale(self) -> bool:
        return self.is_edited and self.row is not None and self.row.generated != self.composed

    @property
    def revision(self) -> int:
        return self.row.revision if self.row else 0


def current_script(facts: MeetingFacts) -> CurrentScript:
    """Nobody's edits are overwritten; an unedited script simply follows the facts."""
    composed = compose_script(script_facts(facts))
    row = HostingScript.objects.filter(meeting=facts.meeting).first()
    edited = row is not None and row.is_edited
    return CurrentScript(row.text if row and edited else composed, composed, row)


def script_warnings(facts: MeetingFacts, script: CurrentScript) -> list[str]:
    """Counts typed into an edited script that disagree with the system's (S-200)."""
    return count_warnings(script.text, script_facts(facts)) if script.is_edited else []


def find_gaps(facts: MeetingFacts) -> list[str]:
    """What is missing before the day, as sentences."""
    return [*_missing_facts(facts), *_missing_reporters(facts), *_disagreements(facts)]


def _missing_facts(facts: MeetingFacts) -> Iterator[str]:
    meeting = facts.meeting
    if not meeting.host:
        yield "还没有确定主持人，“由我进行点评”无人落实。"
    if not facts.date_words:
        yield "还没有确定会议时间。"
    if not meeting.place:
        yield "还没有确定会议地点。"
    if not facts.items:
        yield "还没有议程。"
    if not any(line.figure for line in facts.groups) and not meeting.total_text:
        yield "参会人员的人数还没有填写。"


def _missing_reporters(facts: MeetingFacts) -> Iterator[str]:
    meeting = facts.meeting
    for line in facts.slots:
        if not line.has_report:
            yield f"{printed_reporter(line.slot.reporter)}的述职报告还没有采用。"
    unaccepted = [reporter for reporter in facts.written if not _is_accepted(reporter)]
    if unaccepted:
        names = "、".join(printed_reporter(reporter) for reporter in unaccepted)
        yield f"书面述职还有{len(unaccepted)}份报告没有采用：{names}。"
    unplaced = unplaced_reporters(meeting.cycle) if meeting.judges else ()
    if unplaced:
        yield f"本年度还有{len(unplaced)}名述职人没有列入任何一次会议，请分配述职会议。"
    if meeting.is_divided and not facts.slots and not facts.written:
        yield "这次会议还没有述职人，请分配述职会议。"


def _disagreements(facts: MeetingFacts) -> Iterator[str]:
    meeting = facts.meeting
    if needed_slot_changes(meeting):
        yield "述职名单有变化，请在议程中同步述职人。"
    script = current_script(facts)
    if script.is_stale:
        yield "主持词手工修改以后，会议信息又有变化，请核对主持词。"
    yield from (f"主持词：{line}" for line in script_warnings(facts, script))
    if facts.surplus:
        yield (
            f"按现在的安排需要{facts.timetable.total}分钟，超过计划时长{meeting.planned_minutes}分钟，"
            f"建议将{facts.surplus}名述职人改为书面述职。"
        )
