"""The documents that are not finished, as a queue in the database.

Celery only wakes a worker up. What a worker may do is decided here, by rows: one of them gets a
document (others skip the locked row), says every few seconds that it is alive, and may store its
file only while the attempt is still its own. So a killed worker's document is finished by another
exactly once, and nothing is lost when the broker is away.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from common import clock
from common.flow import TransitionNotAllowed
from documents.models import Document
from documents.rules.documents import (
    DOCUMENT_FLOW,
    HEARTBEAT_SECONDS,
    MOST_LOSSES,
    UNFINISHED,
    DocumentState,
)


class AttemptLost(Exception):
    """Somebody else has taken over: this attempt's work is of no use any more."""


@transaction.atomic
def claim(document_id: int) -> Document | None:
    """Take the document to render it. None: it is done, or somebody else has it."""
    waiting = Document.objects.select_for_update(skip_locked=True, of=("self",))
    document = waiting.filter(pk=document_id).first()
    if document is None:
        return None
    try:
        document.state = DOCUMENT_FLOW.check(document.state, "start")
    except TransitionNotAllowed:
        return None
    document.attempt += 1
    document.heard_at = clock.now()
    document.done = document.total = 0
    document.note = ""
    document.save(update_fields=["state", "attempt", "heard_at", "done", "total", "note"])
    return document


def hold(document_id: int, note: str) -> None:
    """It has to wait; it is sent again when it has been silent for a while."""
    waiting = Document.objects.filter(pk=document_id, state=DocumentState.QUEUED)
    waiting.update(note=note, heard_at=clock.now())


def _update(document: Document, verb: str, **values: object) -> None:
    """Change the row if the attempt is still its own; this is the fence."""
    mine = Document.objects.filter(pk=document.pk, attempt=document.attempt, state=DocumentState.RENDERING)
    if verb:
        values["state"] = DOCUMENT_FLOW.check(DocumentState.RENDERING, verb)
    if not mine.update(heard_at=clock.now(), **values):
        raise AttemptLost


def beat(document: Document) -> None:
    _update(document, "")


def report(document: Document, done: int, total: int) -> None:
    _update(document, "", done=done, total=total)


def finish(document: Document, *, file: str, fingerprint: str, pages: int, note: str) -> None:
    _update(
        document,
        "finish",
        file=file,
        fingerprint=fingerprint,
        pages=pages,
        note=note,
        finished_at=clock.now(),
    )


def fail(document: Document, reason: str) -> None:
    _update(document, "fail", reason=reason[:300], finished_at=clock.now())


@contextmanager
def heartbeat(document: Document) -> Iterator[None]:
    """Say every few seconds that the document is worked on, whatever the work is doing."""
    stop = threading.Event()

    def run() -> None:
        try:
            while not stop.wait(HEARTBEAT_SECONDS):
                beat(document)
        except AttemptLost:
            pass  # the work itself finds out when it next reports or stores
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, name=f"heartbeat-{document.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@transaction.atomic
def requeue_silent() -> list[int]:
    """Put back what nobody has worked on for too long; the ids of all that should be sent again."""
    now = clock.now()
    silent = Document.objects.silent(now).select_for_update(skip_locked=True, of=("self",))
    waiting = []
    for document in silent:
        if document.state == DocumentState.RENDERING:
            _put_back(document)
        document.heard_at = now
        document.save(update_fields=["state", "losses", "reason", "heard_at", "finished_at"])
        if document.state in UNFINISHED:
            waiting.append(document.pk)
    return waiting


def _put_back(document: Document) -> None:
    document.losses += 1
    if document.losses < MOST_LOSSES:
        document.state = DOCUMENT_FLOW.check(document.state, "requeue")
        return
    document.state = DOCUMENT_FLOW.check(document.state, "fail")
    document.reason = "生成过程多次意外中断，请与系统管理员联系"
    document.finished_at = clock.now()
