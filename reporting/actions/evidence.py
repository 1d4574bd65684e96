"""Put 佐证材料 at a project or at one of the five ones, and take them away again (S-39, S-43)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Organization, User
from common import clock
from common.flow import TransitionNotAllowed
from documents.attachments import StoredFile, remove_file, stored_files
from reporting.actions.cycles import lock_open_cycle
from reporting.models import Cycle, Project, SchemeTask, WorkEvidence
from reporting.permissions import can_edit_project, can_write_for
from reporting.rules.attachments import AttachmentLimits, no_room
from reporting.rules.projects import ProjectState
from reporting.rules.refusals import ReportAttachmentRefused

FOLDER = "work_evidence"
VERB, VERB_BACK = "上传佐证材料", "移除佐证材料"


@transaction.atomic
def add_project_evidence(project: Project, *, files: Sequence[UploadedFile], by: User) -> list[WorkEvidence]:
    """Store files at a project until it is closed, all of them or none; the same file once.

    Raises AttachmentRefused for a file that may not be kept, ReportAttachmentRefused when there are too many.
    """
    project = _locked_project(project, by)
    there = {"cycle": project.cycle, "organization": project.organization, "project": project}
    added = _add(there, files, of="一个项目", by=by)
    if added:
        record(project, VERB, by=by, after={"files": [each.name for each in added]})
    return added


@transaction.atomic
def add_five_one_evidence(
    cycle: Cycle, *, organization: Organization, task: SchemeTask, files: Sequence[UploadedFile], by: User
) -> list[WorkEvidence]:
    """Store files at one of the five ones, as at a project."""
    cycle = _open_for(cycle, organization, by)
    if not cycle.scheme.tasks.filter(pk=task.pk).exists():
        raise PermissionDenied
    added = _add({"cycle": cycle, "organization": organization, "task": task}, files, of="一个事项", by=by)
    for each in added:
        record(each, VERB, by=by, after={"place": each.place, "files": [each.name]})
    return added


@transaction.atomic
def remove_evidence(evidence: WorkEvidence, *, by: User) -> None:
    """Take a file away. Raises ReportAttachmentRefused when somebody else has just done so."""
    if evidence.project is not None:
        subject: Project | WorkEvidence = _locked_project(evidence.project, by)
    else:
        _open_for(evidence.cycle, evidence.organization, by)
        subject = evidence
    row = WorkEvidence.objects.select_for_update(of=("self",)).filter(pk=evidence.pk).first()
    if row is None:
        raise ReportAttachmentRefused("这个文件刚刚已经移除，请刷新页面。")
    record(subject, VERB_BACK, by=by, before={"place": row.place, "files": [row.name]})
    forget_files([row])
    row.delete()


def forget_files(rows: Sequence[WorkEvidence]) -> None:
    """Away from the disk once their rows are gone for good."""
    for row in rows:
        transaction.on_commit(partial(remove_file, str(row.file.name)))


def _locked_project(project: Project, by: User) -> Project:
    rows = Project.objects.select_for_update(of=("self",)).select_related("cycle__committee", "organization")
    project = rows.get(pk=project.pk)
    if not can_edit_project(by, project):
        raise PermissionDenied
    lock_open_cycle(project.cycle_id)
    if project.state == ProjectState.CLOSED:
        raise TransitionNotAllowed(project.state, "attach", "项目已经结项，佐证材料不能增减。")
    return project


def _open_for(cycle: Cycle, organization: Organization, by: User) -> Cycle:
    cycle = lock_open_cycle(cycle.pk)
    if not can_write_for(by, organization) or organization.parent_id != cycle.committee_id:
        raise PermissionDenied
    return cycle


def _add(there: dict[str, Any], files: Sequence[UploadedFile], *, of: str, by: User) -> list[WorkEvidence]:
    held = WorkEvidence.objects.filter(**there)
    limits = AttachmentLimits(settings.ATTACHMENTS_MAX_COUNT, settings.ATTACHMENTS_MAX_BYTES, of=of)
    if refusal := no_room(list(held.values_list("size", flat=True)), [file.size or 0 for file in files], limits):
        raise ReportAttachmentRefused(refusal)
    with stored_files(list(files), FOLDER) as stored:
        kept = [_keep(there, file, by) for file in stored]
    return [evidence for evidence in kept if evidence is not None]


def _keep(there: dict[str, Any], file: StoredFile, by: User) -> WorkEvidence | None:
    if WorkEvidence.objects.filter(**there, sha256=file.sha256).exists():
        remove_file(file.path)
        return None
    facts = {"name": file.name, "kind": file.kind, "size": file.size, "sha256": file.sha256}
    return WorkEvidence.objects.create(**there, **facts, file=file.path, by=by, at=clock.now())
