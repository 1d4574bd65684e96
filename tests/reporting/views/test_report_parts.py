"""The writing page with figures, projects, domains and promises; they save by themselves as problems do (S-69 to S-72)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reporting.actions.projects import record_project_progress
from reporting.models import DutyReport, Project
from tests.reporting.rows import accepted_project, add_part_sections, make_duty_entry, write
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    add_part_sections(world.cycle)
    return world


@pytest.fixture
def project(world: World) -> Project:
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    words = {"quarter": 2, "text": "走访***户", "seen": project.revision}
    return record_project_progress(project, **words, by=world.user("staff"))


@pytest.fixture
def staff(world: World, project: Project, client: Client) -> Client:
    client.force_login(world.user("staff"))
    return client


def address(world: World, name: str = "edit") -> str:
    return reverse(f"reporting:report_{name}", args=[world.reporter.pk])


def rows(*promises: dict[str, Any], seen: int) -> dict[str, Any]:
    data: dict[str, Any] = {"promises-TOTAL_FORMS": len(promises), "promises-INITIAL_FORMS": 0, "promises-seen": seen}
    for index, row in enumerate(promises):
        data |= {f"promises-{index}-{name}": value for name, value in row.items()}
    return data


def test_the_page_shows_projects_with_their_progress_and_figures_from_the_log(world: World, staff: Client) -> None:
    make_duty_entry(world.township, by=world.user("staff"), count_text="7")
    answer = staff.get(address(world))
    page = answer.content.decode()
    for words in ("联建***个产业党支部", "走访***户", "履职纪实合计7，可以改。", "添加一项承诺", "还没有写推进情况"):
        assert words in page
    figure = world.cycle.scheme.figures.first()
    assert answer.context["page"].form[f"figure_{figure.pk}"].value() == "7"


def test_changed_parts_save_by_themselves(world: World, staff: Client, project: Project) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    figure = world.cycle.scheme.figures.first()
    names = {f"figure_{figure.pk}": "130余", f"project_{project.pk}": "建成XX个。"}
    data = {"revision": report.revision, "save_id": "a1", "changed": list(names), **names}
    body = staff.post(address(world, "autosave"), data).json()
    report.refresh_from_db()
    assert (body["ok"], body["values"]) == (True, {})
    assert (report.figures.get().value, report.project_texts.get().text) == ("130余", "建成XX个。")
    assert report.texts.count() == 4


def test_new_promises_get_their_ids_back(world: World, staff: Client) -> None:
    staff.get(address(world))
    data = {"revision": 1, "save_id": "a1", "changed": ["promises-0-text"]}
    data |= rows({"text": "一", "due_text": "X月底前"}, {"text": ""}, seen=1)
    first = staff.post(address(world, "autosave"), data).json()
    promise = DutyReport.objects.get().promises.get()
    assert first["values"] == {"promises-0-id": promise.pk, "promises-seen": 2}
    assert staff.post(address(world, "autosave"), data).json() == first
    assert promise.due_text == "X月底前"


def test_two_tabs_are_told_of_each_others_promises(world: World, staff: Client) -> None:
    report = write(world.reporter, by=world.user("secretary"))
    stored = report.promises.create(text="对方的", position=1)
    DutyReport.objects.update(promises_revision=report.revision)
    data = {"revision": 1, "save_id": "a1", "changed": ["promises-2-text"]}
    data |= {"promises-TOTAL_FORMS": 3, "promises-INITIAL_FORMS": 1, "promises-seen": 1}
    data |= {"promises-2-id": stored.pk, "promises-2-text": "我的"}
    answer = staff.post(address(world, "autosave"), data)
    theirs = answer.json()["theirs"]
    assert answer.status_code == 409
    assert (theirs["promises-2-text"], theirs["promises-seen"]) == ("对方的", str(report.revision))
    assert "problems-seen" not in theirs
    assert any(name.startswith("figure_") for name in theirs)


def test_the_button_keeps_everything_and_the_reader_sees_it(world: World, staff: Client, project: Project) -> None:
    staff.get(address(world))
    money = world.cycle.scheme.figures.last()
    data = {"revision": 1, f"figure_{money.pk}": "***", f"project_{project.pk}": "  建成XX个。\r\n", "next": "show"}
    data |= rows({"text": "办成三件事"}, seen=1)
    page = staff.post(address(world), data, follow=True).content.decode()
    for words in ("***万元", "建成XX个。", "办成三件事", "走访***户"):
        assert words in page
    assert DutyReport.objects.get().project_texts.get().text == "  建成XX个。\n"
