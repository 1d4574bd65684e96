import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Domain
from accounts.rules.roles import Role
from reporting.actions.cycles import edit_cycle, fix_order
from reporting.models import Cycle, DutyReport, Reporter
from reporting.rules.cycles import CyclePhase
from reporting.rules.reports import ReportState
from tests.factories import make_organization, make_person, make_post, make_reporter
from tests.reporting.rows import hand_in
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def board(world: World) -> str:
    return reverse("reporting:cycle_show", args=[world.cycle.pk])


def test_a_year_is_opened_in_the_browser(world: World, clerk: Client) -> None:
    url = reverse("reporting:cycle_create")
    assert "沿用某县委2026年度述职评议考核的方案" in page(clerk, url)
    data = {"committee": world.county.pk, "year": 2027, "theme": "XX年", "source": "preset:none"}
    assert "source" in clerk.post(url, data).context["form"].errors
    answer = clerk.post(url, data | {"source": "county"})
    assert answer.url == reverse("reporting:cycle_show", args=[Cycle.objects.get(year=2027).pk])
    again = clerk.post(url, data | {"source": f"scheme:{world.cycle.scheme.pk}"})
    assert "某县委2027年度的述职评议已经建立" in again.content.decode()


def test_the_first_free_year_is_offered_and_last_years_reporters_with_it(world: World, clerk: Client) -> None:
    url = reverse("reporting:cycle_create")
    with time_machine.travel("2026-11-20 12:00 +0800", tick=False):
        assert clerk.get(url).context["form"]["year"].value() == 2027
    gone = make_reporter(world.cycle, make_organization("丙乡党委", world.county, code="X9"))
    gone.organization.parent = world.sibling
    gone.organization.save()
    data = {"committee": world.county.pk, "year": 2027, "source": "county", "copies_reporters": "on"}
    told = clerk.post(url, data, follow=True).content.decode()
    assert "沿用2026年度名单列入述职人2名" in told
    assert "没有列入（已不是直属下级，或没有现任第一责任人）：丙乡党委（X9）。" in told
    cycle = Cycle.objects.get(year=2027)
    assert [(each.organization.code, each.mode, each.order) for each in cycle.reporters.in_order()] == [
        ("X1", "oral", 1),
        ("X2", "written", 1),
    ]


def test_without_the_tick_nobody_is_taken_over(world: World, clerk: Client) -> None:
    data = {"committee": world.county.pk, "year": 2027, "source": "county"}
    clerk.post(reverse("reporting:cycle_create"), data)
    assert not Cycle.objects.get(year=2027).reporters.exists()


def test_another_committees_year_is_not_offered(world: World, clerk: Client) -> None:
    data = {"committee": world.sibling.pk, "year": 2027, "source": "county"}
    assert "committee" in clerk.post(reverse("reporting:cycle_create"), data).context["form"].errors


