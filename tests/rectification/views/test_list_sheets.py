import pytest
from django.test import Client
from django.urls import reverse

from rectification.models import RectificationList
from rectification.models.list_sheets import sheets_of
from rectification.papers.list_sheets import duties_content, problems_content, tasks_content
from tests.rectification.rows import make_item, make_list
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(world: World) -> RectificationList:
    made = make_list(world.reporter, items=0)
    two = make_item(made, measures=("一", "二"))
    two.measures.filter(text="二").update(owner_text="李**")
    make_item(made, text="没有措施", measures=())
    make_item(made, measures=("没人管",), owner_text="")
    return made


def test_problems_tasks_and_persons_are_linked_and_gaps_are_told(made: RectificationList) -> None:
    sheets = sheets_of(made)
    assert [(task.number, task.measure.text, task.owner) for task in sheets.tasks] == [
        ("1.1", "一", "***"),
        ("1.2", "二", "李**"),
        ("3.1", "没人管", ""),
    ]
    assert sheets.gaps == ["第2项问题没有对应的措施。", "措施3.1没有责任人。"]


def test_each_list_has_a_page_and_a_paper(world: World, made: RectificationList) -> None:
    client = Client()
    client.force_login(world.user("secretary"))
    for kind, paper, word in (
        ("problems", problems_content, "1.1、1.2"),
        ("tasks", tasks_content, "没人管"),
        ("duties", duties_content, "待明确"),
    ):
        html = client.get(reverse("rectification:list_sheet_show", args=[made.pk, kind])).content.decode()
        assert "措施3.1没有责任人" in html
        [part] = paper(made.pk).parts
        assert word in part.html
    assert client.get(reverse("rectification:list_sheet_show", args=[made.pk, "x"])).status_code == 404


def test_a_year_that_asks_for_two_lists_shows_two(world: World, made: RectificationList, client: Client) -> None:
    client.force_login(world.user("clerk"))
    scheme = world.cycle.scheme
    scheme.list_kinds = ["problems", "responsibilities"]
    scheme.save()
    page = client.get(reverse("rectification:list_show", args=[made.pk])).content.decode()
    asked, dropped = (reverse("rectification:list_sheet_show", args=[made.pk, kind]) for kind in ("duties", "tasks"))
    assert asked in page
    assert dropped not in page
    assert client.get(asked).status_code == 200
    assert client.get(dropped).status_code == 404
    assert client.post(reverse("rectification:list_sheet_print", args=[made.pk, "tasks"])).status_code == 404
