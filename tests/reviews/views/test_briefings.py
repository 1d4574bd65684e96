import pytest
from django.test import Client
from django.urls import reverse

from reviews.actions.agenda import set_commenters
from tests.reviews.rows_of_meetings import leader_of, set_up_meeting
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


def test_edited_by_the_clerk_and_seen_by_the_commenter(client: Client) -> None:
    world: World = build_world()
    meeting, leader = set_up_meeting(world), leader_of(world)
    set_commenters(meeting.slots.get(), commenters=[leader], by=world.user("clerk"))
    client.force_login(world.user("clerk"))
    url = reverse("reviews:briefing_edit", args=[meeting.pk, world.reporter.pk])
    data = {"strengths": "一条亮点", "problems": "一个问题", "questions": "", "revision": 0}
    assert "已保存" in client.post(url, data, follow=True).content.decode()
    page = client.post(url, data | {"problems": "后来的"})
    assert page.status_code == 409
    assert "后来的" in page.content.decode()
    assert "一个问题" in page.content.decode()
    client.force_login(world.user("leader"))
    assert client.get(reverse("reviews:briefing_list", args=[meeting.pk])).status_code == 200
    desk = reverse("reviews:comment_edit", args=[meeting.pk, world.reporter.pk, leader.pk])
    assert "一条亮点" in client.get(desk).content.decode()
    assert client.post(url, data).status_code == 403


def test_the_draft_is_shown_in_the_list(client: Client) -> None:
    world: World = build_world()
    meeting = set_up_meeting(world)
    client.force_login(world.user("clerk"))
    page = client.get(reverse("reviews:briefing_list", args=[meeting.pk])).content.decode()
    assert "自动起草" in page
    assert "按点评人成册" in page
