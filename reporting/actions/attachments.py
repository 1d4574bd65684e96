"""Put files beside a report and take them out again, while it is being written (S-73)."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from common import clock
from common.flow import TransitionNotAllowed
from documents.attachments import StoredFile, remove_file, stored_files
from reporting.actions.cycles import refuse_closed
from reporting.models import DutyReport, ReportAttachment
from reporting.models.attachments import AttachmentPlace, attachment_places
from reporting.permissions import can_attach_file
from reporting.rules.attachments import AttachmentLimits, no_room
from reporting.rules.refusals import ReportAttachmentRefused

FOLDER = "report_attachments"


@transaction.atomic
def add_attachments(
    report: DutyReport, *, place: str, files: Sequence[UploadedFile], by: User
) -> list[ReportAttachment]:
    """Store files at a place of the report (the key of an AttachmentPlace), all of them or none.

    The same file at the same place is stored once, however often it is sent. Raises AttachmentRefused for a file that
    may not be kept or has no room on disk, ReportAttachmentRefused when there are too many.
    """
    report = _locked(report, by)
    chosen = next((each for each in attachment_places(report) if each.key == place), None)
    if chosen is None:
        raise ReportAttachmentRefused("请选择附件说明报告的哪一部分。")
    held = list(report.attachments.standing().values_list("size", flat=True))
    limits = AttachmentLimits(settings.ATTACHMENTS_MAX_COUNT, settings.ATTACHMENTS_MAX_BYTES)
    if refusal := no_room(held, [file.size or 0 for file in files], limits):
        raise ReportAttachmentRefused(refusal)
    with stored_files(list(files), FOLDER) as stored:
        kept = [_keep(report, chosen, file, by) for file in stored]
        added = [attachment for attachment in kept if attachment is not None]
        if added:
            record(report, "上传附件", by=by, after={"place": chosen.name, "files": [each.name for each in added]})
    return added


def _keep(report: DutyReport, place: AttachmentPlace, file: StoredFile, by: User) -> ReportAttachment | None:
    there = {"section": place.section, "project": place.project, "task": place.task}
    if report.attachments.standing().filter(**there, sha256=file.sha256).exists():
        remove_file(file.path)
        return None
    return report.attachments.create(
        **there,
        file=file.path,
        name=file.name,
        kind=file.kind,
        size=file.size,
        sha256=file.sha256,
        by=by,
        at=clock.now(),
    )


@transaction.atomic
def remove_attachment(attachment: ReportAttachment, *, by: User) -> DutyReport:
    """Take a file out of the working copy. What was handed in once stays with the versions that name it."""
    report = _locked(attachment.report, by)
    row = report.attachments.standing().filter(pk=attachment.pk).first()
    if row is None:
        raise ReportAttachmentRefused("这个附件刚刚已经移除，请刷新页面。")
    record(report, "移除附件", by=by, before={"place": row.place, "files": [row.name]})
    if row.handed_in_at is not None:
        row.removed_at = clock.now()
        row.save(update_fields=["removed_at"])
    else:
        path = str(row.file.name)
        row.delete()
        transaction.on_commit(lambda: remove_file(path))
    return report


def _locked(report: DutyReport, by: User) -> DutyReport:
    report = DutyReport.objects.select_for_update().get(pk=report.pk)
    if not can_attach_file(by, report):
        raise PermissionDenied
    if not report.is_writable:
        raise TransitionNotAllowed(
            report.state, "attach", "报告已经报送或定稿，附件不能增减。确需增减的，请组织部门退回后再改。"
        )
    refuse_closed(report.cycle)
    return report
