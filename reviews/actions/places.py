"""Which reporter is heard at which meeting of a year, and the halls of a meeting (S-64, S-82)."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Post, User
from reporting.models import Cycle, Reporter
from reviews.actions.agenda import apply_slot_changes, lock_for_edit
from reviews.models import Briefing, Comment, Meeting, Place, ScoreSheet, Slot, Venue
from reviews.models.agenda import needed_slot_changes
from reviews.permissions import can_edit_place
from reviews.rules.meetings import CommentState, MeetingError, MeetingState, SlotState
from reviews.rules.places import Hall


def divide_cycle(cycle: Cycle) -> None:
    """Part of adding a further meeting: whom the first ones hear stays with them, in writing from now on."""
    for meeting in cycle.meetings.judging().order_by("pk"):
        placed = Place.objects.filter(reporter__cycle=cycle).values("reporter")
        if meeting.is_divided:
            continue
        rows = [Place(meeting=meeting, reporter=reporter) for reporter in meeting.reporters.exclude(pk__in=placed)]
        Place.objects.bulk_create(rows)


@transaction.atomic
def save_places(cycle: Cycle, *, places: Mapping[int, int | None], by: User) -> list[Reporter]:
    """Write the meeting (id, or None) of each reporter (by id); slots of the meetings follow. Returns who moved.

    Raises MeetingError, naming them, where somebody was already heard, commented on or scored, or a
    meeting is no longer in preparation.
    """
    cycle = Cycle.objects.select_for_update().select_related("committee").get(pk=cycle.pk)
    if not can_edit_place(by, cycle):
        raise PermissionDenied
    meetings = {row.pk: row for row in cycle.meetings.judging().select_for_update(of=("self",)).order_by("pk")}
    now = dict(Place.objects.filter(reporter__cycle=cycle).values_list("reporter", "meeting"))
    moving = {pk: to for pk, to in places.items() if now.get(pk) != to}
    reporters = list(cycle.reporters.filter(pk__in=moving).select_related("organization", "post__person"))
    touched = {pk for moved in moving for pk in (now.get(moved), moving[moved]) if pk is not None}
    if not touched <= meetings.keys():
        raise MeetingError("所选的会议不在本年度，请刷新页面。")
    _refuse_held([meetings[pk] for pk in touched], reporters)
    before = _outline(reporters)
    commenters = {
        slot.reporter_id: list(slot.commenters.all())
        for slot in Slot.objects.filter(reporter__in=moving).prefetch_related("commenters")
    }
    Place.objects.filter(reporter__in=moving).delete()
    Place.objects.bulk_create(Place(reporter_id=pk, meeting_id=to) for pk, to in moving.items() if to is not None)
    # First the slots that go, then those that come: nobody has two.
    for meeting in sorted((meetings[pk] for pk in touched), key=lambda row: not needed_slot_changes(row).remove):
        apply_slot_changes(meeting, needed_slot_changes(meeting))
    _bring_along(moving, commenters)
    if reporters:
        record(cycle, "分配述职会议", by=by, before=before, after=_outline(reporters))
    return reporters


def _bring_along(moving: Mapping[int, int | None], commenters: Mapping[int, list[Post]]) -> None:
    """Drafts, briefings and who comments go with the reporter to the other meeting."""
    for reporter, meeting in moving.items():
        if meeting is None:
            continue
        Comment.objects.filter(reporter=reporter, state=CommentState.DRAFT).update(meeting=meeting)
        Briefing.objects.filter(reporter=reporter).update(meeting=meeting)
        slot = Slot.objects.filter(reporter=reporter, meeting=meeting).first()
        if slot is not None:
            slot.commenters.set(commenters.get(reporter, []))


def _refuse_held(meetings: Sequence[Meeting], reporters: Sequence[Reporter]) -> None:
    held = [meeting.title for meeting in meetings if meeting.state != MeetingState.PREPARING]
    if held and reporters:
        raise MeetingError(f"{'、'.join(held)}已经召开，述职人不能再调入或者调出。")
    final = Comment.objects.filter(reporter__in=reporters).exclude(state=CommentState.DRAFT)
    judged = set(final.values_list("reporter", flat=True))
    judged |= set(ScoreSheet.objects.filter(reporter__in=reporters).values_list("reporter", flat=True))
    begun = _begun(reporters)
    names = [f"{row.organization.label}{row.name}" for row in reporters if row.pk in judged | begun]
    if names:
        raise MeetingError(f"已经有定稿点评或者评分的述职人不能调整会议：{'、'.join(names)}。")


def _begun(reporters: Sequence[Reporter]) -> set[int]:
    """Ids of those whose turn has begun somewhere."""
    begun = Reporter.objects.filter(pk__in=[row.pk for row in reporters]).exclude(slots=None)
    return set(begun.exclude(slots__state=SlotState.WAITING).values_list("pk", flat=True))


def _outline(reporters: Sequence[Reporter]) -> dict[str, str]:
    rows = Place.objects.filter(reporter__in=reporters).select_related("meeting")
    titles = {row.reporter_id: row.meeting.title for row in rows}
    return {row.organization.label: titles.get(row.pk, "未列入") for row in reporters}


@transaction.atomic
def save_venues(meeting: Meeting, *, halls: Sequence[Hall], by: User) -> Meeting:
    """Write the halls in the order given; whoever sat in one that goes sits in the main hall."""
    meeting = lock_for_edit(meeting, by=by)
    names = [hall.name for hall in halls]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise MeetingError(f"分会场重名：{'、'.join(twice)}。")
    before = _halls(meeting)
    rows = {row.pk: row for row in meeting.venues.all()}
    kept = {hall.pk for hall in halls if hall.pk in rows}
    meeting.venues.exclude(pk__in=kept).delete()
    for position, hall in enumerate(halls, start=1):
        row = rows.get(hall.pk or 0) or Venue(meeting=meeting)
        row.name, row.place, row.contact, row.position = hall.name, hall.place, hall.contact, position
        row.save()
    record(meeting, "修改分会场", by=by, before=before, after=_halls(meeting))
    return meeting


def _halls(meeting: Meeting) -> dict[str, list[str]]:
    return {"venues": [" ".join(filter(None, [row.name, row.place, row.contact])) for row in meeting.venues.all()]}
