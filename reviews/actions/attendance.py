"""Guests, categories and who came (S-85 to S-88)."""

import dataclasses
import secrets
from collections.abc import Collection, Sequence

from django.core.cache import cache
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Person, Post, User
from common import clock
from common.chinese_text import printed_post
from common.conflicts import check_revision
from reviews.actions.agenda import lock_for_edit
from reviews.models import AttendanceGroup, Attendee, Meeting
from reviews.rules.attendance import Member, write_members
from reviews.rules.doors import DOOR_SECONDS, MOST_TRIES, DoorCodeError, TooManyTriesError, is_door_code
from reviews.rules.meetings import AttendanceKind


@dataclasses.dataclass(frozen=True)
class GroupValues:
    """A category as typed; `pk` of one that exists already."""

    name: str
    count_text: str = ""
    members: tuple[Member, ...] = ()
    pk: int | None = None


@transaction.atomic
def save_attendance(
    meeting: Meeting,
    *,
    guests: Sequence[Member],
    groups: Sequence[GroupValues],
    total_text: str,
    revision: int,
    by: User,
) -> Meeting:
    """Write guests and categories in the order given, figures as typed (S-195)."""
    meeting = lock_for_edit(meeting, by=by)
    check_revision(meeting.attendance_revision, revision)
    before = _outline(meeting)
    people = register_of(meeting)
    guidance = meeting.attendance_groups.filter(kind=AttendanceKind.GUIDANCE).first()
    guidance = guidance or meeting.attendance_groups.create(kind=AttendanceKind.GUIDANCE, name="出席指导")
    _write_members(guidance, guests, people)
    _write_groups(meeting, groups, people)
    meeting.total_text = total_text
    meeting.attendance_revision += 1
    meeting.save(update_fields=["total_text", "attendance_revision"])
    record(meeting, "修改参会人员", by=by, before=before, after=_outline(meeting))
    return meeting


def _write_groups(meeting: Meeting, groups: Sequence[GroupValues], people: dict[Member, Person]) -> None:
    rows = {row.pk: row for row in meeting.attendance_groups.filter(kind=AttendanceKind.PARTICIPANTS)}
    kept = []
    for position, values in enumerate(groups, start=1):
        row = rows.get(values.pk or 0) or AttendanceGroup(meeting=meeting)
        row.name, row.count_text, row.position = values.name, values.count_text, position
        row.save()
        _write_members(row, values.members, people)
        kept.append(row.pk)
    AttendanceGroup.objects.filter(pk__in=rows.keys() - set(kept)).delete()


def _write_members(group: AttendanceGroup, members: Sequence[Member], people: dict[Member, Person]) -> None:
    """Rows of members who stay are kept, so that what was ticked for them stays too."""
    known: dict[Member, list[Attendee]] = {}
    for row in group.attendees.all():
        known.setdefault(Member(row.name, row.unit, row.post_title), []).append(row)
    for position, member in enumerate(members, start=1):
        rows = known.get(member)
        row = rows.pop(0) if rows else Attendee(group=group)
        row.name, row.unit, row.post_title = member.name, member.unit, member.post
        row.person = row.person or people.get(member)
        row.position = position
        row.save()
    left = [row.pk for rows in known.values() for row in rows]
    group.attendees.filter(pk__in=left).delete()


def register_of(meeting: Meeting) -> dict[Member, Person]:
    """Members who stand in the register under exactly these words, and once only (S-05)."""
    posts = Post.objects.current().filter(organization__path__startswith=meeting.committee.path or "-")
    found: dict[Member, set[Person]] = {}
    for post in posts.select_related("person", "organization"):
        for unit in {post.organization.name, post.organization.display_name}:
            for title in (post.title, printed_post(unit, post.title).removeprefix(unit)):
                found.setdefault(Member(post.person.name, unit, title), set()).add(post.person)
    return {member: people.pop() for member, people in found.items() if len(people) == 1}


@transaction.atomic
def add_preset(meeting: Meeting, *, names: Sequence[str], by: User) -> int:
    """Add the categories of a preset that the meeting lacks, behind its own. Returns how many."""
    meeting = lock_for_edit(meeting, by=by)
    before = _outline(meeting)
    known = set(meeting.attendance_groups.values_list("name", flat=True))
    last = meeting.attendance_groups.count()
    new = [name for name in names if name not in known]
    for position, name in enumerate(new, start=last + 1):
        meeting.attendance_groups.create(name=name, position=position)
    if new:
        meeting.attendance_revision += 1
        meeting.save(update_fields=["attendance_revision"])
        record(meeting, "套用参会类别", by=by, before=before, after=_outline(meeting))
    return len(new)


@transaction.atomic
def tick_attendance(meeting: Meeting, *, present: Collection[int], absent: Collection[int], by: User) -> Meeting:
    """Note who of the named came (S-88); ids of attendees of this meeting, others are ignored."""
    meeting = lock_for_edit(meeting, by=by)
    rows = Attendee.objects.filter(group__meeting=meeting)
    rows.filter(pk__in=present).update(present=True)
    rows.filter(pk__in=absent).update(present=False)
    came = rows.filter(present=True).count()
    record(meeting, "登记到会情况", by=by, after={"present": came})
    return meeting


@transaction.atomic
def issue_sign_in_codes(meeting: Meeting, *, by: User) -> list[Attendee]:
    """Everybody named, each with a code of the own slip; a slip printed again bears the same code."""
    meeting = lock_for_edit(meeting, by=by)
    rows = Attendee.objects.filter(group__meeting=meeting).select_related("group", "venue")
    attendees = list(rows.order_by("group__position", "group__id", "position", "id"))
    for row in attendees:
        if not row.code:
            row.code = secrets.token_urlsafe(16)
            row.save(update_fields=["code"])
    record(meeting, "制作签到单", by=by, after={"slips": len(attendees)})
    return attendees


def sign_in_attendee(attendee: Attendee, *, door_code: str = "") -> bool:
    """Whoever holds the slip and reads the code at the door has come; twice is once.

    False while the meeting takes no signs. Raises DoorCodeError, TooManyTriesError.

    Nothing else is written, no time and no entry in the trail: who came when must not be joined
    with anything that happens in the hall later.
    """
    meeting = attendee.group.meeting
    if not meeting.takes_sign_in:
        return False
    if meeting.asks_door_code and not attendee.present:
        _check_door_code(attendee, door_code)
    Attendee.objects.filter(pk=attendee.pk).exclude(present=True).update(present=True)
    return True


def _check_door_code(attendee: Attendee, typed: str) -> None:
    key = f"door-tries:{attendee.pk}"
    cache.add(key, 0, DOOR_SECONDS)
    try:
        tries = cache.incr(key)  # counted before it is looked at: many sent at once are many
    except ValueError:  # the minute ended in between
        tries = 1
    if tries > MOST_TRIES:
        raise TooManyTriesError
    if not is_door_code(attendee.group.meeting.door_key, typed, clock.now()):
        raise DoorCodeError


def _outline(meeting: Meeting) -> dict[str, object]:
    return {
        "total_text": meeting.total_text,
        "groups": {
            group.name: [group.count_text, write_members(_members(group))]
            for group in meeting.attendance_groups.prefetch_related("attendees")
        },
    }


def _members(group: AttendanceGroup) -> list[Member]:
    return [Member(row.name, row.unit, row.post_title) for row in group.attendees.all()]
