"""长期坚持 items are checked each quarter instead of by a due date (S-162)."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

QUARTERS = (1, 2, 3, 4)


class StandingOutcome(models.TextChoices):
    KEPT = "kept", _("坚持较好")
    WEAK = "weak", _("有所放松")
    LAPSED = "lapsed", _("没有坚持")


class StandingCheckRefused(Exception):
    """The check cannot be kept; `str(error)` says why."""


def quarter_of(day: dt.date) -> tuple[int, int]:
    """(2026, 2) for a day in May 2026."""
    return day.year, (day.month - 1) // 3 + 1


def quarters_due(since: dt.date, today: dt.date) -> list[tuple[int, int]]:
    """Quarters whose check is due: from the one after the promise was made to the one under way."""
    found, (year, quarter) = [], quarter_of(since)
    while (year, quarter) < quarter_of(today):
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
        found.append((year, quarter))
    return found
