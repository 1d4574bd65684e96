import errno
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage, default_storage

from accounts.models import AuditEntry
from common.flow import TransitionNotAllowed
from documents.rules.attachments import AttachmentRefused
from reporting.actions.attachments import add_attachments, remove_attachment
from reporting.actions.reports import accept_report, return_report, submit_report
from reporting.models import DutyReport, ReportAttachment
from reporting.models.attachments import attachment_places
from reporting.rules.refusals import ReportAttachmentRefused
from tests.files import PNG, upload
from tests.reporting.rows import accepted_project, hand_in, write
from tests.world import World

pytestmark = pytest.mark.django_db
PLACE = "section-achievements"


def attach(report: DutyReport, world: World, *files, place: str = PLACE, role: str = "staff"):
    return add_attachments(report, place=place, files=files or [upload()], by=world.user(role))


def stored() -> list[Path]:
    root = Path(default_storage.path("report_attachments"))
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


def test_a_file_stands_at_its_place_of_the_report(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    (attachment,) = attach(report, world, upload("../现场 照片“一”.png", PNG))
    assert (attachment.name, attachment.kind, attachment.size) == ("现场 照片“一”.png", "png", len(PNG))
    assert attachment.place == attachment.section.heading
    (kept,) = DutyReport.objects.get(pk=report.pk).content.attachments
    assert (kept.id, kept.section, kept.sha256) == (attachment.pk, "achievements", attachment.sha256)
    entry = AuditEntry.objects.of(report).filter(verb="上传附件").get()
    assert entry.after["files"] == ["现场 照片“一”.png"]


def test_projects_are_places_of_their_own(world: World) -> None:
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    world.cycle.scheme.sections.create(key="projects", heading="书记领办项目", kind="projects", position=9)
    report = write(world.reporter, by=world.user("staff"))
    assert f"project-{project.pk}" in {place.key for place in attachment_places(report)}
    (attachment,) = attach(report, world, place=f"project-{project.pk}")
    assert attachment.place == f"领办项目“{project.title}”"


def test_two_clicks_store_one_file(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    attach(report, world)
    assert attach(report, world) == []
    assert len(stored()) == report.attachments.count() == 1


def test_only_those_who_write_it_and_only_while_it_is_written(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    (attachment,) = attach(report, world)
    for role in ("clerk", "leader", "other_secretary", "administrator"):
        with pytest.raises(PermissionDenied):
            attach(report, world, role=role)
        with pytest.raises(PermissionDenied):
            remove_attachment(attachment, by=world.user(role))
    submit_report(report, by=world.user("secretary"))
    with pytest.raises(TransitionNotAllowed, match="附件不能增减"):
        attach(report, world)
    with pytest.raises(TransitionNotAllowed, match="附件不能增减"):
        remove_attachment(attachment, by=world.user("secretary"))


def test_a_place_that_is_not_there_is_refused(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    with pytest.raises(ReportAttachmentRefused, match="哪一部分"):
        attach(report, world, place="section-none")


def test_the_number_of_files_is_bounded(world: World, settings) -> None:
    settings.ATTACHMENTS_MAX_COUNT = 1
    report = write(world.reporter, by=world.user("staff"))
    with pytest.raises(ReportAttachmentRefused, match="最多带1个附件"):
        attach(report, world, upload(), upload("二.png", PNG))
    assert stored() == []


def test_a_full_disk_leaves_no_file_and_no_row(world: World, monkeypatch) -> None:
    def full(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    report = write(world.reporter, by=world.user("staff"))
    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(AttachmentRefused, match="空间已满"):
        attach(report, world)
    assert (stored(), report.attachments.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_what_was_never_handed_in_leaves_nothing(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    (attachment,) = attach(report, world)
    remove_attachment(attachment, by=world.user("staff"))
    assert (stored(), report.attachments.count()) == ([], 0)


def test_what_was_handed_in_stays_with_its_version(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"), files=[upload()])
    return_report(report, reason="换一张照片", by=world.user("clerk"))
    (attachment,) = report.attachments.all()
    remove_attachment(attachment, by=world.user("secretary"))
    attach(report, world, upload("新照片.png", PNG))
    report = submit_report(DutyReport.objects.get(pk=report.pk), by=world.user("secretary"))
    accepted = accept_report(report, by=world.user("clerk"))
    assert [file.name for file in accepted.handed_in.attachments] == ["新照片.png"]
    first = accepted.versions.get(number=1)
    assert [file.name for file in first.as_content.attachments] == ["会议记录.pdf"]
    assert first.is_intact
    assert len(stored()) == 2


def test_reviewers_do_not_see_what_was_added_after_the_return(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"), files=[upload()])
    return_report(report, reason="再补材料", by=world.user("clerk"))
    attach(report, world, upload("新照片.png", PNG))
    seen = ReportAttachment.objects.visible_to(world.user("clerk")).values_list("name", flat=True)
    assert list(seen) == ["会议记录.pdf"]
    assert ReportAttachment.objects.visible_to(world.user("staff")).count() == 2
    assert not ReportAttachment.objects.visible_to(world.user("other_secretary")).exists()
