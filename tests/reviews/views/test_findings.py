import pytest
from django.test import Client
from django.urls import reverse

from rectification.models import Problem
from reviews.actions.questions import add_question
from reviews.models import Meeting, Question
from tests.reviews.rows_of_meetings import leader_of, opened_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    return opened_meeting(world)


def test_one_button_makes_a_problem_of_a_question(world: World, meeting: Meeting, client: Client) -> None:
    add_question(meeting, world.reporter, asker=leader_of(world), text="责任***？", by=world.user("clerk"))
    client.force_login(world.user("clerk"))
    url = reverse("reviews:finding_list", args=[meeting.pk])
    page = client.get(url).content.decode()
    assert "还有 1 条没有列为问题" in page
    facts = {"key": f"question:{Question.objects.get().pk}", "scope": "individual", "category": "责任落实"}
    page = client.post(reverse("reviews:finding_raise", args=[meeting.pk]), facts, follow=True).content.decode()
    assert "已列为该单位的问题" in page
    assert "没有待列的问题" in page
    assert "已列为问题" in client.get(f"{url}?all=1").content.decode()
    assert Problem.objects.get().text == "责任***？"
