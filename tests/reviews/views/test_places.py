import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Meeting
from tests.reviews.rows_of_meetings import add_reporter, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


@pytest.fixture
def meetings(world: World) -> list[Meeting]:
    return [set_up_meeting(world), set_up_meeting(world)]


def test_one_meeting_needs_no_division(world: World, clerk: Client) -> None:
    set_up_meeting(world)
    page = clerk.get(reverse("reviews:place_edit", args=[world.cycle.pk])).content.decode()
    assert "只有一次述职评议会" in page


def test_a_domain_is_placed_as_a_whole_and_who_is_in_none_is_shown(
    world: World, clerk: Client, meetings: list[Meeting]
) -> None:
    url = reverse("reviews:place_edit", args=[world.cycle.pk])
    late = add_reporter(world, "丙乡党委")
    assert f"还有 1 名述职人没有列入任何一次会议：</strong>{late.organization.label}" in clerk.get(url).content.decode()
    data = {f"reporter-{pk}": "" for pk in world.cycle.reporters.values_list("pk", flat=True)}
    domains = set(world.cycle.reporters.values_list("organization__domain", flat=True))
    data |= {f"domain-{domain}": str(meetings[1].pk) for domain in domains}
    page = clerk.post(url, data, follow=True).content.decode()
    assert "全部述职人都已列入会议" in page
    assert meetings[1].reporters.count() == world.cycle.reporters.count()


def test_halls_are_kept_and_printed_names_appear(world: World, clerk: Client, meetings: list[Meeting]) -> None:
    data = {
        "venues-TOTAL_FORMS": 1,
        "venues-INITIAL_FORMS": 0,
        "venues-0-name": "柳河分会场",
        "venues-0-place": "三楼",
        "venues-0-ORDER": 1,
    }
    page = clerk.post(reverse("reviews:venue_edit", args=[meetings[0].pk]), data, follow=True).content.decode()
    assert "柳河分会场（三楼）" in page
