import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from reporting.actions.projects import close_project
from tests.reporting.rows import accepted_project
from tests.world import World

pytestmark = pytest.mark.django_db
LIST, EXPORT = reverse("reporting:replicable_result_list"), reverse("reporting:replicable_result_export")


def signed_in(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.user(role))
    return client


def closed(world: World, title: str, *, is_replicable: bool) -> None:
    clerk = world.user("clerk")
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=clerk, title=title)
    close_project(project, outcome="=建成***个", is_replicable=is_replicable, by=clerk)


def test_only_what_others_can_take_over_is_listed_and_exported(world: World) -> None:
    closed(world, "联建支部", is_replicable=True)
    closed(world, "改造活动室", is_replicable=False)
    page = signed_in(world, "clerk").get(LIST).content.decode()
    assert "联建支部" in page
    assert "改造活动室" not in page
    answer = signed_in(world, "clerk").get(EXPORT, {"q": "联建"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [[cell.value for cell in row][2:5:2] for row in rows] == [["甲乡党委", "联建支部"]]
    assert (rows[0][-1].value, rows[0][-1].data_type, rows[0][-1].quotePrefix) == ("=建成***个", "s", True)


def test_nobody_sees_sideways_and_an_empty_list_says_how_it_fills(world: World) -> None:
    closed(world, "联建支部", is_replicable=True)
    page = signed_in(world, "other_secretary").get(LIST).content.decode()
    assert "联建支部" not in page
    assert "还没有可推广成果" in page


def test_the_list_asks_as_often_for_thirty_as_for_one(world: World, django_assert_max_num_queries) -> None:
    client = signed_in(world, "clerk")
    closed(world, "甲", is_replicable=True)
    client.get(LIST)
    with django_assert_max_num_queries(40) as first:
        client.get(LIST)
    for number in range(5):
        closed(world, f"项目{number}", is_replicable=True)
    with django_assert_max_num_queries(len(first)):
        client.get(LIST)
