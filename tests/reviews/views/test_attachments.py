import pytest
from django.test import Client
from django.urls import reverse

from reporting.actions.attachments import add_attachments
from reporting.actions.reports import return_report
from tests.files import PDF, PNG, upload
from tests.reporting.rows import hand_in
from tests.reviews.rows_of_scoring import make_meeting, make_rater
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_rater_opens_what_was_handed_in_and_nothing_else(world: World) -> None:
    meeting = make_meeting(world.cycle)
    make_rater(meeting, world.user("attendee"))
    report = hand_in(world.reporter, by=world.user("secretary"), files=[upload("证书.pdf")])
    handed_in = report.attachments.get()
    return_report(report, reason="补材料", by=world.user("clerk"))
    (later,) = add_attachments(
        report, place="section-achievements", files=[upload("新.png", PNG)], by=world.user("staff")
    )
    rater = Client()
    rater.force_login(world.user("attendee"))
    sheet = rater.get(reverse("reviews:sheet_edit", args=[meeting.pk, world.reporter.pk])).content.decode()
    assert reverse("reviews:attachment_show", args=[meeting.pk, handed_in.pk]) in sheet
    assert "新.png" not in sheet
    assert rater.get(reverse("reviews:attachment_show", args=[meeting.pk, handed_in.pk])).status_code == 200
    answer = rater.get(reverse("reviews:attachment_download", args=[meeting.pk, handed_in.pk]))
    assert answer.getvalue() == PDF
    for name in ("show", "preview", "download"):
        assert rater.get(reverse(f"reviews:attachment_{name}", args=[meeting.pk, later.pk])).status_code == 404
