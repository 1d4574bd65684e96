import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from reporting.models import FiveOneSheet
from tests.factories import make_cycle, make_organization
from tests.reporting.rows import noon
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    for position in (1, 2):
        world.cycle.scheme.tasks.create(name=f"第{position}件事", position=position)
    return world


def address(world: World) -> str:
    return reverse("reporting:five_one_show", args=[world.cycle.pk, world.township.pk])


def test_written_by_the_organization_and_counted_on_the_board(world: World, client: Client) -> None:
    first, second = world.cycle.scheme.tasks.all()
    client.force_login(world.user("staff"))
    data = {"revision": 0, f"task_{first.pk}_is_done": "on", f"task_{second.pk}_text": "去了X次"}
    page = client.post(address(world), data)
    assert "标为已经完成的，请写明做了什么。" in page.content.decode()
    assert client.post(address(world), data | {f"task_{first.pk}_text": "培树***"}).status_code == 302
    assert "1/2" in client.get(address(world)).content.decode()
    client.force_login(world.user("clerk"))
    board = client.get(reverse("reporting:five_one_list", args=[world.cycle.pk])).context
    assert [(place.code, done) for place, _found, done in board["rows"]] == [("X1", 1), ("X2", 0), ("X3", 0)]
    assert "培树***" in client.get(address(world)).content.decode()
    assert client.post(address(world), data).status_code == 403


def test_the_slower_of_two_is_told(world: World, client: Client) -> None:
    sheet = FiveOneSheet.objects.create(cycle=world.cycle, organization=world.township, revision=4)
    client.force_login(world.user("staff"))
    answer = client.post(address(world), {"revision": 1})
    assert (answer.status_code, answer.context["form"]["revision"].value()) == (409, str(sheet.revision))


def test_the_board_asks_as_often_for_many_as_for_few(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    board = reverse("reporting:five_one_list", args=[world.cycle.pk])

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(board)
        return len(queries)

    client.get(board)
    few = asked()
    for number in range(20):
        place = make_organization(f"某{number}镇党委", world.county)
        FiveOneSheet.objects.create(cycle=world.cycle, organization=place)
    assert asked() == few


def test_next_year_opened_early_does_not_come_between(world: World, client: Client) -> None:
    with clock.at(noon(2026, 11, 20)):
        make_cycle(world.county, 2027, phase="preparation")
        client.force_login(world.user("secretary"))
        own = client.get(reverse("reporting:five_one_own"))
        assert own["Location"] == reverse("reporting:five_one_show", args=[world.cycle.pk, world.township.pk])
        work = client.get(reverse("reporting:work_show", args=[world.township.pk]))
        assert (work.context["year"], work.context["years"]) == (2026, [2027, 2026])
        client.force_login(world.user("clerk"))
        home = client.get("/")
        assert [each.cycle.year for each in home.context["years"]] == [2026, 2027]
