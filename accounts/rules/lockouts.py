"""How long a sign-in stays closed after too many wrong passwords."""

import datetime as dt
from collections.abc import Iterable


def locked_until(failures: Iterable[tuple[dt.datetime, int]], *, limit: int, pause: dt.timedelta) -> dt.datetime | None:
    """When the sign-in opens again, from (time of the last failure, how many) of each browser; None while it is open.

    Every count is forgotten `pause` after its last failure, so it opens as soon as those still remembered
    fall below `limit`.
    """
    remembered = 0
    for at, count in sorted(failures, reverse=True):
        remembered += count
        if remembered >= limit:
            return at + pause
    return None
