"""What an organization sees of its year, and tells of it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from reporting.models import TaskAssignment
from reporting.rules.cycles import CyclePhase
from tests.factories import make_cycle
from tests.reporting.rows import hand_in, make_task, noon
from tests.world import World

pytestmark = pytest.mark.django_db


def page(client: Client, world: World, query: str = "") -> str:
    return client.get(reverse("reporting:work_show", args=[world.township.pk]) + query).content.decode()


def test_an_organization_sees_its_own_share_with_its_own_target(world: World, client: Client) -> None:
    task = make_task(world, [world.township, world.other_township], target="今年建成", is_mandatory=True)
    make_task(world, [world.other_township], text="别人的任务")
    task.assignments.filter(organization=world.other_township).update(target="XX年建成")
    client.force_login(world.user("secretary"))
    shown = page(client, world)
    assert "今年建成" in shown
    assert "铁的纪律" in shown
    assert "XX年建成" not in shown
    assert "别人的任务" not in shown
    assert "填报进展" in shown


def test_progress_is_told_in_the_browser(world: World, client: Client) -> None:
    own = make_task(world, [world.township]).assignments.get()
    client.force_login(world.user("staff"))
    url = reverse("reporting:assignment_report", args=[own.pk])
    answer = client.post(url, {"quarter": 2, "state": "done", "text": ""})
    assert "请填写此项。" in answer.content.decode()
    answer = client.post(url, {"quarter": 2, "state": "done", "text": "投用**处，，"})
    assert answer.url == reverse("reporting:assignment_show", args=[own.pk])
    shown = client.get(answer.url).content.decode()
    assert "第二季度" in shown
    assert "投用**处，，" in shown
    assert TaskAssignment.objects.get().state == "done"


def test_the_quarter_offered_is_todays(world: World, client: Client) -> None:
    own = make_task(world, [world.township]).assignments.get()
    client.force_login(world.user("staff"))
    with clock.at(noon(2026, 8, 8)):
        form = client.get(reverse("reporting:assignment_report", args=[own.pk])).context["form"]
    assert form.initial == {"quarter": 3, "state": "under_way"}


def test_a_superior_reads_and_asks_for_nothing(world: World, client: Client) -> None:
    make_task(world, [world.township], text="建成中心")
    client.force_login(world.user("leader"))
    shown = page(client, world)
    assert "建成中心" in shown
    assert "填报进展" not in shown


def test_years_are_turned_over_and_a_closed_one_is_only_read(world: World, client: Client) -> None:
    make_task(world, [world.township], text="旧任务", due_date=dt.date(2026, 5, 1))
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()
    make_cycle(world.county, 2027)
    client.force_login(world.user("secretary"))
    assert "旧任务" not in page(client, world)
    shown = page(client, world, "?year=2026")
    assert "旧任务" in shown
    assert "填报进展" not in shown
    for nonsense in ("?year=x", "?year=1", "?year=99999999999"):
        assert "2027年度工作" in page(client, world, nonsense)


def test_the_register_leads_to_the_work_of_an_organization(world: World, client: Client) -> None:
    client.force_login(world.user("secretary"))
    shown = client.get(reverse("accounts:organization_show", args=[world.township.pk])).content.decode()
    assert reverse("reporting:work_show", args=[world.township.pk]) in shown
    assert client.get(reverse("reporting:work_list")).url == reverse("reporting:work_show", args=[world.township.pk])


def test_the_report_is_read_and_written_beside_the_tasks_it_answers_for(world: World, client: Client) -> None:
    make_task(world, [world.township], text="建成党群服务中心")
    hand_in(world.reporter, by=world.user("secretary"))
    client.force_login(world.user("clerk"))
    for name in ("report_show", "screening_show"):
        shown = client.get(reverse(f"reporting:{name}", args=[world.reporter.pk])).content.decode()
        assert "承担的重点任务 1 项" in shown
    client.force_login(world.user("other_secretary"))
    edit = client.get(reverse("reporting:report_edit", args=[world.other_reporter.pk])).content.decode()
    assert "承担的重点任务" not in edit
