import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.agenda import (
    Timetable,
    announcement,
    clock_time,
    default_items,
    item_number,
    slot_changes,
    surplus_reporters,
    timetable,
    without_cues,
)
from reviews.rules.meetings import AgendaItemKind, MeetingKind, SlotState


def test_numbers_and_total() -> None:
    assert [item_number(n) for n in (1, 2, 10, 11)] == ["第一项", "第二项", "第十项", "第十一项"]
    assert announcement(4) == "共有4项议程"


@pytest.mark.parametrize("kind", MeetingKind)
def test_every_kind_has_an_agenda_with_at_most_one_item_of_reports(kind: str) -> None:
    kinds = [item for item, _title in default_items(kind)]
    assert kinds
    assert kinds.count(AgendaItemKind.REPORTS) <= 1
    assert kinds[-1] == AgendaItemKind.SECRETARY_SPEECH


def test_the_superior_speaks_before_the_host_secretary() -> None:
    kinds = [item for item, _title in default_items(MeetingKind.ASSEMBLY)]
    superior = kinds.index(AgendaItemKind.SUPERIOR_SPEECH)
    assert superior < kinds.index(AgendaItemKind.SECRETARY_SPEECH)


def test_times_follow_from_reports_and_typed_minutes() -> None:
    # 5 reporters of 8 + 3 minutes = 55; then 20; then an item of unknown length; then 30.
    table = timetable([999, 20, None, 30], reports_at=0, slots=5, slot_minutes=11)
    assert table == Timetable((0, 55, 75, 75), (0, 11, 22, 33, 44), 105, 1)


def test_a_meeting_without_reports_has_no_slots_in_its_times() -> None:
    assert timetable([10, 20], reports_at=None, slots=3, slot_minutes=11) == Timetable((0, 10), (), 30, 0)


def test_time_of_day() -> None:
    assert clock_time(dt.time(9, 0), 55) == dt.time(9, 55)
    assert clock_time(dt.time(23, 50), 20) == dt.time(0, 10)
    assert clock_time(None, 20) is None


@pytest.mark.parametrize(
    ("total", "planned", "expected"), [(105, None, 0), (105, 105, 0), (105, 104, 1), (105, 94, 1), (105, 93, 2)]
)
def test_too_long_a_meeting_names_how_many_could_write(total: int, planned: int | None, expected: int) -> None:
    assert surplus_reporters(total, planned, 11) == expected


def test_slots_follow_the_oral_reporters() -> None:
    waiting, done = SlotState.WAITING, SlotState.DONE
    changes = slot_changes([1, 2, 3], {2: waiting, 8: waiting, 9: done}, elsewhere={3})
    assert (changes.add, changes.remove) == ((1,), (8,))
    assert not slot_changes([1], {1: waiting})


@given(
    oral=st.lists(st.integers(1, 30), unique=True),
    present=st.sets(st.integers(1, 30)),
)
def test_n_oral_reporters_have_exactly_n_slots(oral: list[int], present: set[int]) -> None:
    slots = dict.fromkeys(present, SlotState.WAITING)
    changes = slot_changes(oral, slots)
    assert (present | set(changes.add)) - set(changes.remove) == set(oral)


def test_cues_are_taken_out_of_a_public_note_and_other_brackets_stay() -> None:
    assert without_cues("请***同志讲话。（大家欢迎）") == "请***同志讲话。"
    assert without_cues("听取汇报（书面）") == "听取汇报（书面）"
