"""What workers do: fetch by id, build, store. The row decides, Celery only wakes somebody up."""

from __future__ import annotations

import errno
import logging
import os
import time
import uuid
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist

from common.waking import wake
from documents import queue
from documents.models import Document
from documents.rendering import paper as papers
from documents.rendering.fonts import fonts_state, prepare_fonts
from documents.rendering.parts import forget_parts
from documents.rules.documents import DocumentState

logger = logging.getLogger(__name__)

WAITS_FOR_FONTS = "正在准备公文字体"
WORTH_HELP = 20  # parts still to be laid out
UNUSED_DAYS = 60
REPORT_SECONDS = 0.5  # progress is shown about every second and a half


@shared_task
def render_document(document_id: int) -> None:
    """Make the file of the document, unless it is made or somebody is at it."""
    fonts = fonts_state()
    if fonts.name == "missing":
        fonts = prepare_fonts()
    if fonts.name == "building":
        queue.hold(document_id, WAITS_FOR_FONTS)
        return
    document = queue.claim(document_id)
    if document is None:
        return
    try:
        if fonts.name == "failed":
            queue.fail(document, f"公文字体未能备好：{fonts.reason}")
        else:
            with queue.heartbeat(document):
                _render(document)
    except queue.AttemptLost:
        logger.info("Document %s was taken over from attempt %s", document.pk, document.attempt)


def _render(document: Document) -> None:
    try:
        paper = document.content()
        if papers.count_missing_parts(paper) >= WORTH_HELP:
            wake(help_render_document, document.pk, document.attempt)
        pdf = papers.render_paper(paper, _reporter(document))
        _store(document, paper, pdf)
    except queue.AttemptLost:
        raise
    except papers.PaperRefused as refusal:
        queue.fail(document, str(refusal))
    except ObjectDoesNotExist:
        queue.fail(document, "所需的资料已不存在")
    except Exception as error:
        number = uuid.uuid4().hex[:8]
        logger.exception("Document %s failed (%s)", document.pk, number)
        queue.fail(document, _in_words(error, number))


def _in_words(error: Exception, number: str) -> str:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "服务器存储空间不足，请与系统管理员联系后重试"
    return f"生成时程序出错，已记录，编号 {number}"


def _reporter(document: Document) -> papers.Progress:
    last = 0.0

    def report(done: int, total: int) -> None:
        nonlocal last
        if done == total or time.monotonic() - last > REPORT_SECONDS:
            last = time.monotonic()
            queue.report(document, done, total)

    return report


def _store(document: Document, paper: papers.Paper, pdf: bytes) -> None:
    """The file is whole and on disk before the row says so."""
    target = document.path
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(target, pdf)
    missing = papers.missing_characters(paper)
    try:
        queue.finish(
            document,
            file=str(target.relative_to(settings.MEDIA_ROOT)),
            fingerprint=papers.fingerprint(paper),
            pages=papers.count_pages(pdf),
            note=f"以下字没有字形，印出来是空框：{missing}"[:300] if missing else "",
        )
    except queue.AttemptLost:
        target.unlink(missing_ok=True)
        raise
    for older in target.parent.glob(f"document-{document.pk}-*.pdf"):
        if older != target:
            older.unlink(missing_ok=True)


def _write(target: Path, data: bytes) -> None:
    part = target.with_suffix(".part")
    try:
        with part.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@shared_task
def requeue_lost_documents() -> None:
    """Send again what nobody works on: its worker died, or the broker was away when it was asked for."""
    for document_id in queue.requeue_silent():
        wake_worker(document_id)


@shared_task
def forget_unused_parts() -> None:
    """Papers change from day to day, so most parts are never asked for again."""
    forget_parts(time.time() - UNUSED_DAYS * 24 * 3600)


@shared_task
def help_render_document(document_id: int, attempt: int) -> None:
    """Lay out a long paper's parts from the end, while another worker does so from the beginning."""
    rendering = Document.objects.filter(pk=document_id, attempt=attempt, state=DocumentState.RENDERING)
    document = rendering.first()
    if document is not None and fonts_state().name == "ready":
        papers.prepare_parts(document.content(), goes_on=rendering.exists)


def wake_worker(document_id: int) -> None:
    """Tell the workers. When that cannot be done now, the beat does it within seconds."""
    wake(render_document, document_id)
