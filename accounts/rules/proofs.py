"""When somebody who is signed in is asked once more who he is, before a dangerous deed (step-up)."""

import datetime as dt

from .roles import Role

# Whoever holds nothing but these posts does none of the guarded deeds; the view itself refuses him.
NEVER_ASKED_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY, Role.MEMBER, Role.STAFF, Role.ATTENDEE})


def is_fresh(proved_at: dt.datetime | None, *, now: dt.datetime, minutes: int) -> bool:
    """Whether the last proof still holds; with 0 minutes nobody is asked again."""
    if minutes == 0:
        return True
    return proved_at is not None and dt.timedelta(0) <= now - proved_at <= dt.timedelta(minutes=minutes)
