import pytest
from django.test import Client
from django.urls import reverse

from tests.reviews.rows_of_meetings import set_up_meeting
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


def test_from_the_first_button_to_the_last(client: Client) -> None:
    world: World = build_world()
    meeting = set_up_meeting(world)
    client.force_login(world.user("clerk"))

    def press(name: str) -> str:
        return client.post(reverse(f"reviews:rehearsal_{name}", args=[meeting.pk]), follow=True).content.decode()

    assert "正在演练" in press("begin")
    assert "已填入模拟" in press("fill")
    live = client.get(reverse("reviews:meeting_live", args=[meeting.pk])).content.decode()
    assert "【演练】" in live
    assert "已走完全部述职和议程" in press("run")
    page = press("end")
    assert "演练没有留下任何数据" in page
    assert "现在没有在演练" in press("end")
