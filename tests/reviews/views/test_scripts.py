import pytest
from django.test import Client
from django.urls import reverse

from reporting.models import BasisDocument
from reviews.actions.agenda import sync_slots
from reviews.models import HostingScript
from tests.reviews.rows_of_meetings import add_reporter, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def test_edits_are_kept_and_shown_before_they_would_be_lost(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:script_edit", args=[meeting.pk])
    text = "同志们：\r\n……\r\n**请注意**<b>&"
    clerk.post(url, {"text": text, "revision": 0})
    assert HostingScript.objects.get().text == "同志们：\n……\n**请注意**<b>&"
    assert "**请注意**&lt;b&gt;&amp;" in clerk.get(url).content.decode()
    add_reporter(world, "丙乡党委")
    sync_slots(meeting, by=world.user("clerk"))
    assert "又有变化" in clerk.get(url).content.decode()
    hub = clerk.get(reverse("reviews:meeting_show", args=[meeting.pk])).content.decode()
    assert "请核对主持词" in hub
    again = reverse("reviews:script_regenerate", args=[meeting.pk])
    assert "**请注意**&lt;b&gt;&amp;" in clerk.get(again).content.decode()
    page = clerk.post(again, {"revision": 1}, follow=True).content.decode()
    assert "丙乡党委书记" in page
    assert "请注意" not in page


def test_the_later_of_two_clerks_sees_both(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:script_edit", args=[meeting.pk])
    clerk.post(url, {"text": "先存的", "revision": 0})
    answer = clerk.post(url, {"text": "后存的", "revision": 0})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "先存的" in page
    assert "后存的" in page


def test_a_basis_document_chosen_for_the_meeting_is_cited(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    own = BasisDocument.objects.create(committee=world.county, title="责任制实施办法")
    above = BasisDocument.objects.create(committee=world.city, title="《**市意见》", number="X号")
    BasisDocument.objects.create(committee=world.sibling, title="邻县办法")
    url = reverse("reviews:meeting_edit", args=[meeting.pk])
    page = clerk.get(url)
    assert list(page.context["form"].fields["basis_documents"].queryset) == [above, own]
    facts = {"kind": meeting.kind, "title": meeting.title, "revision": meeting.revision, "basis": "按照安排"}
    assert clerk.post(url, facts | {"basis_documents": [own.pk, above.pk]}).status_code == 302
    page = clerk.get(reverse("reviews:script_edit", args=[meeting.pk])).content.decode()
    assert "按照安排，依据《**市意见》《责任制实施办法》，今天我们召开" in page
    assert "《**市意见》（X号）" in page


def test_leaders_read_and_do_not_write(world: World, client: Client) -> None:
    meeting = set_up_meeting(world)
    client.force_login(world.user("leader"))
    url = reverse("reviews:script_edit", args=[meeting.pk])
    page = client.get(url).content.decode()
    assert "今天的会议就到这里，现在散会。" in page
    assert "<textarea" not in page
    assert client.post(url, {"text": "x", "revision": 0}).status_code == 403


@pytest.mark.parametrize("revision", ["²", "1e999", "9" * 5000, "\x00"])
def test_a_revision_that_is_none_is_told_as_stale(world: World, clerk: Client, revision: str) -> None:
    meeting = set_up_meeting(world)
    clerk.post(reverse("reviews:script_edit", args=[meeting.pk]), {"text": "改过的", "revision": 0})
    again = reverse("reviews:script_regenerate", args=[meeting.pk])
    assert clerk.post(again, {"revision": revision}, follow=True).status_code == 200
    assert HostingScript.objects.get().text == "改过的"
