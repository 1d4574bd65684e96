"""The register of basis documents: add and change (S-202)."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actions.audit import record, snapshot
from accounts.models import Organization, User
from common.conflicts import check_revision
from documents.attachments import stored_files
from reporting.models import BasisDocument
from reporting.permissions import can_edit_basis_documents
from reporting.rules.due_reports import KINDS

FOLDER = "basis_documents"


@dataclasses.dataclass(frozen=True)
class BasisFacts:
    title: str
    issuer: str = ""
    number: str = ""
    issued_on: dt.date | None = None


@transaction.atomic
def create_basis_document(
    committee: Organization, *, facts: BasisFacts, upload: UploadedFile | None, by: User
) -> BasisDocument:
    """Raises AttachmentRefused for a file that is neither PDF nor DOCX."""
    if not can_edit_basis_documents(by, committee):
        raise PermissionDenied
    document = BasisDocument(committee=committee, **dataclasses.asdict(facts))
    with stored_files([upload] if upload else [], FOLDER, KINDS) as stored:
        for file in stored:
            document.file, document.file_name = file.path, file.name[-200:]
        document.save()
        record(document, "登记依据文件", by=by, after=snapshot(document))
    return document


@transaction.atomic
def edit_basis_document(
    document: BasisDocument, *, facts: BasisFacts, upload: UploadedFile | None, seen: int, by: User
) -> BasisDocument:
    """A new file takes the place of the old one; without one the old one stays. Raises StaleRevision."""
    rows = BasisDocument.objects.select_for_update(of=("self",)).select_related("committee")
    document = rows.get(pk=document.pk)
    if not can_edit_basis_documents(by, document.committee):
        raise PermissionDenied
    check_revision(document.revision, seen)
    before = snapshot(document)
    for name, value in dataclasses.asdict(facts).items():
        setattr(document, name, value)
    document.revision += 1
    with stored_files([upload] if upload else [], FOLDER, KINDS) as stored:
        for file in stored:
            document.file, document.file_name = file.path, file.name[-200:]
        document.save()
        record(document, "修改依据文件", by=by, before=before, after=snapshot(document))
    return document