@time_machine.travel("2026-12-20 12:00 +0800", tick=False)
def test_the_board_names_who_is_missing_and_who_is_late(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    hand_in(world.reporter, by=world.user("secretary"))
    shown = page(client, board(world))
    assert "还没有报送 1 份" in shown
    assert "乙镇党委（X2）　王某" in shown
    assert "逾期未报" in shown
    assert "逾期报送" in shown
    tallies = {tally.label: tally.number for tally in client.get(board(world)).context["tallies"]}
    assert tallies == {"未报": 1, "待审核": 1, "已退回": 0, "已采用": 0, "逾期": 2}


def test_the_board_filters_by_state_mode_and_domain(world: World, clerk: Client) -> None:
    organ = Domain.objects.get(code="organ")
    world.other_township.domain = organ
    world.other_township.save()
    hand_in(world.reporter, by=world.user("secretary"))
    for query, codes in {
        "": ["X1", "X2"],
        "?state=submitted": ["X1"],
        "?state=missing": ["X2"],
        "?mode=written": ["X2"],
        f"?domain={organ.pk}": ["X2"],
        "?q=甲": ["X1"],
        "?state=returned": [],
        "?state=nonsense": ["X1", "X2"],
    }.items():
        rows = clerk.get(board(world) + query).context["page_obj"]
        assert [reporter.organization.code for reporter in rows] == codes, query


def test_one_who_reports_sees_the_own_row_only(world: World, client: Client) -> None:
    client.force_login(world.user("secretary"))
    shown = page(client, board(world))
    assert "甲乡党委（X1）的述职报告" in shown
    assert "12月15日前" in shown
    assert "乙镇党委" not in shown
    assert "应报" not in shown


def test_an_empty_year_says_what_to_do(world: World, clerk: Client) -> None:
    Reporter.objects.all().delete()
    assert "还没有列入述职人" in page(clerk, board(world))


def test_two_who_edit_the_year(world: World, clerk: Client) -> None:
    edit_cycle(world.cycle, year=2026, theme="先保存的", seen=1, by=world.user("clerk"))
    url = reverse("reporting:cycle_edit", args=[world.cycle.pk])
    answer = clerk.post(url, {"year": 2026, "theme": "后保存的", "revision": 1})
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "先保存的" in words
    assert "后保存的" in words


def test_reporters_are_listed_ordered_and_changed_in_the_browser(world: World, clerk: Client) -> None:
    posts = [
        make_post(
            make_organization("市XX局党组", world.county, code=f"B{n}"), Role.DEPUTY, make_person("XX"), title="副书记"
        )
        for n in range(2)
    ]
    add = reverse("reporting:reporter_add", args=[world.cycle.pk])
    shown = page(clerk, add)
    assert "市XX局党组（B0）" in shown
    assert "市XX局党组（B1）" in shown
    assert "请至少选择一个单位。" in clerk.post(add, {}).content.decode()
    data = {}
    for post in posts:
        prefix = f"organization-{post.organization.pk}"
        data |= {f"{prefix}-chosen": "on", f"{prefix}-post": post.pk, f"{prefix}-mode": "oral"}
    assert clerk.post(add, data).url == board(world)
    order = reverse("reporting:reporter_order", args=[world.cycle.pk])
    last = world.cycle.reporters.get(organization=posts[1].organization)
    clerk.post(order, {"reporter": last.pk, "move": "up"})
    codes = [row.organization.code for row in world.cycle.reporters.oral().in_order()]
    assert codes == ["X1", "B1", "B0"]
    assert clerk.post(order, {"reporter": "x", "move": "up"}).status_code == 404
    edit = reverse("reporting:reporter_edit", args=[last.pk])
    clerk.post(edit, {"post": last.post_id, "mode": "written", "mode_reason": "由于时间关系"})
    last.refresh_from_db()
    assert (last.mode, last.mode_reason, last.order) == ("written", "由于时间关系", 2)
    assert clerk.post(reverse("reporting:reporter_remove", args=[last.pk])).url == board(world)
    assert not Reporter.objects.filter(pk=last.pk).exists()


def test_a_final_order_is_said_on_the_page(world: World, clerk: Client) -> None:
    fix_order(world.cycle, by=world.user("clerk"))
    edit = reverse("reporting:reporter_edit", args=[world.reporter.pk])
    answer = clerk.post(edit, {"post": world.reporter.post_id, "mode": "written"})
    assert "会议议程已经确定" in answer.content.decode()


@pytest.mark.parametrize("name", ["cycle_list", "cycle_show"])
def test_pages_ask_the_database_as_often_for_many(
    world: World, clerk: Client, name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = board(world) if name == "cycle_show" else reverse("reporting:cycle_list")
    hand_in(world.reporter, by=world.user("secretary"))
    clerk.get(url)
    with CaptureQueriesContext(connection) as few:
        clerk.get(url)
    for number in range(30):
        organization = make_organization("市XX局党组", world.county)
        make_reporter(world.cycle, organization, post=make_post(organization, Role.SECRETARY), order=number)
    with django_assert_num_queries(len(few)):
        clerk.get(url)


@pytest.mark.parametrize("chosen", ["", "²", "9" * 5000, str(2**63)])
def test_nobody_is_moved_by_an_id_that_is_none(world: World, clerk: Client, chosen: str) -> None:
    order = reverse("reporting:reporter_order", args=[world.cycle.pk])
    assert clerk.post(order, {"reporter": chosen, "move": "up"}).status_code == 404


def leading(client: Client, world: World) -> list[str]:
    """The words of the buttons that stand out on the board."""
    return re.findall(r'<a class="btn btn-primary"[^>]*>\s*([^<]+?)\s*</a>', page(client, board(world)))


def test_one_button_leads_on_and_not_to_the_next_phase_while_reports_are_missing(world: World, clerk: Client) -> None:
    Cycle.objects.update(phase=CyclePhase.PREPARATION)
    Reporter.objects.all().delete()
    assert leading(clerk, world) == ["列入述职人"]
    reporter = make_reporter(world.cycle, world.township)
    assert leading(clerk, world) == ["进入下一阶段"]
    Cycle.objects.update(phase=CyclePhase.REPORTING)
    assert "进入下一阶段" not in leading(clerk, world)
    assert "进入下一阶段" in page(clerk, board(world))
    report = hand_in(reporter, by=world.user("secretary"))
    assert "进入下一阶段" not in leading(clerk, world)
    DutyReport.objects.filter(pk=report.pk).update(state=ReportState.ACCEPTED)
    assert leading(clerk, world) == ["进入下一阶段"]
