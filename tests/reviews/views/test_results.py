import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from reporting.rules.cycles import CyclePhase
from reporting.rules.schemes import ComponentInput
from reviews.actions.results import component_revision, compute_results
from reviews.models import ComponentScore, Publication, Result
from reviews.rules.meetings import MeetingState
from tests.factories import make_organization, make_reporter
from tests.reviews.rows_of_scoring import make_meeting, make_rater, make_sheet
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """甲乡 has 87.70 (see actions/test_results.py), 乙镇 72.50."""
    built = build_world()
    meeting = make_meeting(built.cycle)
    leader, delegate = make_rater(meeting, built.user("leader"), 0), make_rater(meeting, built.user("attendee"), 1)
    make_sheet(leader, built.reporter, "90", "95")
    make_sheet(delegate, built.reporter, "80", "81")
    make_sheet(delegate, built.other_reporter, "70", "75")
    meeting.state = MeetingState.CLOSED
    meeting.save()
    return built


@pytest.fixture
def computed(world) -> World:
    compute_results(world.cycle, by=world.user("clerk"))
    return world


@pytest.fixture
def clerk(world, client):
    client.force_login(world.user("clerk"))
    return client


def decide_own(world) -> Result:
    result = Result.objects.get(reporter=world.reporter)
    result.decided_grade = world.cycle.scheme.grades.get(code="good")
    result.deciding_meeting, result.decided_on = "县委常委会", dt.date(2026, 1, 20)
    result.reason = "整改成效明显"
    result.save()
    return result


def test_every_line_of_the_calculation_is_shown(computed, clerk):
    page = clerk.get(reverse("reviews:result_show", args=[computed.reporter.pk])).content.decode()

    for words in ("90÷100×50 ＋ 95÷100×50", "（92.50）÷1", "92.50×60", "80.50×40", "87.70", "建议“较好”"):
        assert words in page
    assert "行末四舍五入" in page


def test_secretary_sees_nothing_before_it_is_published_and_only_the_grade_after(computed, client):
    client.force_login(computed.user("secretary"))
    url = reverse("reviews:result_show", args=[computed.reporter.pk])

    before = client.get(url).content.decode()
    decide_own(computed)
    unpublished = client.get(url).content.decode()
    Publication.objects.create(cycle=computed.cycle, readers="own", at=clock.now(), by=computed.user("clerk"))
    after = client.get(url).content.decode()

    assert "等次还没有公布" in before
    assert "等次还没有公布" in unpublished
    for secret in ("87.70", "较好", "92.50", "整改成效明显", "县委常委会"):
        assert secret not in before
        assert secret not in unpublished
    for secret in ("87.70", "较好", "92.50", "整改成效明显"):
        assert secret not in after
    assert "县委常委会" in after


def test_decision_that_differs_without_reason_is_refused_and_keeps_the_words(computed, clerk):
    url = reverse("reviews:grade_decide", args=[computed.reporter.pk])
    result = Result.objects.get(reporter=computed.reporter)
    typed = {
        "grade": computed.cycle.scheme.grades.get(code="good").pk,
        "deciding_meeting": "县委常委会第***次会议",
        "decided_on": "2026-01-20",
        "reason": "",
        "revision": result.revision,
    }

    refused = clerk.post(url, typed)
    done = clerk.post(url, typed | {"reason": "整改成效明显"})

    assert refused.status_code == 422
    assert "审定等次与建议等次不一致，请写明理由。" in refused.content.decode()
    assert "县委常委会第***次会议" in refused.content.decode()
    assert done.status_code == 302
    assert str(Result.objects.get(reporter=computed.reporter).decided_grade) == "好"


def test_all_proposals_at_once(computed, clerk):
    url = reverse("reviews:grade_decide_proposed", args=[computed.cycle.pk])

    clerk.post(url, {"deciding_meeting": "县委常委会", "decided_on": "2026-01-20"})

    assert [str(r.decided_grade) for r in Result.objects.order_by("pk")] == ["较好", "一般"]
    assert "没有等待审定的建议等次" in clerk.get(url).content.decode()


