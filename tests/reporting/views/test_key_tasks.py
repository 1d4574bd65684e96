import datetime as dt
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Domain
from common import clock
from documents.models import Document
from reporting.models import BasisDocument, KeyTask, TaskAssignment
from reporting.papers.key_tasks import content
from tests.factories import make_cycle, make_organization
from tests.reporting.rows import make_task, noon
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def address(name: str, pk: int) -> str:
    return reverse(f"reporting:key_task_{name}", args=[pk])


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


FACTS = {
    "text": "**项重点任务",
    "due_text": "X月底前",
    "lead_department": "宣传部",
    "co_departments": "政法、财政、民政",
}


def test_a_task_is_written_and_shown_as_typed(world: World, clerk: Client) -> None:
    list_url = address("list", world.cycle.pk)
    assert "还没有列入重点任务" in page(clerk, list_url)
    assert clerk.post(address("create", world.cycle.pk), FACTS | {"is_mandatory": "on"}).url == list_url
    shown = page(clerk, list_url)
    for words in ("共 1 项", "**项重点任务", "X月底前", "牵头：宣传部", "政法、财政、民政", "铁的纪律", "去分配"):
        assert words in shown
    more = clerk.post(address("create", world.cycle.pk), FACTS | {"more": "1"})
    assert more.url == address("create", world.cycle.pk)
    assert "共 2 项" in page(clerk, list_url)


def test_a_task_cites_a_basis_document_on_page_and_paper(world: World, clerk: Client) -> None:
    basis = BasisDocument.objects.create(committee=world.county, title="基层党建七项重点任务", number="X发〔2026〕X号")
    other = BasisDocument.objects.create(committee=world.sibling, title="邻县")
    url = address("create", world.cycle.pk)
    assert set(clerk.post(url, FACTS | {"basis": other.pk}).context["form"].errors) == {"basis"}
    assert clerk.post(url, FACTS | {"basis": basis.pk}).status_code == 302
    task = KeyTask.objects.get()
    cited = "《基层党建七项重点任务》（X发〔2026〕X号）"
    assert cited in page(clerk, address("show", task.pk))
    assert f"依据：{cited}" in content(world.cycle.pk).parts[0].html


def test_what_is_missing_is_said_and_nothing_typed_is_lost(world: World, clerk: Client) -> None:
    answer = clerk.post(address("create", world.cycle.pk), FACTS | {"text": "", "due_date": "X月"})
    shown = answer.content.decode()
    assert "请填写此项。" in shown
    assert "请填写日期" in shown
    assert "政法、财政、民政" in shown


def test_the_loser_of_two_saves_sees_both_texts_and_decides(world: World, clerk: Client) -> None:
    task = make_task(world, text="原来")
    url = address("edit", task.pk)
    first = {"text": "甲的文字", "revision": task.revision}
    assert clerk.post(url, first).status_code == 302
    answer = clerk.post(url, first | {"text": "乙的文字"})
    assert answer.status_code == 409
    assert "甲的文字" in answer.content.decode()
    assert "乙的文字" in answer.content.decode()
    again = answer.context["form"]["revision"].value()
    assert clerk.post(url, {"text": "乙的文字", "revision": again}).status_code == 302
    assert KeyTask.objects.get().text == "乙的文字"


def test_tasks_are_given_to_all_by_domain_or_by_hand(world: World, clerk: Client) -> None:
    organ = Domain.objects.get(code="organ")
    world.department.domain = organ
    world.department.save()

    def given(**choice: object) -> list[str]:
        TaskAssignment.objects.all().delete()
        clerk.post(address("assign", world.cycle.pk), {"tasks": [task.pk], **choice})
        return sorted(TaskAssignment.objects.values_list("organization__code", flat=True))

    task = make_task(world)
    assert given(scope="reporters") == ["X1", "X2"]
    assert given(scope="all") == ["X1", "X2", "X3"]
    assert given(scope="domains", domains=[organ.pk]) == ["X3"]
    assert given(scope="hand", organizations=[world.other_township.pk]) == ["X2"]
    assert given(scope="hand") == []
    assert given(scope="hand", organizations=[world.sibling.pk]) == []


def test_targets_are_written_organization_by_organization(world: World, clerk: Client) -> None:
    task = make_task(world, [world.township, world.other_township], due_text="今年")
    first, second = task.assignments.order_by("organization__code")
    data = {
        "revision": task.revision,
        f"assignment-{first.pk}-target": "XX区要在XX年全面建成投用",
        f"assignment-{first.pk}-due_text": "XX年",
        f"assignment-{second.pk}-is_removed": "on",
    }
    url = address("targets", task.pk)
    bad = clerk.post(url, data | {f"assignment-{first.pk}-due_date": "2026-02-30"})
    assert "请填写日期" in bad.content.decode()
    assert clerk.post(url, data).url == address("show", task.pk)
    shown = page(clerk, address("show", task.pk))
    assert "XX区要在XX年全面建成投用" in shown
    assert "承担单位 1 个" in shown
    assert clerk.post(url, data).status_code == 409


def test_last_years_list_is_offered_and_taken_over(world: World, clerk: Client) -> None:
    make_task(world, [world.township], due_text="2026年底")
    following = make_cycle(world.county, 2027)
    assert "沿用往年任务" in page(clerk, address("list", following.pk))
    url = address("copy", following.pk)
    assert "请至少选择一项任务" in clerk.post(url, {}).content.decode()
    clerk.post(url, {"tasks": [KeyTask.objects.get().pk], "with_assignments": "on"})
    assert "2027年底" in page(clerk, address("list", following.pk))
    assert TaskAssignment.objects.filter(task__cycle=following).count() == 1


def test_the_matrix_shows_who_is_behind_and_exports_what_it_shows(world: World, clerk: Client) -> None:
    with clock.at(noon(2026, 2, 1)):
        make_task(world, [world.township, world.other_township], text="=甲", due_date=dt.date(2026, 3, 1))
        make_task(world, [world.other_township], text="乙")
    TaskAssignment.objects.filter(organization=world.township).update(state="done")
    url = address("matrix", world.cycle.pk)
    with clock.at(noon(2026, 3, 20)):
        shown = page(clerk, url)
        assert "有 1 个单位滞后" in shown
        assert shown.count("逾期未完成") == 1
        assert [row.organization.code for row in clerk.get(url).context["rows"]] == ["X1", "X2"]
        assert [row.organization.code for row in clerk.get(f"{url}?behind=on").context["rows"]] == ["X2"]
        answer = clerk.get(address("export", world.cycle.pk) + "?behind=on")
    lines = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.getvalue())).active.rows]
    assert [(line[0], line[2], line[6], line[10], line[11]) for line in lines[1:]] == [
        (1, "=甲", "X2", "未启动", "逾期未完成"),
        (2, "乙", "X2", "未启动", None),
    ]


def test_queries_do_not_grow_with_rows(world: World, clerk: Client) -> None:
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(clerk, url)
        return len(captured)

    task = make_task(world, [world.township])
    urls = [address("list", world.cycle.pk), address("matrix", world.cycle.pk), address("show", task.pk)]
    one = [queries(url) for url in urls]
    for _ in range(24):
        make_task(world, [make_organization(parent=world.county), world.township])
    assert [queries(url) for url in urls] == one


def test_the_list_is_asked_for_on_paper(world: World, clerk: Client) -> None:
    make_task(world)
    assert clerk.post(address("paper", world.cycle.pk)).url == address("list", world.cycle.pk)
    document = Document.objects.get()
    assert (document.paper, document.title) == ("reporting.papers.key_tasks.content", "某县委2026年度重点任务清单")
