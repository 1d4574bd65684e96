import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from documents.rendering.paper import render_paper
from rectification.actions.problems import ProblemDraft, add_problem
from rectification.models import Inspection, Problem
from rectification.papers.problems import content, public_content
from rectification.rules.items import ProblemSource
from tests.rectification.rows import make_item, make_list
from tests.world import World

pytestmark = pytest.mark.django_db


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def address(world: World, name: str, query: str = "") -> str:
    return reverse(f"rectification:{name}", args=[world.cycle.pk]) + query


def test_the_list_filters_and_counts(world: World) -> None:
    clerk = world.user("clerk")
    make_list(world.reporter, items=2)
    add_problem(world.cycle, draft=ProblemDraft("comment", "大家的", category="责任落实"), by=clerk)
    client = signed_in(world, "clerk")
    page = client.get(address(world, "problem_list"))
    assert page.context["page_obj"].paginator.count == 3
    assert [number for _, _, number in page.context["counts"]] == [1, 0, 2, 0]
    for query, number in (("?source=self", 2), ("?scope=common", 1), ("?category=责任落实", 1), ("?category=-", 2)):
        assert client.get(address(world, "problem_list", query)).context["page_obj"].paginator.count == number


def test_an_organization_sees_its_own_problems_only(world: World) -> None:
    make_list(world.reporter, items=2)
    make_list(world.other_reporter, items=1)
    page = signed_in(world, "secretary").get(address(world, "problem_list"))
    assert {problem.organization for problem in page.context["page_obj"]} == {world.township}


def test_selected_rows_are_merged_by_one_press(world: World) -> None:
    one, other = make_list(world.reporter, items=1), make_list(world.other_reporter, items=1)
    ids = [made.items.get().problem_id for made in (one, other)]
    query = f"?problem={ids[0]}&problem={ids[1]}&problem=x"
    client = signed_in(world, "clerk")
    assert "党建工作抓得不够实1" in client.get(address(world, "problem_merge", query)).content.decode()
    response = client.post(address(world, "problem_merge", query), {"text": "责任落得不够实"})
    assert response.status_code == 302
    assert Problem.objects.common().get().parts.count() == 2
    again = client.post(address(world, "problem_merge", query), {"text": "责任落得不够实"})
    assert "已经归并" in again.content.decode()


def test_the_workbook_holds_what_the_page_shows(world: World) -> None:
    make_item(make_list(world.reporter, items=1), text="=1+1")
    answer = signed_in(world, "clerk").get(address(world, "problem_export"))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.getvalue()))["问题清单"].values)
    assert [row[4] for row in rows] == ["问题", "党建工作抓得不够实1", "=1+1"]


def test_the_public_paper_names_no_unnamed_organization(world: World) -> None:
    make_list(world.reporter, items=1)
    Problem.objects.update(unnamed=True)
    [full], [public] = content(world.cycle.pk).parts, public_content(world.cycle.pk).parts
    assert "甲乡党委" in full.html
    assert "甲乡党委" not in public.html
    assert "有的单位" in public.html


def test_the_number_of_queries_does_not_grow(world: World, django_assert_max_num_queries: object) -> None:
    made = make_list(world.reporter, items=1)
    client = signed_in(world, "clerk")
    counted = []
    for more in (0, 29):
        for _ in range(more):
            make_item(made)
        with django_assert_max_num_queries(60) as seen:  # type: ignore[operator]
            client.get(address(world, "problem_list"))
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_a_stale_edit_is_told_and_keeps_what_was_typed(world: World) -> None:
    problem = make_list(world.reporter, items=1).items.get().problem
    Problem.objects.update(revision=2)
    page = signed_in(world, "clerk").post(
        reverse("rectification:problem_edit", args=[problem.pk]),
        {"text": "我的文字", "revision": "1", "novelty": "old"},
    )
    assert page.status_code == 409
    assert "我的文字" in page.content.decode()


def test_the_supervision_office_is_offered_its_own_source(world: World) -> None:
    page = signed_in(world, "supervision").get(address(world, "problem_add"))
    choices = page.context["form"].fields["source"].choices
    assert [code for code, _ in choices] == ["", ProblemSource.SUPERVISION]


def test_a_finding_becomes_a_problem_in_one_action(world: World) -> None:
    made = make_list(world.reporter, items=0)
    inspection = Inspection.objects.create(
        committee=world.county,
        organization=world.township,
        date=dt.date(2026, 6, 1),
        findings="三会一课记录不全***",
        by=world.user("supervision"),
    )
    client = signed_in(world, "supervision")
    shown = reverse("rectification:inspection_show", args=[inspection.pk])
    add = address(world, "problem_add", f"?inspection={inspection.pk}")
    assert add in client.get(shown).content.decode()
    form = client.get(add).context["form"]
    typed = {name: form[name].value() for name in ("organization", "source", "text")}
    assert client.post(add, typed).status_code == 302
    problem = made.items.get().problem
    assert (problem.inspection, problem.source, problem.text) == (inspection, "supervision", "三会一课记录不全***")
    assert "三会一课记录不全***" in client.get(shown).content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "及时健全党的组织，，突出抓好",
        "要以做合格党员”为抓手",
        "平时掌握的核情况看",
        "全市基层党建工推进会议",
        "一是*重*点不**突出***；二是<b>不实</b>――――（未完",
    ],
)
def test_an_irregular_text_stays_as_typed_on_page_form_and_paper(world: World, text: str) -> None:
    client = signed_in(world, "clerk")
    facts = {"organization": world.township.pk, "source": "usual", "text": text, "novelty": "new"}
    assert client.post(address(world, "problem_add"), facts).status_code == 302
    problem = Problem.objects.get()
    assert problem.text == text
    shown = escape(text)
    for name in ("problem_show", "problem_edit"):
        assert shown in client.get(reverse(f"rectification:{name}", args=[problem.pk])).content.decode()
    assert shown in content(world.cycle.pk).parts[0].html
    assert render_paper(content(world.cycle.pk)).startswith(b"%PDF")
