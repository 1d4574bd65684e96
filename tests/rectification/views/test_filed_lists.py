import pytest
from django.test import Client
from django.urls import reverse

from rectification.rules.items import ItemKind, ItemState, ListState
from tests.factories import make_cycle, make_reporter
from tests.rectification.rows import make_item, make_list
from tests.reporting.rows_of_work import call_lists, filed_list
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_problem_list_starts_from_what_last_year_left(world: World, client: Client) -> None:
    last = make_reporter(make_cycle(world.county, 2025), world.township)
    made = make_list(last, ListState.COMMITTED, items=0)
    make_item(made, text="没改完**", measures=("甲", "乙"), lead_unit="XX局")
    make_item(made, text="长期事项", kind=ItemKind.STANDING, state=ItemState.CLOSED, due_text="")
    make_item(made, text="改完了", state=ItemState.CLOSED)
    call_lists(world)
    filed = filed_list(world)
    client.force_login(world.user("staff"))
    url = reverse("rectification:filed_list_start", args=[filed.pk])
    offered = client.get(url)
    assert [item.problem.text for item in offered.context["items"]] == ["没改完**", "长期事项"]
    data = {"items": [item.pk for item in offered.context["items"]]}
    assert client.post(url, data).url == reverse("reporting:filed_list_edit", args=[filed.pk])
    shown = [(row.matter, row.measure, row.owner, row.lead_unit, row.due_text) for row in filed.rows.all()]
    assert shown == [
        ("没改完**", "甲\n乙", "***", "XX局", "X月底前"),
        ("长期事项", "每季度专题研究一次", "***", "", "长期坚持"),
    ]
    assert "没有可以转入的事项" in client.get(url).content.decode()


def test_only_problem_lists_start_so(world: World, client: Client) -> None:
    call_lists(world)
    client.force_login(world.user("staff"))
    url = reverse("rectification:filed_list_start", args=[filed_list(world, "responsibilities").pk])
    assert client.get(url).status_code == 404
