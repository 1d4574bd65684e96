import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Meeting
from tests.reviews.rows_of_meetings import add_reporter, leader_of, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def rows_of(meeting: Meeting) -> dict[str, object]:
    """The page's form as it would be sent back untouched."""
    data: dict[str, object] = {"revision": meeting.agenda_revision, "items-INITIAL_FORMS": 4}
    items = list(meeting.agenda_items.all())
    data["items-TOTAL_FORMS"] = len(items)
    for index, item in enumerate(items):
        row = {"id": item.pk, "kind": item.kind, "title": item.title, "speaker": item.speaker, "ORDER": index + 1}
        data |= {f"items-{index}-{name}": value for name, value in row.items()}
    return data


def test_an_item_less_changes_the_total_everywhere(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:agenda_edit", args=[meeting.pk])
    assert "现在共有4项议程" in clerk.get(url).content.decode()
    answer = clerk.post(url, rows_of(meeting) | {"items-1-DELETE": "on"}, follow=True)
    assert "现在共有3项议程" in answer.content.decode()
    script = clerk.get(reverse("reviews:script_edit", args=[meeting.pk])).content.decode()
    assert "今天的会议共有3项议程" in script


def test_order_is_what_was_sent_and_rows_are_added(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    data = rows_of(meeting) | {
        "items-TOTAL_FORMS": 5,
        "items-4-kind": "decision",
        "items-4-title": "宣读《XX决定》",
        "items-4-ORDER": 0,
    }
    clerk.post(reverse("reviews:agenda_edit", args=[meeting.pk]), data)
    assert meeting.agenda_items.first().title == "宣读《XX决定》"
    assert meeting.agenda_items.count() == 5


def test_a_stale_agenda_shows_both(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:agenda_edit", args=[meeting.pk])
    data = rows_of(meeting)
    clerk.post(url, data | {"items-0-title": "先存的"})
    answer = clerk.post(url, data | {"items-0-title": "后存的"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "先存的" in page
    assert 'value="后存的"' in page
    assert meeting.agenda_items.first().title == "先存的"


def test_a_missing_title_is_named_and_nothing_is_lost(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    url = reverse("reviews:agenda_edit", args=[meeting.pk])
    data = rows_of(meeting) | {"items-0-title": "", "items-1-title": "留着的字"}
    page = clerk.post(url, data).content.decode()
    assert "留着的字" in page
    assert "还有内容需要补充" in page


def test_new_reporters_are_announced_and_synchronized(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    add_reporter(world, "丙乡党委")
    url = reverse("reviews:agenda_edit", args=[meeting.pk])
    assert "丙乡党委" in clerk.get(url).content.decode()
    clerk.post(url, rows_of(meeting) | {"slot": "sync-0"})
    assert meeting.slots.count() == 2
    first, second = meeting.slots.all()
    answer = clerk.post(url, rows_of(meeting) | {"slot": f"up-{second.pk}"})
    assert answer["Location"] == f"{url}#slots"
    assert list(meeting.slots.all()) == [second, first]
    # Nothing was typed, so nothing was stored but the order.
    assert Meeting.objects.get().agenda_revision == meeting.agenda_revision


def test_moving_a_slot_keeps_what_was_typed_above(world: World, clerk: Client) -> None:
    add_reporter(world, "丙乡党委")
    meeting = set_up_meeting(world)
    first, second = meeting.slots.all()
    url = reverse("reviews:agenda_edit", args=[meeting.pk])
    clerk.post(url, rows_of(meeting) | {"items-0-title": "刚写的", "slot": f"down-{first.pk}"})
    assert list(meeting.slots.all()) == [second, first]
    assert meeting.agenda_items.first().title == "刚写的"


def test_a_fault_above_stops_the_move_and_keeps_the_words(world: World, clerk: Client) -> None:
    add_reporter(world, "丙乡党委")
    meeting = set_up_meeting(world)
    first, second = meeting.slots.all()
    data = rows_of(meeting) | {"items-0-title": "", "items-1-title": "留着的字", "slot": f"down-{first.pk}"}
    page = clerk.post(reverse("reviews:agenda_edit", args=[meeting.pk]), data).content.decode()
    assert "留着的字" in page
    assert list(meeting.slots.all()) == [first, second]


def test_buttons_beside_a_slot_name_commenters_and_absence(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    slot = meeting.slots.get()
    url = reverse("reviews:agenda_edit", args=[meeting.pk])
    answer = clerk.post(url, rows_of(meeting) | {"slot": f"commenters-{slot.pk}"})
    assert answer["Location"] == reverse("reviews:slot_edit", args=[slot.pk])
    clerk.post(url, rows_of(meeting) | {"slot": f"absent-{slot.pk}"})
    assert meeting.slots.get().absent
    assert clerk.post(url, rows_of(meeting) | {"slot": "up-99999"}).status_code == 404
    assert clerk.post(url, rows_of(meeting) | {"slot": "up-" + "9" * 5000}).status_code == 302


def test_commenters_are_chosen_and_refusals_stand_at_the_field(world: World, clerk: Client) -> None:
    meeting = set_up_meeting(world)
    slot = meeting.slots.get()
    url = reverse("reviews:slot_edit", args=[slot.pk])
    assert clerk.post(url, {"commenters": [leader_of(world).pk]}).status_code == 302
    page = clerk.get(reverse("reviews:script_edit", args=[meeting.pk])).content.decode()
    assert "由钱某同志进行点评" in page
    slot.reporter.organization.posts.create(person=leader_of(world).person, title="第一书记", role="member")
    page = clerk.post(url, {"commenters": [leader_of(world).pk]}).content.decode()
    assert "不能点评本单位" in page


def test_too_long_a_meeting_suggests_writing(world: World, clerk: Client) -> None:
    for name in ("丙乡党委", "丁乡党委"):
        add_reporter(world, name)
    meeting = set_up_meeting(world, planned_minutes=20)
    # Three reporters of 8 + 3 minutes are 33; two in writing leave 11.
    page = clerk.get(reverse("reviews:agenda_edit", args=[meeting.pk])).content.decode()
    assert "建议将 2 名述职人改为书面述职" in page
