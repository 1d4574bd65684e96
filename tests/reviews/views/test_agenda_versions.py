import pytest
from django.test import Client
from django.urls import reverse

from tests.reviews.rows_of_meetings import set_up_meeting
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


def test_published_from_the_page(client: Client) -> None:
    world: World = build_world()
    meeting = set_up_meeting(world)
    client.force_login(world.user("clerk"))
    url = reverse("reviews:agenda_publish", args=[meeting.pk])
    assert "议程还没有发布过" in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    assert "与已发布的第 1 版一致" in page
    client.force_login(world.user("leader"))
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 403
