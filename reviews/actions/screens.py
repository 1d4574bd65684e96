"""Who follows a meeting: screens, whose link can be replaced (S-95), and people, whom a rehearsal does not disturb."""

from collections.abc import Iterable

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.audit import record
from accounts.actions.notices import notify
from accounts.models import User
from reviews.models import Meeting
from reviews.models.live import screen_key
from reviews.models.meetings import new_screen_token
from reviews.permissions import can_run_meeting


@transaction.atomic
def renew_screen_link(meeting: Meeting, *, by: User) -> Meeting:
    """Screens that follow by the old link see nothing more."""
    meeting = Meeting.objects.locked(meeting.pk)
    if not can_run_meeting(by, meeting):
        raise PermissionDenied
    forget_screens(meeting)
    meeting.screen_token = new_screen_token()
    meeting.save(update_fields=["screen_token"])
    record(meeting, "更换现场屏幕链接", by=by)
    return meeting


def move_on(meeting: Meeting) -> None:
    """Part of every deed that moves a locked meeting on: buttons made before are out of date."""
    meeting.live_revision += 1
    meeting.save(update_fields=["live_revision"])
    forget_screens(meeting)


def forget_screens(meeting: Meeting) -> None:
    """What the screens show is made anew once this transaction stands."""
    key = screen_key(meeting.screen_token)
    transaction.on_commit(lambda: cache.delete(key))


def tell(meeting: Meeting, *, users: Iterable[User], text: str, url: str) -> None:
    """A notice about the meeting; in a rehearsal nobody is told."""
    if not Meeting.objects.filter(pk=meeting.pk, rehearsing=True).exists():
        notify(users, text, url=url)
