import pytest
from django.test import Client
from django.urls import reverse

from overview.duties import duties_of
from rectification.models import Inquiry
from rectification.papers.inquiries import content
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def test_from_the_office_to_the_person_and_back(world: World) -> None:
    office = signed_in(world, "clerk")
    data = {
        "committee": world.county.pk,
        "kind": "letter",
        "post": world.reporter.post_id,
        "by_whom": "***",
        "reason": "整改**滞后",
        "demands": "说明",
        "due_text": "X日内",
    }
    assert office.post(reverse("rectification:inquiry_create"), data).status_code == 302
    letter = Inquiry.objects.get()
    person = signed_in(world, "secretary")
    (duty,) = [duty for duty in duties_of(world.user("secretary")) if duty.title == "答复函询"]
    assert "整改" in person.get(reverse("rectification:inquiry_show", args=[letter.pk])).content.decode()
    assert person.post(duty.url, {"text": "情况***"}).status_code == 302
    close = reverse("rectification:inquiry_close", args=[letter.pk])
    assert office.post(close, {"conclusion": "了结"}).status_code == 302
    html = office.get(reverse("rectification:inquiry_list")).content.decode()
    assert "已办结" in html
    paper = content(letter.pk)
    assert [part.title for part in paper.parts] == ["函询通知书", "函询答复"]
    assert "整改**滞后" in paper.parts[0].html


def test_nothing_typed_is_lost_when_something_is_missing(world: World) -> None:
    response = signed_in(world, "clerk").post(
        reverse("rectification:inquiry_create"),
        {"committee": world.county.pk, "kind": "letter", "reason": "很长的事由"},
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "很长的事由" in html
    assert not Inquiry.objects.exists()
