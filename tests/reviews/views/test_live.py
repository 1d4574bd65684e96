import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Meeting
from reviews.rules.meetings import SlotState
from tests.reviews.rows_of_meetings import add_reporter, opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    add_reporter(world, "丙乡党委")
    return opened_meeting(world)


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def press(client: Client, name: str, pk: int, **data: str) -> str:
    return client.post(reverse(f"reviews:{name}", args=[pk]), data, follow=True).content.decode()


def test_through_the_slots_by_the_buttons(meeting: Meeting, clerk: Client) -> None:
    first, second = meeting.slots.all()
    page = clerk.get(reverse("reviews:meeting_live", args=[meeting.pk])).content.decode()
    assert "开始述职：张某" in page
    page = press(clerk, "slot_start", first.pk)
    assert "转入点评" in page
    assert "data-countdown-until" in page
    page = press(clerk, "slot_comment", first.pk)
    assert "下一位" in page
    press(clerk, "slot_finish", first.pk, call_next="1")
    assert [slot.state for slot in meeting.slots.all()] == [SlotState.DONE, SlotState.REPORTING]
    page = press(clerk, "slot_finish", second.pk)
    assert "下一项：" in page
    page = press(clerk, "item_show", meeting.agenda_items.all()[1].pk)
    assert "已转到该项议程" in page


def test_the_second_of_two_clerks_is_told(meeting: Meeting, clerk: Client) -> None:
    first, second = meeting.slots.all()
    press(clerk, "slot_start", first.pk)
    assert "现在是“正在述职”" in press(clerk, "slot_start", first.pk)
    assert "同一时间只能有一人述职" in press(clerk, "slot_start", second.pk)


def test_the_page_of_another_clerk_follows_with_its_buttons(meeting: Meeting, clerk: Client) -> None:
    url = reverse("reviews:meeting_live", args=[meeting.pk])
    headers = {"X-Requested-With": "XMLHttpRequest"}
    answer = clerk.get(url, headers=headers)
    assert "<html" not in answer.content.decode()
    tag = answer["ETag"]
    assert clerk.get(url, headers=headers | {"If-None-Match": tag}).status_code == 304
    press(clerk, "slot_start", meeting.slots.first().pk)
    changed = clerk.get(url, headers=headers | {"If-None-Match": tag})
    assert "转入点评" in changed.content.decode()


def test_a_button_from_an_earlier_state_does_nothing(meeting: Meeting, clerk: Client) -> None:
    first, second = meeting.slots.all()
    press(clerk, "slot_start", first.pk)
    seen = str(Meeting.objects.get(pk=meeting.pk).live_revision)
    press(clerk, "slot_finish", first.pk, call_next="1", seen=seen)
    assert "已由他人推进" in press(clerk, "slot_finish", second.pk, call_next="1", seen=seen)
    assert meeting.slots.last().state == SlotState.REPORTING


def test_paused_skipped_absent_written_and_added(meeting: Meeting, clerk: Client) -> None:
    first, second = meeting.slots.all()
    press(clerk, "slot_start", first.pk)
    assert "data-countdown-left" in press(clerk, "slot_pause", first.pk)
    assert "data-countdown-until" in press(clerk, "slot_resume", first.pk)
    press(clerk, "slot_postpone", first.pk)
    assert [slot.pk for slot in meeting.slots.all()] == [second.pk, first.pk]
    assert "改为书面述职" in press(clerk, "slot_absent", second.pk)
    assert "请填写此项" in press(clerk, "slot_turn_written", second.pk, reason="")
    assert "已改为书面述职" in press(clerk, "slot_turn_written", second.pk, reason="外出学习")
    assert "已增加一名大会述职人" in press(clerk, "slot_add", meeting.pk, reporter=str(second.reporter_id))
    press(clerk, "slot_start", first.pk)
    press(clerk, "slot_hear", first.pk)
    assert "述毕待点评" in press(clerk, "item_show", meeting.agenda_items.first().pk)
