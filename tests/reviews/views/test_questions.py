import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.models import Meeting, Question
from reviews.rules.meetings import SlotState
from tests.reviews.rows_of_meetings import add_reporter, leader_of, opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    return opened_meeting(world)


def test_noted_by_the_clerk_changed_and_answered_by_the_secretary(
    world: World, meeting: Meeting, client: Client
) -> None:
    client.force_login(world.user("clerk"))
    url = reverse("reviews:question_add", args=[meeting.pk, world.reporter.pk])
    facts = {"asker": leader_of(world).pk, "text": "经费***为何没有到位？", "answers_later": "on"}
    page = client.post(f"{url}?from=live", facts, follow=True)
    assert page.redirect_chain[-1][0] == reverse("reviews:meeting_live", args=[meeting.pk])
    question = Question.objects.get()
    stale = {"text": "问", "answer": "", "revision": 9}
    conflict = client.post(reverse("reviews:question_edit", args=[question.pk]), stale)
    assert conflict.status_code == 409
    assert "对方保存的内容" in conflict.content.decode()
    client.force_login(world.user("secretary"))
    page = client.get(reverse("reviews:question_list", args=[meeting.pk])).content.decode()
    assert "经费***为何没有到位？" in page
    assert "填写答复" in page
    answer = {"answer": "已列入预算。", "revision": 1}
    page = client.post(reverse("reviews:question_answer", args=[question.pk]), answer, follow=True).content.decode()
    assert "（会后）" in page


def test_the_list_costs_the_same_for_one_and_thirty(world: World, meeting: Meeting, client: Client) -> None:

    client.force_login(world.user("superior"))
    url = reverse("reviews:question_list", args=[meeting.pk])

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(url)
        return len(captured)

    def ask(reporter: object, text: str) -> None:
        Question.objects.create(
            meeting=meeting, reporter=reporter, asker=leader_of(world), text=text, recorded_by=world.user("clerk")
        )

    ask(world.reporter, "问")
    few = queries()
    for number in range(15):
        ask(add_reporter(world, f"第{number}乡党委"), f"问{number}")
        ask(world.reporter, f"又问{number}")
    assert queries() == few


def test_a_guest_is_named_by_the_clerk_and_stands_in_the_minutes(
    world: World, meeting: Meeting, client: Client
) -> None:
    client.force_login(world.user("clerk"))
    url = reverse("reviews:question_add", args=[meeting.pk, world.reporter.pk])
    both = {"asker": leader_of(world).pk, "asker_name": "市委组织部副部长XX", "text": "缺口怎么补？"}
    assert "请填写其中一个" in client.post(url, both).content.decode()
    assert (
        "请填写其中一个" in client.post(url, {"asker": "", "asker_name": "　", "text": "缺口怎么补？"}).content.decode()
    )
    page = client.post(url, both | {"asker": ""}, follow=True).content.decode()
    assert "市委组织部副部长XX" in page
    question = Question.objects.get()
    assert (question.asker, question.asker_label) == (None, "市委组织部副部长XX")
    meeting.slots.update(state=SlotState.DONE)
    minutes = client.get(reverse("reviews:minutes_edit", args=[meeting.pk])).content.decode()
    assert "市委组织部副部长XX提问：缺口怎么补？" in minutes


def test_only_the_clerk_names_guests(world: World, meeting: Meeting, client: Client) -> None:
    client.force_login(world.user("leader"))
    url = reverse("reviews:question_add", args=[meeting.pk, world.reporter.pk])
    assert "其他提问人" not in client.get(url).content.decode()
    client.post(url, {"asker": "", "asker_name": "市委组织部副部长XX", "text": "缺口怎么补？"})
    assert not Question.objects.exists()
