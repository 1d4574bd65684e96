"""Asking for papers, and asking again."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from accounts.actions.audit import record
from accounts.models import Organization, User
from common import clock
from documents.models import Document
from documents.permissions import can_retry_document
from documents.rendering.fonts import fonts_state, prepare_fonts
from documents.rules.documents import DOCUMENT_FLOW
from documents.tasks import wake_worker


def request_document(
    *,
    paper: str,
    subject: models.Model,
    title: str,
    committee: Organization,
    organization: Organization | None = None,
    by: User,
) -> Document:
    """The document of this paper about `subject`, made in the background if it is not there.

    `paper` is the dotted name of a function `content(subject_id) -> Paper`. Whether `by` may have
    it is asked by the caller, who knows what it says. While one is being made that one is
    returned, and a finished one that would look the same too.
    """
    latest = Document.objects.latest_of(subject, paper)
    if latest and latest.is_ready and latest.is_file_there and not latest.is_outdated:
        return latest
    return _enqueue(
        Document(
            paper=paper,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            title=title[:200],
            committee=committee,
            organization=organization,
            requested_by=by,
        )
    )


@transaction.atomic
def _enqueue(document: Document) -> Document:
    running = Document.objects.unfinished().filter(
        paper=document.paper,
        subject_type=document.subject_type,
        subject_id=document.subject_id,
    )
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        # Only one may be unfinished: somebody has just asked for the same.
        return running.get()
    record(document, "申请生成文书", by=document.requested_by)
    transaction.on_commit(partial(wake_worker, document.pk))
    return document


@transaction.atomic
def retry_document(document: Document, *, by: User) -> Document:
    """Try a failed document again. If another was asked for meanwhile, that one is returned."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if not can_retry_document(by, document):
        raise PermissionDenied
    document.state = DOCUMENT_FLOW.check(document.state, "retry")
    document.reason = document.note = ""
    document.losses = document.done = document.total = 0
    document.heard_at = clock.now()
    document.finished_at = None
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:
        running = Document.objects.unfinished().filter(paper=document.paper)
        return running.get(subject_type=document.subject_type, subject_id=document.subject_id)
    record(document, "重新生成文书", by=by)
    if fonts_state().name == "failed":
        prepare_fonts()  # whoever asks again has perhaps installed what was missing
    transaction.on_commit(partial(wake_worker, document.pk))
    return document
