import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from reporting.actions.due_reports import DueFacts, add_due_reports
from reporting.models import DueReport
from tests.factories import make_organization
from tests.files import PDF
from tests.reporting.rows import make_task, noon
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def address(name: str, pk: int) -> str:
    return reverse(f"reporting:{name}", args=[pk])


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_due_report_is_entered_filed_and_downloaded(world: World) -> None:
    clerk, secretary = signed_in(world, "clerk"), signed_in(world, "secretary")
    url = address("due_report_create", world.cycle.pk)
    assert "请至少选择一个单位" in clerk.post(url, {"kind": "党建工作报告"}).content.decode()
    data = {"kind": "党建工作报告", "recipient": "县委", "due_text": "X月底前", "organizations": [world.township.pk]}
    assert clerk.post(url, data).url == address("due_report_list", world.cycle.pk)
    report = DueReport.objects.get()
    assert "X月底前" in page(secretary, address("work_show", world.township.pk))
    upload = SimpleUploadedFile("报告.pdf", PDF, content_type="text/html")
    with clock.at(noon(2026, 7, 1)):
        file_url = address("due_report_file", report.pk)
        wrong = secretary.post(file_url, {"filed_on": "2026-07-01", "upload": SimpleUploadedFile("a.pdf", b"MZ")})
        assert "只能上传PDF、DOCX" in wrong.content.decode()
        assert secretary.post(file_url, {"filed_on": "2026-07-01", "upload": upload}).status_code == 302
    answer = clerk.get(address("due_report_download", report.pk))
    assert answer.getvalue() == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "报告.pdf" in page(clerk, address("due_report_list", world.cycle.pk))


def test_what_is_overdue_stands_on_the_organizations_page(world: World) -> None:
    facts = DueFacts("上半年党建工作报告", due_date=dt.date(2026, 7, 10))
    add_due_reports(world.cycle, facts=facts, organizations=[world.township], by=world.user("clerk"))
    make_task(world, [world.township], due_date=dt.date(2026, 6, 30))
    url = reverse("accounts:organization_show", args=[world.township.pk])
    with clock.at(noon(2026, 7, 10)):
        assert "上半年党建工作报告" not in page(signed_in(world, "clerk"), url)
    with clock.at(noon(2026, 7, 11)):
        for role in ("clerk", "secretary"):
            shown = page(signed_in(world, role), url)
            assert "逾期事项" in shown
            assert "上半年党建工作报告" in shown
            assert "2026年度重点任务第1项" in shown
        assert "逾期事项" not in page(signed_in(world, "administrator"), url)
        listed = signed_in(world, "clerk").get(address("due_report_list", world.cycle.pk) + "?state=overdue")
        assert listed.context["page_obj"].paginator.count == listed.context["overdue_count"] == 1


def test_queries_do_not_grow_with_rows(world: World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(clerk, address("due_report_list", world.cycle.pk))
        return len(captured)

    clerk = signed_in(world, "clerk")
    facts = DueFacts("党建工作报告")
    add_due_reports(world.cycle, facts=facts, organizations=[world.township], by=world.user("clerk"))
    one = queries()
    more = [make_organization(parent=world.county) for _ in range(20)]
    add_due_reports(world.cycle, facts=facts, organizations=more, by=world.user("clerk"))
    assert queries() == one