def test_table_of_parts_is_saved_and_errors_keep_everything(world, clerk):
    typed = world.cycle.scheme.components.create(
        name="平时考核", weight=Decimal(0), input=ComponentInput.TYPED, position=2
    )
    url = reverse("reviews:component_score_edit", args=[world.cycle.pk])
    one, other = (f"score_{r.pk}_{typed.pk}" for r in (world.reporter, world.other_reporter))
    seen = component_revision(world.cycle)

    wrong = clerk.post(url, {one: "101", other: "88.5", "revision": seen})
    right = clerk.post(url, {one: "", other: "88.5", "revision": seen})
    late = clerk.post(url, {one: "70", other: "", "revision": seen})

    assert 'value="101"' in wrong.content.decode()
    assert 'value="88.5"' in wrong.content.decode()
    assert right.status_code == 302
    assert late.status_code == 409
    assert [(s.reporter, s.score) for s in ComponentScore.objects.all()] == [(world.other_reporter, Decimal("88.50"))]


def test_computing_too_early_is_said(world, clerk):
    world.cycle.meetings.update(state=MeetingState.LIVE)

    page = clerk.post(reverse("reviews:result_compute", args=[world.cycle.pk]), follow=True).content.decode()

    assert "述职评议会还没有结束" in page


def test_filters(computed, clerk):
    decide_own(computed)
    url = reverse("reviews:result_list", args=[computed.cycle.pk])

    undecided = clerk.get(url, {"state": "undecided"}).content.decode()

    assert "乙镇党委（X2）" in undecided
    assert "甲乡党委（X1）" not in undecided


def test_list_asks_the_same_number_of_questions(computed, clerk):
    url = reverse("reviews:result_list", args=[computed.cycle.pk])
    before = questions(clerk, url)
    for number in range(29):
        unit = make_organization(f"{number}乡党委", computed.county)
        Result.objects.create(reporter=make_reporter(computed.cycle, unit), composite=Decimal(number))

    assert questions(clerk, url) == before


def questions(client, url) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_satisfaction_is_worked_out_from_forms_and_a_low_one_is_said(world, client):
    world.cycle.scheme.satisfaction_min = 80
    world.cycle.scheme.save()
    Result.objects.create(reporter=world.reporter)
    client.force_login(world.user("clerk"))
    url = reverse("reviews:assessment_edit", args=[world.reporter.pk])
    facts = {"outcome": "passed", "satisfied": 50, "fairly_satisfied": 25, "dissatisfied": 25, "unknown": 9}

    refused = client.post(url, facts | {"satisfaction": "90"})
    assert "按份数应为75.00" in refused.content.decode()
    client.post(url, facts)

    page = client.get(reverse("reviews:result_show", args=[world.reporter.pk])).content.decode()
    assert "党员群众满意度 75%（满意50份，基本满意25份，不满意25份；不了解9份，不计）" in page
    assert "低于本年度方案的80%，建议约谈" in page


@pytest.mark.parametrize("name", ["component_score_edit", "result_compute"])
def test_the_clerk_of_a_closed_year_is_told_that_it_is_closed(computed, clerk, name):
    computed.cycle.phase = CyclePhase.CLOSED
    computed.cycle.save()
    address = reverse(f"reviews:{name}", args=[computed.cycle.pk])
    answer = clerk.get(address) if name == "component_score_edit" else clerk.post(address)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "本年度已经办结，材料只能查看，不能再修改。" in page
    assert "核对您的职务" not in page

    clerk.force_login(computed.user("secretary"))
    assert (
        "核对您的职务" in clerk.get(reverse("reviews:component_score_edit", args=[computed.cycle.pk])).content.decode()
    )
