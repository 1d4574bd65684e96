"""When somebody who is signed in is asked once more who he is, before a dangerous deed (step-up)."""

import datetime as dt

from .roles import Role

# Whoever holds nothing but these posts does none of the guarded deeds; the view itself refuses him.
NEVER_ASKED_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY, Role.MEMBER, Role.STAFF, Role.ATTENDEE})


# So far the clocks of two servers may be apart.
SKEW_SECONDS = 60


def moment_of_sign_in(auth_time: object, *, now: dt.datetime) -> dt.datetime | None:
    """When the provider says (OpenID Connect's auth_time) that the person signed in there; None when it does not."""
    if isinstance(auth_time, bool) or not isinstance(auth_time, int | float):
        return None
    try:
        moment = dt.datetime.fromtimestamp(auth_time, dt.UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return min(moment, now) if moment <= now + dt.timedelta(seconds=SKEW_SECONDS) else None


def is_signed_in_since(asked_at: dt.datetime, auth_time: object, *, now: dt.datetime) -> bool:
    """Whether the person signed in there after we asked, and not long before."""
    moment = moment_of_sign_in(auth_time, now=now)
    return moment is not None and moment >= asked_at - dt.timedelta(seconds=SKEW_SECONDS)


def is_fresh(proved_at: dt.datetime | None, *, now: dt.datetime, minutes: int) -> bool:
    """Whether the last proof still holds; with 0 minutes nobody is asked again."""
    if minutes == 0:
        return True
    return proved_at is not None and dt.timedelta(0) <= now - proved_at <= dt.timedelta(minutes=minutes)
