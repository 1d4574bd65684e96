import pytest
from django.urls import reverse

from accounts.rules.roles import Role
from reporting.models import DutyReport
from reporting.rules.reports import ReportState
from reviews.models import Meeting
from reviews.rules.meetings import MeetingState
from tests.factories import make_organization, make_post, make_reporter, make_user
from tests.world import World

pytestmark = pytest.mark.django_db


def home(client, world: World, role: str) -> str:
    client.force_login(world.user(role))
    return client.get(reverse("overview:home")).content.decode()


def test_one_thing_stands_first_with_the_one_prominent_button(client, world) -> None:
    DutyReport.objects.create(reporter=world.reporter, state=ReportState.SUBMITTED)
    page = home(client, world, "clerk")
    assert page.count("先办这一件") == 1
    assert page.count("btn-primary") == 1


@pytest.mark.parametrize(
    ("role", "words", "action"),
    [
        ("superior", "不需要您办理", "查看各年度"),
        ("administrator", "更换书记、开通账号在“党组织”中办理", "打开党组织"),
        ("supervision", "督查情况随时可以登记", "打开督查记录"),
        ("attendee", "点开就能评分", "查看会议"),
        ("leader", "会议安排好以后", ""),
    ],
)
def test_somebody_without_a_duty_is_told_so_and_where_to_look(client, world, role, words, action) -> None:
    world.cycle.phase = "closed"  # a year under way owes bulletins of supervision
    world.cycle.save()
    page = home(client, world, role)
    assert "现在没有要您办理的事项" in page
    assert words in page
    assert action in page


def test_somebody_whose_posts_have_ended_is_told_whom_to_ask(client, world) -> None:
    world.user("staff").person.posts.update(end="2021-01-01")
    assert "职务有变动的，请联系组织部门登记" in home(client, world, "staff")


def test_a_rater_knows_of_the_meeting_before_it_begins(client, world) -> None:
    meeting = Meeting.objects.create(
        cycle=world.cycle, title="述职评议会", date_text="X月X日", state=MeetingState.PREPARING
    )
    meeting.raters.create(person=world.user("attendee").person, category=world.cycle.scheme.categories.first())
    page = home(client, world, "attendee")
    assert "您是这次会议的评分人" in page
    assert "X月X日" in page
    assert "btn-primary" not in page


def test_where_the_year_stands_is_said_in_words_and_numbers_for_reviewers_only(client, world) -> None:
    DutyReport.objects.create(reporter=world.reporter, state=ReportState.ACCEPTED)
    page = home(client, world, "superior")
    assert "现在：各单位撰写报送" in page
    assert "述职人2名：未报1、待审核0、已退回0、已采用1" in page
    own = home(client, world, "secretary")
    assert "现在：各单位撰写报送" in own
    assert "述职人2名" not in own


def test_the_number_of_queries_does_not_grow_with_the_reporters(client, world, django_assert_max_num_queries) -> None:
    for _ in range(20):
        township = make_organization("某乡党委", world.county)
        DutyReport.objects.create(reporter=make_reporter(world.cycle, township), state=ReportState.SUBMITTED)
    make_post(world.county, Role.LEADER)
    client.force_login(make_user(Role.ORGANIZATION_DEPARTMENT, world.county))
    with django_assert_max_num_queries(45):
        client.get(reverse("overview:home"))
