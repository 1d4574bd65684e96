"""Settings of a stack whose day is set by its story: that months pass is the one thing no person in it can do.

The product has one clock and nothing to set it by. Only a process that is started with these settings reads how far to
run ahead, from a file in its own folder. Files and sessions keep the machine's time, as does the database.
"""

import datetime as dt

from common import clock
from config.settings import *  # noqa: F403  # every setting as it is
from config.settings import VAR_DIR

AHEAD = VAR_DIR / "clock"  # seconds
STEP_UP_MINUTES = 10**7  # whoever signed in before the months passed is not asked again in the middle of a deed

_by_the_machine = clock.now


def _now() -> dt.datetime:
    ahead = float(AHEAD.read_text()) if AHEAD.exists() else 0.0
    return _by_the_machine() + dt.timedelta(seconds=ahead)


clock.now = _now
