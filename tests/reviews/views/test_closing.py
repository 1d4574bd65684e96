import pytest
from django.urls import reverse

from accounts.rules.roles import Role
from rectification.models import RectificationList
from reporting.models import Reporter, Scheme
from reporting.rules.cycles import CyclePhase
from reviews.rules.meetings import MeetingState
from tests.factories import make_post
from tests.reviews.rows_of_scoring import make_comment, make_meeting, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world, client):
    client.force_login(world.user("clerk"))
    return client


def test_page_names_who_lacks_a_comment_and_offers_no_button(world, clerk):
    meeting = make_meeting(world.cycle)
    url = reverse("reviews:meeting_close", args=[meeting.pk])

    page = clerk.get(url).content.decode()
    answer = clerk.post(url)

    assert "还没有定稿的点评：甲乡党委（X1）张某" in page
    assert "结束以后不能恢复" not in page
    assert answer.status_code == 422
    assert not RectificationList.objects.exists()


def test_after_the_end_sources_and_items_are_shown_side_by_side(world, clerk):
    meeting = make_meeting(world.cycle)
    make_report(world.reporter, "一", "二")
    make_comment(world, meeting, world.reporter, "三")
    url = reverse("reviews:meeting_close", args=[meeting.pk])

    page = clerk.post(url, follow=True).content.decode()

    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED
    assert page.count("相符") == 2
    assert "共 2 个述职单位" in page


def test_second_press_of_the_button_is_told(world, clerk):
    meeting = make_meeting(world.cycle, MeetingState.CLOSED)

    assert clerk.post(reverse("reviews:meeting_close", args=[meeting.pk])).status_code == 409


def test_year_names_what_is_missing_and_moves_on(world, clerk):
    url = reverse("reviews:cycle_advance", args=[world.cycle.pk])

    page = clerk.get(url).content.decode()
    clerk.post(url, {"verb": "open_meeting"})
    again = clerk.post(url, {"verb": "open_meeting"})

    world.cycle.refresh_from_db()
    assert "还有2个单位没有报送述职报告" in page
    assert "甲乡党委（X1）" in page
    assert world.cycle.phase == CyclePhase.MEETING
    assert again.status_code == 409


def test_opening_a_year_names_deadline_and_accounts_and_leaves_the_page(world, clerk):
    Scheme.objects.update(report_due_text="", report_due_date=None)
    world.cycle.phase = CyclePhase.PREPARATION
    world.cycle.save()
    newcomer = make_post(world.other_township, Role.SECRETARY, is_first_responsible=False)
    Reporter.objects.filter(pk=world.other_reporter.pk).update(post=newcomer)
    url = reverse("reviews:cycle_advance", args=[world.cycle.pk])

    page = clerk.get(url).content.decode()
    board = clerk.get(reverse("reporting:cycle_show", args=[world.cycle.pk])).content.decode()
    answer = clerk.post(url, {"verb": "open_reporting"})

    assert "还没有定报告报送时限" in page
    assert reverse("reporting:scheme_deadlines", args=[world.cycle.scheme.pk]) in page
    assert "还有1名述职人没有登录账号" in page
    assert "还没有报送" not in board  # nobody is late before the year is open
    assert answer.url == reverse("reporting:cycle_show", args=[world.cycle.pk])


def test_closed_year_offers_nothing(world, clerk):
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()

    assert "本年度已经办结" in clerk.get(reverse("reviews:cycle_advance", args=[world.cycle.pk])).content.decode()
