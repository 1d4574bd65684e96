"""Sign-ins that are closed for a while after too many wrong passwords.

The failures are counted by django-axes in the database, so that all processes count alike: for one account from
one address, since a whole township may share an address and a colleague's mistakes must not shut out its secretary.
"""

import dataclasses
import datetime as dt
from collections import defaultdict

from axes.models import AccessAttempt
from django.conf import settings

from accounts.rules.lockouts import locked_until
from common import clock


@dataclasses.dataclass(frozen=True)
class Lockout:
    """An account that cannot sign in from an address until a time."""

    address: str | None
    until: dt.datetime


def lockouts_of(username: str) -> list[Lockout]:
    pause = settings.AXES_COOLOFF_TIME
    failures: dict[str | None, list[tuple[dt.datetime, int]]] = defaultdict(list)
    attempts = AccessAttempt.objects.filter(username=username, attempt_time__gte=clock.now() - pause)
    for address, at, count in attempts.values_list("ip_address", "attempt_time", "failures_since_start"):
        failures[address].append((at, count))
    untils = {
        address: locked_until(rows, limit=settings.AXES_FAILURE_LIMIT, pause=pause)
        for address, rows in failures.items()
    }
    return [Lockout(address, until) for address, until in untils.items() if until]
