"""The row is the job: who may take it, keep it and finish it."""

import datetime as dt

import pytest
import time_machine

from common import clock
from documents import queue
from documents.models import Document
from documents.rules.documents import MOST_LOSSES

pytestmark = pytest.mark.django_db


def _later(seconds: int) -> time_machine.travel:
    return time_machine.travel(clock.now() + dt.timedelta(seconds=seconds), tick=False)


def _claim(document: Document) -> Document:
    claimed = queue.claim(document.pk)
    assert claimed is not None
    return claimed


def _finish(document: Document) -> None:
    queue.finish(document, file="documents/a.pdf", fingerprint="f", pages=1, note="")


def test_claiming_starts_an_attempt(document: Document) -> None:
    claimed = _claim(document)
    assert (claimed.state, claimed.attempt) == ("rendering", 1)


@pytest.mark.parametrize("state", ["rendering", "ready", "failed"])
def test_only_a_waiting_one_can_be_claimed(document: Document, state: str) -> None:
    Document.objects.update(state=state)
    assert queue.claim(document.pk) is None


def test_what_is_gone_cannot_be_claimed() -> None:
    assert queue.claim(10**6) is None


def test_a_lost_heartbeat_puts_it_back(document: Document) -> None:
    _claim(document)
    with _later(14):
        assert queue.requeue_silent() == []
    with _later(16):
        assert queue.requeue_silent() == [document.pk]
    document.refresh_from_db()
    assert (document.state, document.losses) == ("queued", 1)


def test_a_heartbeat_keeps_it(document: Document) -> None:
    claimed = _claim(document)
    with _later(10):
        queue.beat(claimed)
    with _later(20):
        assert queue.requeue_silent() == []


def test_one_that_waits_is_sent_again_only_every_so_often(document: Document) -> None:
    with _later(16):
        assert queue.requeue_silent() == [document.pk]
        assert queue.requeue_silent() == []


def test_an_old_attempt_cannot_report_or_store(document: Document) -> None:
    old = _claim(document)
    with _later(16):
        queue.requeue_silent()
    new = _claim(document)
    for deed in (
        lambda: queue.beat(old),
        lambda: queue.report(old, 1, 2),
        lambda: queue.fail(old, "坏"),
        lambda: _finish(old),
    ):
        with pytest.raises(queue.AttemptLost):
            deed()
    _finish(new)
    document.refresh_from_db()
    assert (document.state, document.attempt) == ("ready", 2)


def test_it_is_finished_once(document: Document) -> None:
    claimed = _claim(document)
    _finish(claimed)
    with pytest.raises(queue.AttemptLost):
        _finish(claimed)


def test_one_that_kills_its_workers_is_given_up(document: Document) -> None:
    for _ in range(MOST_LOSSES):
        Document.objects.update(heard_at=clock.now() - dt.timedelta(minutes=1))
        queue.claim(document.pk)
        Document.objects.update(heard_at=clock.now() - dt.timedelta(minutes=1))
        queue.requeue_silent()
    document.refresh_from_db()
    assert (document.state, document.attempt) == ("failed", MOST_LOSSES)
    assert "多次意外中断" in document.reason


def test_progress_is_in_the_row(document: Document) -> None:
    queue.report(_claim(document), 3, 18)
    document.refresh_from_db()
    assert (document.done, document.total, document.per_cent) == (3, 18, 16)
    assert document.progress_label == "正在排版第 4 份，共 17 份"
