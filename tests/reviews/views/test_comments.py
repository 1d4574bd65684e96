import pytest
from django.test import Client
from django.urls import reverse

from reviews.actions.agenda import set_commenters
from reviews.actions.live import start_slot
from reviews.models import Comment, Meeting
from tests.reviews.rows_of_meetings import leader_of, opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    meeting = opened_meeting(world)
    set_commenters(meeting.slots.get(), commenters=[leader_of(world)], by=world.user("clerk"))
    return meeting


def address(world: World, meeting: Meeting, name: str = "comment_edit") -> str:
    about = [meeting.pk, world.reporter.pk, leader_of(world).pk]
    return reverse(f"reviews:{name}", args=about)


def form_of(**more: object) -> dict[str, object]:
    return {
        "revision": 0,
        "praise": "成绩***",
        "demand": "要求",
        "problems-TOTAL_FORMS": 2,
        "problems-INITIAL_FORMS": 0,
        "problems-0-text": "第二个",
        "problems-0-ORDER": 2,
        "problems-1-text": "第一个",
        "problems-1-ORDER": 1,
    } | more


def test_drafted_finalized_seen_by_the_reporter(world: World, meeting: Meeting, client: Client) -> None:
    client.force_login(world.user("leader"))
    url = address(world, meeting)
    assert client.post(url, form_of(save="1")).status_code == 302
    comment = Comment.objects.get()
    assert list(comment.problems.values_list("text", flat=True)) == ["第一个", "第二个"]
    listed = reverse("reviews:comment_list", args=[meeting.pk])
    client.force_login(world.user("secretary"))
    assert "成绩***" not in client.get(listed).content.decode()
    client.force_login(world.user("leader"))
    client.post(url, form_of(revision=1, finalize="1"))
    client.force_login(world.user("secretary"))
    page = client.get(listed).content.decode()
    assert "成绩***" in page
    assert "第一个" in page
    client.force_login(world.user("other_secretary"))
    assert "成绩***" not in client.get(listed).content.decode()


def test_no_problem_named_asks_twice_and_loses_nothing(world: World, meeting: Meeting, client: Client) -> None:
    client.force_login(world.user("leader"))
    url = address(world, meeting)
    data = form_of(**{"problems-TOTAL_FORMS": 0, "finalize": "1"})
    page = client.post(url, data).content.decode()
    assert "没有指出问题" in page
    assert "成绩***" in page
    assert 'type="checkbox" name="confirmed"' in page
    assert client.post(url, data | {"confirmed": "on"}).status_code == 302
    assert Comment.objects.get().is_final


def test_two_people_at_one_comment(world: World, meeting: Meeting, client: Client) -> None:
    client.force_login(world.user("leader"))
    url = address(world, meeting)
    client.post(url, form_of(save="1"))
    client.force_login(world.user("clerk"))
    answer = client.post(url, form_of(save="1", praise="代录的成绩"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "成绩***" in page
    assert "代录的成绩" in page


def test_the_automatic_save_keeps_its_contract(world: World, meeting: Meeting, client: Client) -> None:
    client.force_login(world.user("leader"))
    url = address(world, meeting, "comment_save")
    first = {"revision": 0, "save_id": "a", "changed": ["praise"], "praise": "甲"}
    answer = client.post(url, first).json()
    assert (answer["ok"], answer["revision"]) == (True, 1)
    assert client.post(url, first).json() == answer
    rows = {
        "revision": 1,
        "save_id": "b",
        "changed": ["problems-0-text"],
        "problems-TOTAL_FORMS": 1,
        "problems-INITIAL_FORMS": 0,
        "problems-0-text": "问题",
        "problems-0-ORDER": 1,
    }
    assert client.post(url, rows).json()["revision"] == 2
    comment = Comment.objects.get()
    assert (comment.praise, comment.problems.get().text) == ("甲", "问题")
    late = client.post(url, first | {"save_id": "c", "praise": "乙"})
    assert late.status_code == 409
    told = late.json()
    assert told["theirs"] == {"praise": "甲", "demand": "", "problems-0-text": "问题"}
    assert (told["revision"], told["by"]) == (2, "钱某")
    client.post(address(world, meeting), form_of(revision=2, finalize="1"))
    assert client.post(url, first | {"save_id": "d", "revision": 3}).status_code == 423


def test_a_final_comment_is_taken_back_with_a_reason(world: World, meeting: Meeting, client: Client) -> None:
    client.force_login(world.user("leader"))
    client.post(address(world, meeting), form_of(finalize="1"))
    comment = Comment.objects.get()
    assert "<textarea" not in client.get(address(world, meeting)).content.decode()
    url = reverse("reviews:comment_reopen", args=[comment.pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    client.post(url, {"reason": "数字有误"})
    comment.refresh_from_db()
    assert not comment.is_final
    assert "数字有误" in client.get(address(world, meeting)).content.decode()


def test_on_whose_behalf(world: World, meeting: Meeting, client: Client) -> None:
    about = [meeting.pk, world.other_reporter.pk]
    url = reverse("reviews:comment_choose", args=about)
    client.force_login(world.user("clerk"))
    assert "钱某" in client.get(url).content.decode()
    client.force_login(world.user("leader"))
    own = reverse("reviews:comment_edit", args=[*about, leader_of(world).pk])
    assert client.get(url).url == own


def test_a_save_from_a_page_of_nothing_is_told_so(world: World, meeting: Meeting, client: Client) -> None:
    client.force_login(world.user("leader"))
    first = {"revision": 7, "save_id": "a\x00", "changed": ["praise"], "praise": "甲"}
    assert client.post(address(world, meeting, "comment_save"), first).status_code == 423
    assert not Comment.objects.exists()


def test_a_problem_the_automatic_save_already_stored_is_not_taken_for_blank(
    world: World, meeting: Meeting, client: Client
) -> None:
    client.force_login(world.user("leader"))
    rows = {"problems-TOTAL_FORMS": 1, "problems-0-text": "抓得不实", "problems-0-ORDER": 1}
    saved = form_of(**rows, save_id="s1", changed=["problems-0-text"])
    assert client.post(address(world, meeting, "comment_save"), saved).status_code == 200
    assert client.post(address(world, meeting), form_of(**rows, revision=1, finalize="1")).status_code == 302
    assert list(Comment.objects.get().problems.values_list("text", flat=True)) == ["抓得不实"]


def test_one_click_to_who_is_at_the_lectern(world: World, meeting: Meeting, client: Client) -> None:
    """S-95."""
    client.force_login(world.user("leader"))
    url = reverse("reviews:comment_current", args=[meeting.pk])
    assert "点评当前述职人" in client.get(reverse("reviews:meeting_screen", args=[meeting.pk])).content.decode()
    assert client.get(url).headers["Location"] == reverse("reviews:comment_list", args=[meeting.pk])
    start_slot(meeting.slots.get(), by=world.user("clerk"))
    assert client.get(url).headers["Location"] == address(world, meeting)
    client.force_login(world.user("superior"))
    assert "没有安排您点评" in client.get(url, follow=True).content.decode()
