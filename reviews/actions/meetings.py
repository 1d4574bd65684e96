"""Set up a meeting, change its facts, open it (S-82, S-83, S-100)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.actions.audit import record, snapshot
from accounts.models import User
from common import clock
from common.chinese_text import chinese_number
from common.conflicts import check_revision
from reporting.actions.cycles import fix_order, set_phase
from reporting.actions.reporters import fix_reporters
from reporting.models import Cycle
from reporting.rules.cycles import CYCLE_FLOW
from reviews.actions.agenda import set_up_agenda
from reviews.actions.places import divide_cycle
from reviews.actions.screens import move_on, tell
from reviews.models import Meeting
from reviews.models.agenda import needed_slot_changes
from reviews.models.deletions import deletion_faults
from reviews.models.titles import automatic_title, title_for
from reviews.permissions import can_create_meeting, can_edit_meeting, can_manage_meeting
from reviews.rules.agenda import default_items
from reviews.rules.attendance import preset_for, preset_of_kind
from reviews.rules.meetings import (
    MEETING_FLOW,
    AttendanceKind,
    MeetingClosedError,
    MeetingError,
    MeetingKind,
    MeetingState,
)

FACTS = (
    "kind",
    "pattern",
    "title",
    "subtitle",
    "date_text",
    "date",
    "start_time",
    "place",
    "host",
    "basis",
    "purpose",
    "planned_minutes",
    "conduct",
    "sheet_grace_seconds",
    "asks_door_code",
)


@transaction.atomic
def create_meeting(cycle: Cycle, *, facts: Mapping[str, Any], by: User) -> Meeting:
    """A meeting of the year with the default agenda of its kind, slots and attendance preset.

    `facts` may hold any of FACTS and the `basis_documents` it cites; an empty title, or one composed for another kind, is composed.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if not can_create_meeting(by, cycle):
        raise PermissionDenied
    meeting = Meeting(cycle=cycle, **{name: facts[name] for name in FACTS if name in facts})
    composed = _composed_titles(cycle)
    if not meeting.title or meeting.title in composed.values():
        meeting.title = _told_apart(cycle, composed[meeting.kind])
    if meeting.judges:
        divide_cycle(cycle)
    meeting.save()
    meeting.basis_documents.set(facts.get("basis_documents", ()))
    set_up_agenda(meeting)
    meeting.attendance_groups.create(kind=AttendanceKind.GUIDANCE, name="出席指导")
    preset = preset_of_kind(meeting.kind)
    for position, name in enumerate(preset_for(cycle.committee.name, preset), start=1):
        meeting.attendance_groups.create(name=name, position=position)
    record(meeting, "新建会议", by=by, after=snapshot(meeting))
    return meeting


def _told_apart(cycle: Cycle, title: str) -> str:
    """A further meeting of the same name is （第二场）."""
    held = cycle.meetings.filter(title__startswith=title).count()
    return f"{title}（第{chinese_number(held + 1)}场）" if held else title


def _composed_titles(cycle: Cycle) -> dict[str, str]:
    return {kind: title_for(cycle.committee, cycle.year, cycle.pk, kind) for kind in MeetingKind}


@transaction.atomic
def edit_meeting(meeting: Meeting, *, facts: Mapping[str, Any], revision: int, by: User) -> Meeting:
    """Change the facts. A title and an agenda nobody touched follow the kind (S-82, S-83).

    Raises StaleRevision when somebody saved since the page was opened.
    """
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_manage_meeting(by, meeting):
        raise PermissionDenied
    if not can_edit_meeting(by, meeting):
        raise MeetingClosedError
    check_revision(meeting.revision, revision)
    before, old_kind = snapshot(meeting), meeting.kind
    for name in facts.keys() & set(FACTS):
        setattr(meeting, name, facts[name])
    if not meeting.judges and meeting.places.exists():
        raise MeetingError("已有述职人列入这次会议，不能改为不述职评议的会议类型；请先把他们调整到其他会议。")
    if not meeting.title or meeting.title in _composed_titles(meeting.cycle).values():
        meeting.title = automatic_title(meeting, meeting.kind)
    meeting.revision += 1
    meeting.save()
    if "basis_documents" in facts:
        meeting.basis_documents.set(facts["basis_documents"])
    if meeting.kind != old_kind and _agenda_is_default(meeting, old_kind):
        meeting.agenda_items.all().delete()
        set_up_agenda(meeting)
    record(meeting, "修改会议信息", by=by, before=before, after=snapshot(meeting))
    return meeting


