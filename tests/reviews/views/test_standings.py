import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rectification.models import Problem
from rectification.rules.items import ProblemSource
from rectification.rules.problems import ProblemScope
from reviews.models import Meeting
from reviews.papers.standing import content
from reviews.rules.meetings import MeetingKind
from tests.reviews.rows_of_meetings import add_reporter, set_up_meeting
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(world: World) -> Meeting:
    return set_up_meeting(world, kind=MeetingKind.PROGRESS)


def common(world: World, text: str) -> None:
    Problem.objects.create(cycle=world.cycle, source=ProblemSource.COMMENT, text=text, scope=ProblemScope.COMMON)


def test_common_problems_and_progress_on_page_and_paper(world: World, meeting: Meeting, client: Client) -> None:
    """S-51."""
    common(world, "责任落得不够实")
    client.force_login(world.user("superior"))
    page = client.get(reverse("reviews:standing_show", args=[meeting.pk])).content.decode()
    assert "共性问题（1个方面）" in page
    assert "还没有整改清单" in page
    assert "共性问题和整改进展" in client.get(reverse("reviews:meeting_show", args=[meeting.pk])).content.decode()
    assert "责任落得不够实（2026年度，涉及0个单位，已销号0项）" in content(meeting.pk).parts[0].html
    assert client.post(reverse("reviews:standing_paper", args=[meeting.pk])).status_code == 302


def test_the_page_costs_the_same_for_one_and_thirty(world: World, meeting: Meeting, client: Client) -> None:
    client.force_login(world.user("clerk"))
    url = reverse("reviews:standing_show", args=[meeting.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    common(world, "甲")
    few = queries()
    for number in range(15):
        common(world, f"乙{number}")
        add_reporter(world, f"第{number}乡党委")
    assert queries() == few


def test_a_meeting_on_one_subject_has_a_title_and_an_agenda_of_its_own(world: World) -> None:
    meeting = set_up_meeting(world, kind=MeetingKind.THEMATIC)
    assert meeting.title == "2026年度全县基层党建工作专题会"
    assert [item.title for item in meeting.agenda_items.all()] == ["专题研究部署", "书记讲话"]
