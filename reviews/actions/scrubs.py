"""Taking an emptied ballot box off the disk as well: tried at once, and again by the clock until it is done."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction

from accounts.actions.audit import record
from common import clock
from reviews.models import BallotRound, PaperEntry, SealedBallot, Slip
from reviews.rules.scrubs import LOCK_WAIT, fault_words, remnants_words

logger = logging.getLogger(__name__)
TABLES = tuple(model._meta.db_table for model in (SealedBallot, Slip, PaperEntry))


def scrub_boxes() -> None:
    """For every round whose box was deleted and whose remnants are on the disk still; outside of any transaction.

    Never raises because of the database: the count that came before is done, and the clock tries again.
    """
    waiting = list(BallotRound.objects.unscrubbed().values_list("pk", flat=True))
    if not waiting or connection.in_atomic_block:
        return
    fault = _fault_of_scrub()
    if fault:
        BallotRound.objects.unscrubbed().filter(pk__in=waiting).update(scrub_fault=fault)
    else:
        _write_down(waiting)


@transaction.atomic
def _write_down(waiting: list[int]) -> None:
    """Once, though two may have scrubbed beside each other."""
    for row in BallotRound.objects.unscrubbed().filter(pk__in=waiting).select_for_update(of=("self",)):
        row.scrubbed_at, row.scrub_fault = clock.now(), ""
        row.save(update_fields=["scrubbed_at", "scrub_fault"])
        record(row, "清除票箱残留", by=None)


def _fault_of_scrub() -> str:
    """Empty when nothing of what was deleted is left in the files of the tables."""
    try:
        is_clean = _scrub_postgres() if connection.vendor == "postgresql" else _scrub_sqlite()
    except DatabaseError as error:
        logger.warning("What was deleted from the ballot box is on the disk still: %s", type(error).__name__)
        return fault_words(getattr(error.__cause__, "pgcode", None) or "")
    return "" if is_clean else remnants_words()


def _scrub_postgres() -> bool:
    """VACUUM FULL keeps rows that an older snapshot may see, and says nothing. The VACUUM after it marks pages on which
    everything is visible to everybody, so a page without the mark tells of such rows (or of a ballot that just came).
    """
    with _short_lock_wait(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
            cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
        cursor.execute(
            "WITH box AS (SELECT oid, reltoastrelid FROM pg_class WHERE oid = ANY(%s::regclass[])) "
            "SELECT coalesce(bool_and(relpages = relallvisible), true) FROM pg_class "
            "WHERE oid IN (SELECT oid FROM box UNION SELECT reltoastrelid FROM box)",
            [list(TABLES)],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def _short_lock_wait() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_WAIT])
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")


def _scrub_sqlite() -> bool:
    """False when somebody reads meanwhile, so that the write-ahead log could not be cut off."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row: tuple[Any, ...] | None = cursor.fetchone()
        return not (row and row[0])
