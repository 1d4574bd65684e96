import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from overview.statistics import CHAPTERS
from tests.rectification.rows import make_list
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    make_list(world.reporter)
    return world


@pytest.fixture
def clerk(world: World) -> Client:
    client = Client()
    client.force_login(world.user("clerk"))
    return client


@pytest.mark.parametrize("key", [chapter.key for chapter in CHAPTERS])
def test_every_chapter_opens(world: World, clerk: Client, key: str) -> None:
    response = clerk.get(reverse("overview:statistics_show", args=[world.cycle.pk, key]))
    assert response.status_code == 200
    html = response.content.decode()
    for table in response.context["tables"]:
        assert str(table.title) in html
        assert table.is_empty or table.definition in html


def test_an_unknown_chapter_is_no_page(world: World, clerk: Client) -> None:
    assert clerk.get(f"/cycles/{world.cycle.pk}/statistics/x/").status_code == 404


def test_excel_has_every_table(world: World, clerk: Client) -> None:
    response = clerk.get(reverse("overview:statistics_export", args=[world.cycle.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    titles = [table.title[:31] for chapter in CHAPTERS for table in chapter.tables(world.cycle, None)]
    assert book.sheetnames == titles
