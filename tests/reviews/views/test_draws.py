import pytest
from django.test import Client
from django.urls import reverse

from tests.reviews.rows_of_meetings import add_reporter, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


def test_numbers_are_typed_and_faults_lose_nothing(world: World, client: Client) -> None:
    add_reporter(world, "丙乡党委")
    meeting = set_up_meeting(world)
    client.force_login(world.user("clerk"))
    url = reverse("reviews:draw_edit", args=[meeting.pk])
    first, second = meeting.slots.values_list("pk", flat=True)
    page = client.post(url, {"typed": "1", f"lot-{first}": "2", f"lot-{second}": "2"}).content.decode()
    assert "签号重复：2" in page
    assert 'value="2"' in page
    page = client.post(url, {"typed": "1", f"lot-{first}": "2", f"lot-{second}": "1"}, follow=True).content.decode()
    assert "抽签结果已记录" in page
    assert meeting.slots.first().pk == second


def test_slots_are_dragged(world: World, client: Client) -> None:
    add_reporter(world, "丙乡党委")
    meeting = set_up_meeting(world)
    client.force_login(world.user("clerk"))
    first, second = meeting.slots.values_list("pk", flat=True)
    data = {"revision": 1, "items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0, "slot": "order-0"}
    url = reverse("reviews:agenda_edit", args=[meeting.pk])
    page = client.post(url, data | {"order": f"{second},{first}"}, follow=True).content.decode()
    assert "述职顺序已调整" in page
    assert meeting.slots.first().pk == second
    page = client.post(url, data | {"order": f"{second}"}, follow=True).content.decode()
    assert "没有调整顺序" in page
