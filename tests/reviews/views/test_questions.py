import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.models import Meeting, Question
from tests.reviews.rows_of_meetings import add_reporter, leader_of, opened_meeting
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


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
