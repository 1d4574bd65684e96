"""Publish the agenda as it stands; whom a change concerns is told what it is."""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.actions.audit import record
from accounts.models import User
from accounts.rules.roles import SUBMITTING_ROLES
from common import clock
from reviews.actions.agenda import lock_for_edit
from reviews.actions.screens import tell
from reviews.models import AgendaVersion, Meeting
from reviews.models.agenda import needed_slot_changes
from reviews.models.agenda_versions import agenda_content
from reviews.models.meeting_facts import gather_facts
from reviews.rules.agenda_versions import agenda_changes, touched_reporters
from reviews.rules.meetings import MeetingError


@transaction.atomic
def publish_agenda(meeting: Meeting, *, by: User) -> AgendaVersion:
    """The next version. Raises MeetingError where nothing changed since the last, or slots are out of step."""
    meeting = lock_for_edit(meeting, by=by)
    if needed_slot_changes(meeting):
        raise MeetingError("述职名单与议程不一致，请先在议程中同步述职人，再发布。")
    facts = gather_facts(Meeting.objects.with_facts().get(pk=meeting.pk))
    if not facts.items:
        raise MeetingError("还没有议程，不能发布。")
    content, latest = agenda_content(facts), meeting.agenda_versions.first()
    changes = agenda_changes(latest.content, content) if latest else []
    if latest and not changes:
        raise MeetingError(f"议程与第{latest.number}版没有不同，不用再发布。")
    version = meeting.agenda_versions.create(
        number=latest.number + 1 if latest else 1,
        content=content,
        changes=changes,
        published_at=clock.now(),
        published_by=by,
    )
    record(meeting, "发布议程", by=by, after={"number": version.number, "changes": changes})
    touched = touched_reporters(latest.content, content) if latest else None
    said = f"变化：{''.join(changes)}" if changes else "请查看述职顺序和时间。"
    url = reverse("reviews:meeting_show", args=[meeting.pk])
    tell(
        meeting,
        users=_concerned(meeting, touched),
        text=f"{meeting}的议程第{version.number}版已经发布。{said}",
        url=url,
    )
    return version


def _concerned(meeting: Meeting, touched: set[int] | None) -> list[User]:
    """Host and commenters, and who reports: all of them, or those whose turn changed."""
    reporters, slots = meeting.reporters, meeting.slots.all()
    if touched is not None:
        reporters, slots = reporters.filter(pk__in=touched), slots.filter(reporter__in=touched)
    leads = Q(person__posts__comment_slots__in=slots) | Q(person__posts=meeting.host_id)
    own = Q(
        person__posts__organization__in=reporters.values("organization"),
        person__posts__role__in=SUBMITTING_ROLES,
        person__posts__end__isnull=True,
    )
    return list(User.objects.filter(leads | own, is_active=True).distinct())
