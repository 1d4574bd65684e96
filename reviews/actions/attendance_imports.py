"""An attendance list from Excel: kept as a dry run, written as it was shown, whole or not at all (S-86)."""

import dataclasses

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from common.conflicts import check_revision
from reviews.actions.agenda import lock_for_edit
from reviews.actions.attendance import register_of
from reviews.models import AttendanceGroup, AttendanceImport, Attendee, Meeting
from reviews.permissions import can_edit_meeting
from reviews.rules.attendance_imports import GUIDANCE, MAIN_HALLS, ReadList, Step
from reviews.rules.meetings import AttendanceKind, MeetingError


@transaction.atomic
def prepare_attendance_import(meeting: Meeting, *, read: ReadList, file_name: str, by: User) -> AttendanceImport:
    """Writes nothing but itself and clears away old dry runs."""
    if not can_edit_meeting(by, meeting):
        raise PermissionDenied
    AttendanceImport.objects.outdated().delete()
    return meeting.attendance_imports.create(
        uploaded_by=by,
        file_name=file_name[-200:],
        created_at=clock.now(),
        rows=[dataclasses.asdict(row) for row in read.rows],
        notes=list(read.notes),
    )


@transaction.atomic
def confirm_attendance_import(row: AttendanceImport, *, revision: int, by: User) -> AttendanceImport:
    """Write what was shown. `revision` is the list's at that moment: raises StaleRevision when it moved on since.

    Raises MeetingError where rows are wrong, nothing differs, or it is done already.
    """
    meeting = lock_for_edit(row.meeting, by=by)
    row = AttendanceImport.objects.select_for_update().get(pk=row.pk)
    row.meeting = meeting
    if row.uploaded_by_id != by.pk:
        raise PermissionDenied
    if row.confirmed_at or not row.is_sound or not row.has_changes:
        raise MeetingError("这份文件没有可以写入的内容：有的行有误，或者已经导入过，或者与名单完全一致。")
    check_revision(meeting.attendance_revision, revision)
    _write(meeting, row.steps)
    meeting.attendance_revision += 1
    meeting.save(update_fields=["attendance_revision"])
    record(meeting, "导入参会名单", by=by, after=row.counts | {"file": row.file_name})
    row.confirmed_at, row.rows = clock.now(), []
    row.save()
    return row


def _write(meeting: Meeting, steps: list[Step]) -> None:
    groups = {_name_of(group): group for group in reversed(list(meeting.attendance_groups.all()))}
    halls = {venue.name: venue for venue in meeting.venues.all()}
    people = register_of(meeting)
    for step in steps:
        values = step.row.values
        if step.outcome == "same":
            continue
        group = groups.get(values["category"]) or _new_group(meeting, values["category"])
        groups[values["category"]] = group
        if not values["name"]:
            group.count_text = values["count"]
            group.save(update_fields=["count_text"])
            continue
        known = Attendee.objects.filter(group__meeting=meeting, pk=step.key or 0).first()
        attendee = known or Attendee(group=group, position=group.attendees.count() + 1)
        member = step.row.member
        attendee.name, attendee.unit, attendee.post_title = member.name, member.unit, member.post
        attendee.person = attendee.person or people.get(member)
        attendee.venue = None if values["hall"] in MAIN_HALLS else halls[values["hall"]]
        attendee.seat = values["seat"]
        attendee.save()


def _name_of(group: AttendanceGroup) -> str:
    return GUIDANCE if group.kind == AttendanceKind.GUIDANCE else group.name


def _new_group(meeting: Meeting, name: str) -> AttendanceGroup:
    last = meeting.attendance_groups.aggregate(last=Max("position"))["last"] or 0
    kind = AttendanceKind.GUIDANCE if name == GUIDANCE else AttendanceKind.PARTICIPANTS
    return meeting.attendance_groups.create(name=name, kind=kind, position=last + 1)
