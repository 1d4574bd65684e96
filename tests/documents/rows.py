"""Rows and papers for the tests of documents."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from accounts.models import Organization, User
from documents.models import Document
from documents.rendering.paper import Paper, PaperRefused, Part

PAPER = "tests.documents.rows.content"

# What `content` returns; a test that needs another text puts it here.
text: dict[str, str] = {"body": "<h1>报告</h1><p>正文。</p>"}


def content(subject_id: int) -> Paper:
    return Paper(title=f"报告{subject_id}", parts=(Part("报告", text["body"]),))


def refused(subject_id: int) -> Paper:
    raise PaperRefused("会议尚未排定议程")


def broken(subject_id: int) -> Paper:
    raise ZeroDivisionError


def vanished(subject_id: int) -> Paper:
    raise Document.DoesNotExist


def make_document(subject: models.Model, committee: Organization, by: User, **facts: Any) -> Document:
    facts.setdefault("paper", PAPER)
    facts.setdefault("title", "述职报告")
    document = Document.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        committee=committee,
        requested_by=by,
        **facts,
    )
    if document.is_ready and not document.file:
        document.file = default_storage.save("documents/ready.pdf", ContentFile(b"%PDF-"))
        document.save(update_fields=["file"])
    return document


def slow(subject_id: int) -> Paper:
    """Is not done until the file `go` lies there, so that somebody can kill the worker meanwhile."""
    deadline = time.monotonic() + 60
    while not (Path(settings.MEDIA_ROOT) / "go").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return content(subject_id)
