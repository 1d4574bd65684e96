import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.rules.cycles import ReportMode
from reviews.models import Meeting, Rater, ScoreSheet
from tests.factories import make_organization, make_reporter
from tests.reviews.rows_of_scoring import make_meeting, make_rater, make_sheet
from tests.world import World

pytestmark = pytest.mark.django_db

KEY = "0123456789abcdef" * 2


@pytest.fixture
def rater(world: World) -> Rater:
    return make_rater(make_meeting(world.cycle), world.user("attendee"))


@pytest.fixture
def attendee(world: World, client: Client) -> Client:
    client.force_login(world.user("attendee"))
    return client


def url(rater: Rater, deed: str) -> str:
    return reverse(f"reviews:sheet_{deed}", args=[rater.meeting_id])


def marks(world: World, *points: str) -> dict[str, Any]:
    lines = world.cycle.scheme.dimensions.all()
    items = {str(d.pk): {"points": p} for d, p in zip(lines, points, strict=True)}
    return {str(world.reporter.pk): {"items": items}}


def send(client: Client, rater: Rater, body: Any) -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(url(rater, "send"), text, content_type="application/json")


def test_the_page_has_everybody_but_the_own_organization(world: World, rater: Rater, attendee: Client):
    make_reporter(world.cycle, world.department, ReportMode.ORAL)
    make_sheet(rater, world.reporter, "90", "80")
    page = attendee.get(url(rater, "fill"))
    facts = page.context["facts"]

    assert [row["unit"] for row in facts["description"]["reporters"]] == ["甲乡党委", "乙镇党委"]
    assert facts["marks"] == {str(world.reporter.pk): marks(world, "90", "80")[str(world.reporter.pk)]}
    assert facts["revisions"] == {str(world.reporter.pk): 1}
    assert "<noscript>" in page.content.decode()


def test_thirty_reporters_cost_as_many_queries_as_two(world: World, rater: Rater, attendee: Client):
    with CaptureQueriesContext(connection) as few:
        attendee.get(url(rater, "fill"))
    for number in range(28):
        make_reporter(world.cycle, make_organization(f"丙{number}乡党委", world.county), ReportMode.WRITTEN)
    with CaptureQueriesContext(connection) as many:
        attendee.get(url(rater, "fill"))

    assert len(many) == len(few)


def test_a_sending_is_acknowledged_with_its_time(world: World, rater: Rater, attendee: Client):
    answer = send(attendee, rater, {"key": KEY, "marks": marks(world, "90", "80"), "revisions": {}})

    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert answer.json()["revisions"] == {str(world.reporter.pk): 1}
    assert ScoreSheet.objects.submitted().count() == 1


def test_the_same_key_with_another_body_is_422(world: World, rater: Rater, attendee: Client):
    send(attendee, rater, {"key": KEY, "marks": marks(world, "90", "80")})
    answer = send(attendee, rater, {"key": KEY, "marks": marks(world, "10", "80")})

    assert (answer.status_code, answer.json()["message"]) == (422, "同一次提交的内容前后不一致，没有计入，请重新提交。")


def test_marked_elsewhere_is_409_with_both(world: World, rater: Rater, attendee: Client):
    make_sheet(rater, world.reporter, "60", "60")
    answer = send(attendee, rater, {"key": KEY, "marks": marks(world, "90", "80"), "revisions": {}})

    assert answer.status_code == 409
    assert answer.json()["theirs"] == marks(world, "60", "60")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        "9" * 5000,
        "[" * 100_000,
        {"key": KEY},
        {"key": "short", "marks": {}},
        {"key": "\x00" * 32},
    ],
)
def test_what_is_no_sheet_is_refused_in_words(rater: Rater, attendee: Client, body: Any):
    answer = send(attendee, rater, body)

    assert answer.status_code == 422
    assert answer.json()["message"]


def test_a_page_of_the_rehearsal_sends_nothing_into_the_meeting(world: World, rater: Rater, attendee: Client):
    body = {"key": KEY, "marks": marks(world, "90", "80"), "rehearsal": True}
    assert "演练和正式会议" in send(attendee, rater, body).json()["message"]
    assert not ScoreSheet.objects.exists()

    Meeting.objects.update(rehearsing=True)
    assert "现在是演练" in attendee.get(url(rater, "fill")).content.decode()
    assert send(attendee, rater, body).status_code == 200


def test_who_is_no_longer_signed_in_is_sent_to_sign_in(world: World, rater: Rater, client: Client):
    answer = send(client, rater, {"key": KEY, "marks": marks(world, "90", "80")})

    assert answer.status_code == 302
    assert not ScoreSheet.objects.exists()


def test_the_clerk_sees_how_many_are_out_and_calls(world: World, rater: Rater, client: Client):
    make_sheet(rater, world.reporter, "60", "60")
    client.force_login(world.user("clerk"))
    progress = reverse("reviews:scoring_progress", args=[rater.meeting_id])
    assert client.get(progress).context["out"] == 1

    assert client.post(url(rater, "call"), {"grace_seconds": "很久"}, follow=True).status_code == 200
    assert Meeting.objects.get().sheets_close_at is None
    page = client.post(url(rater, "call"), {"grace_seconds": "90"}, follow=True).content.decode()
    assert "还在等 1 人" in page
    assert world.user("attendee").person.name not in page.split("</header>")[-1]
    page = client.post(url(rater, "resume"), follow=True).content.decode()
    assert "宣布收表" in page
