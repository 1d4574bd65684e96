import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_cycle
from tests.world import World

pytestmark = pytest.mark.django_db


def page(organization) -> str:
    return reverse("reviews:subordinate_list", args=[organization.pk, 2026])


def test_a_superior_finds_it_without_a_cycle_of_its_own(world: World, client: Client) -> None:
    client.force_login(world.user("superior"))
    assert (
        reverse("reviews:subordinate_list", args=[world.city.pk, 2026])[:-5]
        in client.get(reverse("reporting:cycle_list")).content.decode()
    )
    words = client.get(page(world.city)).content.decode()
    assert "某县委（X）" in words
    assert "已启动，未定会期" in words
    assert "合计（本级与全部下级）" in words


def test_nobody_sees_sideways_or_upwards(world: World, client: Client) -> None:
    client.force_login(world.user("sibling_clerk"))
    assert [client.get(page(each)).status_code for each in (world.city, world.county, world.sibling)] == [404, 404, 200]


def test_it_is_reached_from_the_board_and_filtered(world: World, client: Client) -> None:
    make_cycle(world.township)
    client.force_login(world.user("clerk"))
    board = client.get(reverse("reporting:cycle_show", args=[world.cycle.pk])).content.decode()
    assert page(world.county) in board
    found = client.get(page(world.county), {"standing": "opened", "q": "甲乡"}).context["page_obj"]
    assert [row.organization for row in found] == [world.township]
    assert "没有符合条件的单位" in client.get(page(world.county), {"standing": "held"}).content.decode()
