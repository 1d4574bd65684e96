import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from reviews.actions.live import start_slot
from reviews.models import Meeting
from tests.reviews.rows_of_meetings import add_reporter, opened_meeting
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    cache.clear()
    return build_world()


@pytest.fixture
def meeting(world: World) -> Meeting:
    add_reporter(world, "丙乡党委")
    return opened_meeting(world)


def test_the_wall_needs_no_session_and_shows_no_buttons_and_no_marks(meeting: Meeting, client: Client) -> None:
    page = client.get(meeting.screen_url).content.decode()
    assert "述职点评" in page
    assert "slots/" not in page
    assert "data-wall-full" in page


def test_a_screen_is_answered_only_when_something_changed(
    world: World, meeting: Meeting, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    url = reverse("reviews:screen_follow", args=[meeting.screen_token])
    answer = client.get(url)
    assert "<html" not in answer.content.decode()
    tag = answer["ETag"]
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        start_slot(meeting.slots.first(), by=world.user("clerk"))
    changed = client.get(url, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "张某" in changed.content.decode()


def test_what_lies_in_the_cache_costs_no_query(
    meeting: Meeting, client: Client, django_assert_num_queries: object
) -> None:
    """A thousand screens ask every 2.5 seconds."""
    url = reverse("reviews:screen_follow", args=[meeting.screen_token])
    client.get(url)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get(url).status_code == 200


def test_a_long_name_leaves_room_for_the_time(world: World, meeting: Meeting, client: Client) -> None:
    slot = meeting.slots.order_by("position").first()
    assert slot is not None
    person = slot.reporter.post.person
    for name, is_long in (("张某", False), ("阿卜杜热合曼·买买提依明·阿不都克里木江", True)):
        person.name = name
        person.save()
        cache.clear()
        if not is_long:
            start_slot(slot, by=world.user("clerk"))
        page = client.get(meeting.screen_url).content.decode()
        assert name in page
        assert ("live-name is-long" in page) is is_long


def test_an_old_link_shows_nothing(world: World, meeting: Meeting, client: Client) -> None:
    old = meeting.screen_token
    client.force_login(world.user("clerk"))
    client.post(reverse("reviews:screen_renew", args=[meeting.pk]))
    cache.clear()
    assert client.get(reverse("reviews:screen_follow", args=[old])).status_code == 404
    assert client.get(reverse("reviews:screen_show", args=[old])).status_code == 404
    meeting.refresh_from_db()
    assert client.get(meeting.screen_url).status_code == 200


def test_whoever_is_signed_in_follows_with_the_menu_around_it(world: World, meeting: Meeting, client: Client) -> None:
    client.force_login(world.user("secretary"))
    page = client.get(reverse("reviews:meeting_screen", args=[meeting.pk])).content.decode()
    assert "data-live-public" in page
    assert "slots/" not in page
