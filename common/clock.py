"""The one clock. Everything that asks for the time asks here, so that it can be set for a test or the demo's past."""

import contextlib
import contextvars
import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

_set: contextvars.ContextVar[dt.datetime | None] = contextvars.ContextVar("clock", default=None)


def now() -> dt.datetime:
    return _set.get() or timezone.now()


def today() -> dt.date:
    """Today in the office's time zone, by which every deadline is decided."""
    return timezone.localdate(now())


def local_day(moment: dt.datetime) -> dt.date:
    """The day of a moment in the office's time zone."""
    return timezone.localdate(moment)


@contextlib.contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Within the block it is `moment` (aware) for everybody who asks this clock in this thread."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
