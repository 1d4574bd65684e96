import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from common import clock
from reviews.actions.screens import renew_screen_link
from reviews.models import Attendee, Meeting
from reviews.models.meeting_facts import gather_facts
from reviews.rules.doors import DOOR_SECONDS
from tests.reviews.rows_of_meetings import set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def form_of(revision: int = 1, **more: object) -> dict[str, object]:
    return {
        "revision": revision,
        "total_text": "",
        "guests-TOTAL_FORMS": 1,
        "guests-INITIAL_FORMS": 0,
        "guests-0-name": "***",
        "guests-0-unit": "市委组织部",
        "guests-0-post": "副部长",
        "groups-TOTAL_FORMS": 2,
        "groups-INITIAL_FORMS": 0,
        "groups-0-name": "县委常委",
        "groups-0-members": "张三 县委 副书记\n*** 县委 常委",
        "groups-1-name": "群众代表",
        "groups-1-count_text": "***",
    } | more


def test_lines_and_masked_figures_are_kept_and_the_rest_is_added(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:attendance_edit", args=[meeting.pk])
    page = clerk.post(url, form_of(), follow=True).content.decode()
    assert "共2人（另有1类人数未计）" in page
    assert "1 类的人数不是确数" in page
    assert "张三 县委 副书记\n*** 县委 常委" in page
    script = clerk.get(reverse("reviews:script_edit", args=[meeting.pk])).content.decode()
    assert "出席指导今天会议的有：市委组织部副部长***同志。（大家欢迎）" in script
    # A bracket cannot be read aloud.
    assert "参加会议的有：县委常委，群众代表，共2人以上。" in script


def test_a_typed_total_prints_as_typed(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    clerk.post(reverse("reviews:attendance_edit", args=[meeting.pk]), form_of(total_text="130多人"))
    assert gather_facts(Meeting.objects.get()).total_words == "共130多人"


def test_stale_and_incomplete(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:attendance_edit", args=[meeting.pk])
    page = clerk.post(url, form_of(**{"guests-0-name": ""})).content.decode()
    assert "请填写姓名" in page
    assert "市委组织部" in page
    clerk.post(url, form_of())
    answer = clerk.post(url, form_of(**{"groups-0-name": "后来的"}))
    assert answer.status_code == 409
    assert "对方保存的参会人员" in answer.content.decode()
    assert 'value="后来的"' in answer.content.decode()


def test_ticking_who_came(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    clerk.post(reverse("reviews:attendance_edit", args=[meeting.pk]), form_of())
    url = reverse("reviews:attendance_check", args=[meeting.pk])
    zhang = Attendee.objects.get(name="张三")
    page = clerk.post(url, {"present": [zhang.pk, "x"]}, follow=True).content.decode()
    assert "名单 3 人，已登记到会 1 人" in page


def test_two_doors_do_not_undo_each_others_ticks(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    clerk.post(reverse("reviews:attendance_edit", args=[meeting.pk]), form_of())
    url = reverse("reviews:attendance_check", args=[meeting.pk])
    first, second = Attendee.objects.order_by("pk")[:2]
    clerk.post(url, {"present": [first.pk]})
    clerk.post(url, {"present": [second.pk]})  # this page was opened before the first one was saved
    assert set(Attendee.objects.filter(present=True)) == {first, second}
    clerk.post(url, {"present": [second.pk], "shown": [first.pk, second.pk]})
    assert set(Attendee.objects.filter(present=True)) == {second}


def test_the_screen_at_the_door_follows_by_its_link_alone(world: World, client: Client) -> None:
    meeting = set_up_meeting(world)
    group = meeting.attendance_groups.create(name="某类")
    attendee = group.attendees.create(name="***")
    morning = dt.datetime(2027, 1, 12, 1, tzinfo=dt.UTC)
    ajax = {"X-Requested-With": "XMLHttpRequest"}
    with clock.at(morning):
        first = client.get(meeting.door_url, headers=ajax)
        again = client.get(meeting.door_url, headers=ajax | {"If-None-Match": first["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304)
        attendee.present = True
        attendee.save()
        came = client.get(meeting.door_url, headers=ajax | {"If-None-Match": first["ETag"]})
        assert "已到会 <strong>1</strong> 人" in came.content.decode()
    with clock.at(morning + dt.timedelta(seconds=DOOR_SECONDS)):
        later = client.get(meeting.door_url, headers=ajax | {"If-None-Match": came["ETag"]})
        assert later.status_code == 200
    assert client.get(reverse("reviews:door_show", args=[meeting.pk, "0" * 32])).status_code == 404
    old = meeting.door_url
    renew_screen_link(meeting, by=world.user("clerk"))
    assert client.get(old).status_code == 404


def test_garbage_among_the_ticks_is_nobody(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:attendance_check", args=[meeting.pk])
    assert clerk.post(url, {"present": ["9" * 5000, "²", str(2**70)]}).status_code == 302


def test_scanned_on_a_phone_the_button_signs_in_and_looking_does_not(world: World, client: Client) -> None:
    """S-88: without signing in to the system."""
    cache.clear()  # tries are counted there, by a number that other tests have had too
    meeting = set_up_meeting(world)
    group = meeting.attendance_groups.create(name="某类")
    attendee = group.attendees.create(name="***", unit="某镇", code="abc")
    url = reverse("reviews:attendance_sign", args=["abc"])
    assert "确认签到" in client.get(url).content.decode()
    attendee.refresh_from_db()
    assert attendee.present is None
    wrong = client.post(url, {"door_code": ""})
    assert wrong.status_code == 422
    assert "到会码不对，或者已经更换" in wrong.content.decode()
    screen = client.get(meeting.door_url)
    code = screen.context["code"]
    assert code in screen.content.decode()
    typed = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert "已签到" in client.post(url, {"door_code": f" {typed}"}, follow=True).content.decode()
    attendee.refresh_from_db()
    assert attendee.present is True
    assert client.get(reverse("reviews:attendance_sign", args=["other"])).status_code == 404
    client.force_login(world.user("clerk"))
    page = client.get(reverse("reviews:attendance_check", args=[meeting.pk])).content.decode()
    assert "到会统计" in page
    assert "不在名单中" in page
