from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from documents.models import Document
from documents.rendering.paper import fingerprint
from tests.documents import rows
from tests.documents.rows import make_document
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("committing")]


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def _ready(world: World) -> Document:
    return make_document(
        world.reporter,
        world.county,
        world.user("clerk"),
        title="甲乡述职报告",
        state="ready",
        pages=5,
        fingerprint=fingerprint(rows.content(world.reporter.pk)),
        file=default_storage.save("documents/x.pdf", ContentFile(b"%PDF-1.7")),
    )


def test_the_list_asks_as_often_for_one_row_as_for_thirty(
    world: World, clerk: Client, django_assert_max_num_queries
) -> None:
    url = reverse("documents:document_list")
    make_document(world.reporter, world.county, world.user("clerk"), state="ready")
    with django_assert_max_num_queries(100) as few:
        clerk.get(url)
    for _ in range(29):
        make_document(world.reporter, world.county, world.user("clerk"), state="ready")
    with django_assert_max_num_queries(len(few)):
        assert clerk.get(url).context["page_obj"].paginator.count == 30


def test_the_list_filters_by_state_and_title(world: World, clerk: Client) -> None:
    _ready(world)
    make_document(world.reporter, world.county, world.user("clerk"), title="议程", state="failed")
    url = reverse("documents:document_list")
    assert [row.title for row in clerk.get(url, {"state": "failed"}).context["page_obj"]] == ["议程"]
    assert [row.title for row in clerk.get(url, {"q": "甲乡"}).context["page_obj"]] == ["甲乡述职报告"]


def test_an_empty_list_says_what_to_do(clerk: Client) -> None:
    assert "还没有文书" in clerk.get(reverse("documents:document_list")).content.decode()


def test_an_unfinished_one_shows_progress_and_asks_again(document: Document, clerk: Client) -> None:
    Document.objects.update(state="rendering", done=3, total=18)
    url = reverse("documents:document_show", args=[document.pk])
    page = clerk.get(url).content.decode()
    assert "正在排版第 4 份，共 17 份" in page
    assert 'hx-trigger="every 1500ms"' in page
    fragment = clerk.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert 'hx-trigger="every 1500ms"' in fragment


def test_a_finished_one_stops_asking(world: World, clerk: Client) -> None:
    url = reverse("documents:document_show", args=[_ready(world).pk])
    fragment = clerk.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in fragment
    assert "已生成" in fragment
    rows.text["body"] = "<p>改过。</p>"
    assert "已过期" in clerk.get(url).content.decode()


def test_a_failed_one_says_why_and_can_be_tried_again(world: World, clerk: Client, woken: list[int]) -> None:
    failed = make_document(world.reporter, world.county, world.user("clerk"), state="failed", reason="会议尚未排定议程")
    url = reverse("documents:document_show", args=[failed.pk])
    assert "会议尚未排定议程" in clerk.get(url).content.decode()
    retry = reverse("documents:document_retry", args=[failed.pk])
    assert clerk.post(retry).url == url
    assert woken == [failed.pk]
    assert "请刷新页面" in clerk.post(retry, follow=True).content.decode()


@pytest.mark.parametrize(("query", "disposition"), [("", "attachment"), ("?inline=1", "inline")])
def test_the_file_comes_under_its_chinese_name(world: World, clerk: Client, query: str, disposition: str) -> None:
    response = clerk.get(reverse("documents:document_download", args=[_ready(world).pk]) + query)
    assert response["Content-Disposition"] == f"{disposition}; filename*=utf-8''{quote('甲乡述职报告.pdf')}"
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == b"%PDF-1.7"


def test_a_file_that_is_gone_is_not_found(world: World, clerk: Client) -> None:
    document = _ready(world)
    default_storage.delete(document.file.name)
    assert clerk.get(reverse("documents:document_download", args=[document.pk])).status_code == 404
    assert "已过期" in clerk.get(document.get_absolute_url()).content.decode()


@pytest.mark.parametrize("verb", ["show", "download"])
def test_a_file_of_others_is_as_if_it_did_not_exist(world: World, client: Client, verb: str) -> None:
    document = _ready(world)
    client.force_login(world.user("sibling_clerk"))
    assert client.get(reverse(f"documents:document_{verb}", args=[document.pk])).status_code == 404
