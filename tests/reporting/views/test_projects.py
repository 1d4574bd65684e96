"""Pages of projects: what each side sees, what is typed is kept, the missing list is exact."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.actions.projects import ScopeChoice, push_project, record_project_progress, set_project_scope
from reporting.models import Project
from reporting.rules.projects import ScopeMode
from tests.factories import make_organization
from tests.reporting.rows import PROJECT_FACTS, accepted_project, declared_project
from tests.world import World

pytestmark = pytest.mark.django_db


def form(**facts: Any) -> dict[str, Any]:
    rows = {"milestones-TOTAL_FORMS": 2, "milestones-INITIAL_FORMS": 0}
    rows |= {"milestones-0-text": "摸底", "milestones-0-due_text": "3月底前", "milestones-0-ORDER": 1}
    rows |= {"milestones-1-text": "", "milestones-1-ORDER": 2}
    return {name: value or "" for name, value in PROJECT_FACTS.items()} | rows | facts


def test_a_secretary_drafts_and_declares(world: World, client: Client) -> None:
    client.force_login(world.user("secretary"))
    page = client.get(reverse("reporting:project_create"))
    assert page.context["form"].fields["place"].initial == str(world.cycle.pk)
    leader = world.township.first_responsible.pk
    answer = client.post(reverse("reporting:project_create"), form(place=world.cycle.pk, leader=leader), follow=True)
    project = Project.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("reporting:project_show", args=[project.pk])
    assert [(row.text, row.due_text) for row in project.milestones.all()] == [("摸底", "3月底前")]
    assert "各项均已填写，可以申报。" in answer.content.decode()
    page = client.post(reverse("reporting:project_declare", args=[project.pk]), follow=True).content.decode()
    assert "项目已申报，等待组织部门审核。" in page
    client.force_login(world.user("clerk"))
    assert (
        "联建***个产业党支部" in client.get(reverse("reporting:project_list"), {"state": "declared"}).content.decode()
    )


def test_a_draft_is_not_the_superiors_to_see_a_pushed_one_is(world: World, client: Client) -> None:
    client.force_login(world.user("secretary"))
    client.post(reverse("reporting:project_create"), form(place=world.cycle.pk))
    pushed = {"title": "一号", "due_text": "12月底前"}
    push_project(world.cycle, organizations=[world.township], facts=pushed, is_mandatory=True, by=world.user("clerk"))
    own, number_one = Project.objects.get(is_number_one=False), Project.objects.get(is_number_one=True)
    client.force_login(world.user("clerk"))
    assert client.get(reverse("reporting:project_show", args=[own.pk])).status_code == 404
    assert client.get(reverse("reporting:project_show", args=[number_one.pk])).status_code == 200


def test_the_slower_gets_409_both_texts_and_may_insist(world: World, client: Client) -> None:
    client.force_login(world.user("secretary"))
    client.post(reverse("reporting:project_create"), form(place=world.cycle.pk, background="对方写的"))
    project = Project.objects.get()
    address = reverse("reporting:project_edit", args=[project.pk])
    Project.objects.update(revision=7)
    answer = client.post(address, form(title="我写的题目", revision=1))
    page = answer.content.decode()
    assert (answer.status_code, "我写的题目" in page, "对方写的" in page) == (409, True, True)
    assert (
        client.post(address, form(title="我写的题目", revision=answer.context["form"]["revision"].value())).status_code
        == 302
    )
    assert Project.objects.get().title == "我写的题目"


def test_a_wrong_row_loses_nothing(world: World, client: Client) -> None:
    client.force_login(world.user("staff"))
    data = form(place=world.cycle.pk, title="留在页面上", **{"milestones-1-due_text": "只有时限"})
    page = client.post(reverse("reporting:project_create"), data).content.decode()
    assert "请写明这个时限要完成什么。" in page
    assert "留在页面上" in page
    assert not Project.objects.exists()


def test_the_missing_list_is_exact(world: World, client: Client) -> None:
    set_project_scope(world.cycle, choice=ScopeChoice(ScopeMode.ALL), seen=0, by=world.user("clerk"))
    declared_project(world.cycle, world.township, by=world.user("secretary"))
    client.force_login(world.user("clerk"))
    context = client.get(reverse("reporting:project_board", args=[world.cycle.pk])).context
    owing = [(row.organization.code, row.standing) for row in context["owing"]]
    assert owing == [("X2", "没有起草"), ("X3", "没有起草")]
    assert [tally.number for tally in context["tallies"]] == [3, 2, 1, 0, 0, 0]


def test_the_quarter_asked_for_comes_with_its_text(world: World, client: Client) -> None:
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    record_project_progress(project, quarter=2, text="走访***户", seen=project.revision, by=world.user("staff"))
    client.force_login(world.user("staff"))
    address = reverse("reporting:project_progress", args=[project.pk])
    assert client.get(address, {"quarter": "2"}).context["form"]["text"].value() == "走访***户"
    assert client.get(address, {"quarter": "²"}).status_code == 200
    data = {"quarter": "3", "text": "建成XX个", "revision": project.revision + 1}
    assert client.post(address, data).status_code == 302
    assert list(project.progress.values_list("quarter", "text")) == [(2, "走访***户"), (3, "建成XX个")]


def test_pushing_from_the_page(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    address = reverse("reporting:project_push", args=[world.cycle.pk])
    chosen = [world.township.pk, world.other_township.pk]
    data = {"title": "一号", "target": "95%", "due_text": "12月底前", "is_mandatory": "on", "organizations": chosen}
    assert client.post(address, data).status_code == 302
    assert Project.objects.filter(is_number_one=True, is_mandatory=True).count() == 2
    offered = client.get(address).context["form"]
    assert [each.code for each in offered.fields["organizations"].queryset] == ["X3"]
    assert offered["title"].value() == "一号"


def test_closing_offers_the_last_progress(world: World, client: Client) -> None:
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    record_project_progress(project, quarter=4, text="全部建成。", seen=project.revision, by=world.user("staff"))
    client.force_login(world.user("clerk"))
    address = reverse("reporting:project_close", args=[project.pk])
    assert client.get(address).context["form"]["outcome"].value() == "全部建成。"
    client.post(address, {"outcome": "全部建成。", "is_replicable": "on"})
    page = client.get(reverse("reporting:project_list"), {"mark": "replicable"}).content.decode()
    assert "可推广" in page


def test_the_list_asks_as_often_for_one_as_for_thirty(world: World, client: Client) -> None:
    client.force_login(world.user("clerk"))
    address = reverse("reporting:project_list")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        return len(queries)

    declared_project(world.cycle, world.township, by=world.user("secretary"))
    client.get(address)
    one = asked()
    for number in range(24):
        organization = make_organization(f"某{number}镇党委", world.county)
        Project.objects.create(cycle=world.cycle, organization=organization, title="X", state="declared")
    assert asked() == one
