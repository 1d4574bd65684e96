import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEntry, Notice
from common import clock
from documents.rules.attachments import AttachmentRefused
from reporting.actions.due_reports import DueFacts, add_due_reports, file_due_report, remove_due_report
from reporting.models import DueReport
from reporting.rules.refusals import DueReportRefused
from tests.files import DOCX, PDF, XLSX, office
from tests.reporting.rows import noon
from tests.world import World

pytestmark = pytest.mark.django_db
FACTS = DueFacts("上半年抓党建工作情况报告", "县委", "7月10日前", dt.date(2026, 7, 10))


def added(world: World, facts: DueFacts = FACTS) -> DueReport:
    return add_due_reports(world.cycle, facts=facts, organizations=[world.township], by=world.user("clerk"))[0]


def test_a_report_is_due_from_each_of_those_named(world: World) -> None:
    both = [world.township, world.other_township]
    rows = add_due_reports(world.cycle, facts=FACTS, organizations=both, by=world.user("clerk"))
    assert [row.organization for row in rows] == both
    told = Notice.objects.get(user=world.user("secretary"))
    assert told.text == "请按时报告：上半年抓党建工作情况报告，时限7月10日前。"
    with pytest.raises(PermissionDenied):
        add_due_reports(world.cycle, facts=FACTS, organizations=[world.sibling], by=world.user("clerk"))
    with pytest.raises(PermissionDenied):
        add_due_reports(world.cycle, facts=FACTS, organizations=both, by=world.user("leader"))


def test_only_dated_and_unfiled_reports_are_overdue(world: World) -> None:
    report = added(world)
    added(world, DueFacts("班子成员抓党建情况报告", due_text="X月底前"))
    assert [row.pk for row in DueReport.objects.overdue(dt.date(2026, 7, 10))] == []
    assert [row.pk for row in DueReport.objects.overdue(dt.date(2026, 7, 11))] == [report.pk]
    with clock.at(noon(2026, 7, 12)):
        report = file_due_report(report, filed_on=dt.date(2026, 7, 12), upload=None, by=world.user("staff"))
    assert report.was_late
    assert not DueReport.objects.overdue(dt.date(2031, 1, 1)).exists()


def test_the_file_is_kept_under_a_name_of_the_servers_own(world: World) -> None:
    upload = SimpleUploadedFile("../报告.pdf", PDF)
    with clock.at(noon(2026, 7, 1)):
        report = file_due_report(added(world), filed_on=dt.date(2026, 7, 1), upload=upload, by=world.user("secretary"))
    assert report.file_name == "报告.pdf"
    assert "报告" not in report.file.name
    with report.file.open("rb") as stored:
        assert stored.read() == PDF
    assert AuditEntry.objects.of(report).filter(verb="报告").count() == 1
    assert Notice.objects.filter(user=world.user("clerk")).get().text == "甲乡党委：上半年抓党建工作情况报告已报告。"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"", "文件是空的"),
        ("a.pdf", b"<html>", "只能上传PDF、DOCX"),
        ("a.docx", PDF, "与文件名后缀不一致"),
        ("a.docx", XLSX, "只能上传PDF、DOCX"),
        ("a.docx", office({"word/document.xml": "x", "word/vbaProject.bin": "x"}), "带有宏"),
        ("a.docx", b"PK\x03\x04broken", "已经损坏"),
    ],
)
def test_a_file_is_told_by_its_content(world: World, name: str, content: bytes, why: str) -> None:
    report = added(world)
    upload = SimpleUploadedFile(name, content)
    with clock.at(noon(2026, 7, 1)), pytest.raises(AttachmentRefused, match=why):
        file_due_report(report, filed_on=dt.date(2026, 7, 1), upload=upload, by=world.user("secretary"))
    report.refresh_from_db()
    assert report.filed_on is None


def test_word_files_are_taken(world: World) -> None:
    upload = SimpleUploadedFile("报告.DOCX", DOCX)
    with clock.at(noon(2026, 7, 1)):
        report = file_due_report(added(world), filed_on=dt.date(2026, 7, 1), upload=upload, by=world.user("staff"))
    assert report.file.name.endswith(".docx")


def test_a_day_ahead_and_other_people_are_refused(world: World) -> None:
    report = added(world)
    with clock.at(noon(2026, 7, 1)):
        with pytest.raises(DueReportRefused, match="不能晚于今天"):
            file_due_report(report, filed_on=dt.date(2026, 7, 2), upload=None, by=world.user("staff"))
        for role in ("other_secretary", "clerk", "leader"):
            with pytest.raises(PermissionDenied):
                file_due_report(report, filed_on=dt.date(2026, 7, 1), upload=None, by=world.user(role))


def test_an_entry_is_taken_back_until_it_is_filed(world: World) -> None:
    clerk = world.user("clerk")
    remove_due_report(added(world), by=clerk)
    assert not DueReport.objects.exists()
    report = added(world)
    with pytest.raises(PermissionDenied):
        remove_due_report(report, by=world.user("secretary"))
    with clock.at(noon(2026, 7, 1)):
        file_due_report(report, filed_on=dt.date(2026, 7, 1), upload=None, by=world.user("staff"))
    with pytest.raises(DueReportRefused, match="已经报告"):
        remove_due_report(report, by=clerk)
