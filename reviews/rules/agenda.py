"""The agenda: defaults by kind, numbers, times, slots (S-82, S-89 to S-91, S-105)."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from common.chinese_text import chinese_number
from reviews.rules.meetings import AgendaItemKind, MeetingKind, SlotState

K = AgendaItemKind
_REPORTS = (K.REPORTS, "进行述职点评")
_SCORING = (K.SCORING, "进行民主评议、评分")
# The superior's comment comes before the host secretary's speech (S-97).
_SPEECHES = ((K.SUPERIOR_SPEECH, "上级领导讲话"), (K.SECRETARY_SPEECH, "书记讲话"))

_DEFAULTS: dict[MeetingKind, tuple[tuple[AgendaItemKind, str], ...]] = {
    MeetingKind.ASSEMBLY: (_REPORTS, _SCORING, *_SPEECHES),
    MeetingKind.REVIEW: (_REPORTS, _SCORING, *_SPEECHES),
    MeetingKind.SPECIAL_REPORT: (_REPORTS, _SPEECHES[1]),
    MeetingKind.ASSESSMENT: (_REPORTS, (K.QUESTIONS, "现场提问"), _SCORING, *_SPEECHES),
    MeetingKind.SUMMARY: (
        (K.DECISION, "宣读表彰决定"),
        (K.AWARD, "颁奖"),
        (K.EXCHANGE, "交流发言"),
        _SPEECHES[1],
    ),
    MeetingKind.THEMATIC: ((K.DEPLOYMENT, "专题研究部署"), _SPEECHES[1]),
    MeetingKind.PROGRESS: (
        (K.EXCHANGE, "交流发言"),
        (K.DEPLOYMENT, "安排部署工作"),
        _SPEECHES[1],
    ),
}


def default_items(kind: str) -> list[tuple[AgendaItemKind, str]]:
    """Kind and title of the items a new meeting of this kind begins with (S-82)."""
    return list(_DEFAULTS[MeetingKind(kind)])


def item_number(place: int) -> str:
    """1 → 第一项. Only the place in the list decides; nobody types a number (S-89)."""
    return f"第{chinese_number(place)}项"


def announcement(items: int) -> str:
    """共有4项议程 (S-89)."""
    return f"共有{items}项议程"


# --- Time (S-105) ---------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Timetable:
    """Minutes after the start of each item and slot, the whole length, items without a length."""

    items: tuple[int, ...]
    slots: tuple[int, ...]
    total: int
    unknown: int


def timetable(
    minutes: Sequence[int | None],
    *,
    reports_at: int | None,
    slots: int,
    slot_minutes: int,
    apart: int | None = None,
) -> Timetable:
    """Plan items one after another.

    Reports follow each other `apart` minutes: a whole slot, or less where comments come after all reports.

    `minutes` are the typed lengths; the item at index `reports_at` takes `slots` × `slot_minutes`
    whatever was typed, because its length follows from who reports.
    """
    starts: list[int] = []
    slot_starts: list[int] = []
    at = unknown = 0
    for index, typed in enumerate(minutes):
        starts.append(at)
        if index == reports_at:
            step = slot_minutes if apart is None else apart
            slot_starts = [at + number * step for number in range(slots)]
            at += slots * slot_minutes
        else:
            unknown += typed is None
            at += typed or 0
    return Timetable(tuple(starts), tuple(slot_starts), at, unknown)


def clock_time(start: dt.time | None, minutes: int) -> dt.time | None:
    """The time of day so many minutes after the start; None while no start is known."""
    if start is None:
        return None
    passed = (start.hour * 60 + start.minute + minutes) % (24 * 60)
    return dt.time(passed // 60, passed % 60)


def surplus_reporters(total: int, planned: int | None, slot_minutes: int) -> int:
    """How many oral reporters would have to report in writing for the meeting to fit (S-105)."""
    if planned is None or total <= planned or slot_minutes <= 0:
        return 0
    return -(-(total - planned) // slot_minutes)


# --- Slots (S-91) ---------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class SlotChanges:
    add: tuple[int, ...]
    remove: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.add or self.remove)


def slot_changes(oral: Sequence[int], slots: Mapping[int, str], elsewhere: Collection[int] = ()) -> SlotChanges:
    """Which reporters need a slot and whose goes: N oral reporters have exactly N slots.

    `oral` are reporters' ids in order, `slots` their state by reporter's id, `elsewhere` those who
    speak at another meeting of the same year. A slot that has begun is history and stays.
    """
    wanted = [reporter for reporter in oral if reporter not in elsewhere or reporter in slots]
    return SlotChanges(
        add=tuple(reporter for reporter in wanted if reporter not in slots),
        remove=tuple(
            reporter for reporter, state in slots.items() if reporter not in oral and state == SlotState.WAITING
        ),
    )


_CUES = ("（大家欢迎）", "（鼓掌）", "（掌声）")


def without_cues(text: str) -> str:
    """A note for the public agenda: cues belong to the host's script only (S-101)."""
    for cue in _CUES:
        text = text.replace(cue, "")
    return text
