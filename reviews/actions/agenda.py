"""Agenda items, and one slot per oral reporter (S-89 to S-92)."""

import dataclasses
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.actions.audit import record
from accounts.models import Post, User
from common.conflicts import check_revision
from reporting.models import Reporter
from reporting.rules.reporters import moved
from reviews.actions.screens import move_on, tell
from reviews.models import AgendaItem, Meeting, Slot
from reviews.models.agenda import needed_slot_changes
from reviews.permissions import can_manage_meeting
from reviews.rules.agenda import SlotChanges, default_items
from reviews.rules.meetings import AgendaItemKind, MeetingClosedError, MeetingError, SlotState


@dataclasses.dataclass(frozen=True)
class ItemValues:
    """An agenda item as typed; `pk` of one that exists already."""

    kind: str
    title: str
    speaker: str = ""
    note: str = ""
    minutes: int | None = None
    pk: int | None = None
    document_title: str = ""
    recipients: str = ""


def lock_for_edit(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting under its lock for its clerk, while it may still be changed (S-100)."""
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_manage_meeting(by, meeting):
        raise PermissionDenied
    if meeting.is_closed:
        raise MeetingClosedError
    return meeting


def set_up_agenda(meeting: Meeting) -> None:
    """Part of creating a meeting: default items of its kind and slots for all who speak."""
    for position, (kind, title) in enumerate(default_items(meeting.kind), start=1):
        host = meeting.host if kind == AgendaItemKind.SECRETARY_SPEECH else None
        speaker = host.person.name if host else ""
        meeting.agenda_items.create(kind=kind, title=title, speaker=speaker, position=position)
    apply_slot_changes(meeting, needed_slot_changes(meeting))


@transaction.atomic
def save_agenda(meeting: Meeting, *, items: Sequence[ItemValues], revision: int, by: User) -> Meeting:
    """Write the items in the order given; numbers follow from the order (S-89).

    Raises StaleRevision, or MeetingError for two items of reports.
    """
    meeting = lock_for_edit(meeting, by=by)
    check_revision(meeting.agenda_revision, revision)
    if sum(item.kind == AgendaItemKind.REPORTS for item in items) > 1:
        raise MeetingError("一次会议只能有一项“述职点评”议程。")
    before = _outline(meeting)
    rows = {row.pk: row for row in meeting.agenda_items.all()}
    kept = [_write_item(meeting, rows, values, at) for at, values in enumerate(items, start=1)]
    meeting.agenda_items.exclude(pk__in=[row.pk for row in kept]).delete()
    meeting.agenda_revision += 1
    meeting.save(update_fields=["agenda_revision"])
    apply_slot_changes(meeting, needed_slot_changes(meeting))
    record(meeting, "修改议程", by=by, before=before, after=_outline(meeting))
    return meeting


def _write_item(meeting: Meeting, rows: dict[int, AgendaItem], values: ItemValues, position: int) -> AgendaItem:
    row = rows.get(values.pk or 0) or AgendaItem(meeting=meeting)
    row.kind, row.title, row.speaker = values.kind, values.title, values.speaker
    row.note, row.minutes, row.position = values.note, values.minutes, position
    row.document_title, row.recipients = values.document_title, values.recipients
    row.save()
    return row


def _outline(meeting: Meeting) -> dict[str, list[str]]:
    items = meeting.agenda_items.all()
    return {
        "items": [" ".join(filter(None, [i.title, i.speaker, i.document_title, i.recipients, i.note])) for i in items]
    }


@transaction.atomic
def sync_slots(meeting: Meeting, *, by: User) -> SlotChanges:
    """Give new oral reporters a slot and take away those of who reports in writing now (S-91)."""
    meeting = lock_for_edit(meeting, by=by)
    changes = needed_slot_changes(meeting)
    if changes:
        before = _order(meeting)
        apply_slot_changes(meeting, changes)
        record(meeting, "同步述职人", by=by, before=before, after=_order(meeting))
    return changes


def apply_slot_changes(meeting: Meeting, changes: SlotChanges) -> None:
    """Part of other deeds at the meeting, under its lock."""
    meeting.slots.filter(reporter__in=changes.remove).delete()
    order = list(meeting.slots.order_by("position", "id"))
    order += [Slot(meeting=meeting, reporter_id=reporter) for reporter in changes.add]
    renumber_slots(order)


def renumber_slots(order: Sequence[Slot]) -> None:
    for position, slot in enumerate(order, start=1):
        slot.position = position
        slot.save()


def _order(meeting: Meeting) -> dict[str, list[str]]:
    slots = meeting.slots.select_related("reporter__organization", "reporter__post__person")
    return {"slots": [f"{slot.reporter.organization.label}{slot.reporter.name}" for slot in slots]}


@transaction.atomic
def move_slot(slot: Slot, step: int, *, by: User) -> Slot:
    """One place up (-1) or down (+1); at the edge nothing changes (S-91)."""
    meeting = lock_for_edit(slot.meeting, by=by)
    slots = list(meeting.slots.all())
    order = moved(slots, slot, step)
    if order != slots:
        before = _order(meeting)
        renumber_slots(order)
        record(meeting, "调整述职顺序", by=by, before=before, after=_order(meeting))
    return slot


@transaction.atomic
def order_slots(meeting: Meeting, *, order: Sequence[int], by: User) -> Meeting:
    """Put the slots, by id, in the order they were dragged to. Raises MeetingError when others came or went."""
    meeting = lock_for_edit(meeting, by=by)
    slots = {slot.pk: slot for slot in meeting.slots.all()}
    if slots.keys() != set(order) or len(order) != len(slots):
        raise MeetingError("述职人有变化，没有调整顺序，请看最新的顺序后再拖动。")
    before = _order(meeting)
    renumber_slots([slots[pk] for pk in order])
    if before != _order(meeting):
        record(meeting, "调整述职顺序", by=by, before=before, after=_order(meeting))
    return meeting


@transaction.atomic
def set_commenters(slot: Slot, *, commenters: Sequence[Post], by: User) -> Slot:
    """Who comments on this reporter; nobody named means the host (S-12, S-92).

    Raises MeetingError for somebody of the reporter's own organization (S-128).
    """
    meeting = lock_for_edit(slot.meeting, by=by)
    slot = meeting.slots.get(pk=slot.pk)
    for post in commenters:
        _check_commenter(meeting, slot.reporter, post)
    before = {"commenters": [str(post) for post in slot.commenters.all()]}
    known = set(slot.commenters.values_list("pk", flat=True))
    slot.commenters.set(commenters)
    after = {"commenters": [str(post) for post in commenters]}
    record(slot, "安排点评人", by=by, before=before, after=after)
    new = [post.person_id for post in commenters if post.pk not in known]
    users = User.objects.filter(person__in=new, is_active=True)
    text = f"请您在{meeting}上点评{slot.reporter.printed_title}{slot.reporter.name}同志。"
    tell(meeting, users=users, text=text, url=reverse("reviews:comment_list", args=[meeting.pk]))
    return slot


def _check_commenter(meeting: Meeting, reporter: Reporter, post: Post) -> None:
    if not meeting.possible_commenters.filter(pk=post.pk).exists():
        raise MeetingError(f"{post.person.name}同志不在可安排的点评人之列。")
    if meeting.is_own_organization(post, reporter):
        raise MeetingError(f"{post.person.name}同志是述职单位的人员，不能点评本单位。")


@transaction.atomic
def set_absent(slot: Slot, *, absent: bool, by: User) -> Slot:
    """Note that a reporter has not come, or has after all (S-88)."""
    meeting = lock_for_edit(slot.meeting, by=by)
    slot = meeting.slots.get(pk=slot.pk)
    if absent and slot.state != SlotState.WAITING:
        raise MeetingError("该同志已经开始述职，不能标为未到会。")
    if slot.absent != absent:
        slot.absent = absent
        slot.save(update_fields=["absent"])
        move_on(meeting)
        record(slot, "标为未到会" if absent else "标为已到会", by=by)
    return slot