def _agenda_is_default(meeting: Meeting, kind: str) -> bool:
    now = list(meeting.agenda_items.values_list("kind", "title"))
    begun = meeting.slots.exclude(state="waiting").exists()
    return not begun and now == [(str(kind), title) for kind, title in default_items(kind)]


@transaction.atomic
def open_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting begins; the year moves into its meeting phase and the order stands (S-65, S-95).

    Raises MeetingError naming what must be there before.
    """
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_manage_meeting(by, meeting):
        raise PermissionDenied
    target = MEETING_FLOW.check(meeting.state, "open")
    _check_ready(meeting)
    before = snapshot(meeting)
    meeting.state, meeting.opened_at = target, clock.now()
    meeting.current_item = meeting.agenda_items.first()
    meeting.agenda_items.filter(pk=meeting.current_item_id or 0).update(begun_at=meeting.opened_at)
    meeting.save()
    move_on(meeting)
    _begin_phase(meeting, by=by)
    record(meeting, "宣布开会", by=by, before=before, after=snapshot(meeting))
    users = User.objects.filter(
        Q(person__posts__comment_slots__meeting=meeting) | Q(person__posts=meeting.host),
        is_active=True,
    )
    tell(meeting, users=users, text=f"{meeting}已经开始。", url=reverse("reviews:meeting_show", args=[meeting.pk]))
    return meeting


@transaction.atomic
def delete_meeting(meeting: Meeting, *, reason: str, by: User) -> None:
    """Take away a meeting set up by mistake; the trail keeps what it was and why it went.

    Raises MeetingError naming what has come of it already.
    """
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_manage_meeting(by, meeting):
        raise PermissionDenied
    if not reason.strip():
        raise MeetingError("请写明删除的理由。")
    faults = deletion_faults(meeting)
    if faults:
        raise MeetingError(f"会议不能删除：{''.join(faults)}")
    told = User.objects.filter(
        Q(person__posts__comment_slots__meeting=meeting) | Q(person__rater_of__meeting=meeting), is_active=True
    )
    text = f"{meeting}不再召开：{reason}"
    tell(meeting, users=list(told.exclude(pk=by.pk).distinct()), text=text, url=reverse("reviews:meeting_list"))
    record(meeting, "删除会议", by=by, before=snapshot(meeting), note=reason)
    meeting.delete()


def _check_ready(meeting: Meeting) -> None:
    if meeting.host is None:
        raise MeetingError("还没有确定主持人，请先在会议信息中填写。")
    if not meeting.agenda_items.exists():
        raise MeetingError("还没有议程，请先编排议程。")
    if needed_slot_changes(meeting):
        raise MeetingError("述职名单与议程不一致，请先在议程中同步述职人。")


def _begin_phase(meeting: Meeting, *, by: User) -> None:
    """Those of this meeting are fixed; the list of the year is, once no other meeting is still prepared (S-65)."""
    cycle = meeting.cycle
    fix_reporters(meeting.reporters, by=by)
    if not cycle.meetings.judging().filter(state=MeetingState.PREPARING).exists():
        fix_order(cycle, by=by)
    if CYCLE_FLOW.allows(cycle.phase, "open_meeting"):
        set_phase(cycle, "open_meeting", by=by)
