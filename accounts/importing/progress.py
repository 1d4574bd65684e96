"""How far a workbook is, said from a thread with a connection of its own while one long transaction writes it."""

from __future__ import annotations

import logging
import threading
from types import TracebackType

from django.core.cache import cache
from django.db import DatabaseError, connection, connections

from accounts.models import RegisterImport
from accounts.rules.import_runs import HEARTBEAT_SECONDS, ImportState
from common import clock

logger = logging.getLogger(__name__)


class Progress:
    """`tell` notes the numbers; every few seconds they and a sign of life go into the row.

    SQLite lets nobody else write meanwhile, so there the numbers are shown from the cache, which the one process has.
    """

    def __init__(self, row: RegisterImport) -> None:
        self._row, self._done, self._total = row, 0, 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"import-{row.pk}", daemon=True)

    def __enter__(self) -> Progress:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def tell(self, done: int, total: int) -> None:
        self._done, self._total = done, total

    def _run(self) -> None:
        try:
            while not self._stop.wait(HEARTBEAT_SECONDS):
                self._say()
        finally:
            connections.close_all()

    def _say(self) -> None:
        remember(self._row.pk, self._done, self._total)
        if connection.vendor == "sqlite" and self._row.state == ImportState.WRITING:
            return  # it would only wait for the end of the very transaction it speaks of
        try:
            # Read, it is compared at once: the state is that of the moment.
            mine = RegisterImport.objects.filter(pk=self._row.pk, attempt=self._row.attempt, state=self._row.state)
            mine.update(heard_at=clock.now(), done=self._done, total=self._total)
        except DatabaseError as error:
            logger.info("Import %s says nothing now: %s", self._row.pk, error)


def remember(pk: int, done: int, total: int) -> None:
    try:
        cache.set(f"import-{pk}", (done, total), 60)
    except OSError as error:
        logger.info("No cache: %s", error)


def add_remembered(row: RegisterImport) -> RegisterImport:
    """The numbers of the row, or those of the cache where they are further on."""
    try:
        done, total = cache.get(f"import-{row.pk}") or (0, 0)
    except OSError:
        return row
    if done > row.done:
        row.done, row.total = done, total
    return row
