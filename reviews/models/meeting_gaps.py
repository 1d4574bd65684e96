"""What a meeting still lacks before its day, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from .agenda import needed_slot_changes
from .meeting_facts import MeetingFacts, has_accepted_report, printed_reporter
from .places import unplaced_reporters
from .scripts import current_script, script_warnings


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
    unaccepted = [reporter for reporter in facts.written if not has_accepted_report(reporter)]
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
