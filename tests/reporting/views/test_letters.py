import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document
from reporting.models import ResponsibilityLetter
from tests.factories import make_organization
from tests.reporting.rows import make_task
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world: World, client: Client) -> Client:
    client.force_login(world.user("clerk"))
    return client


def address(name: str, pk: int) -> str:
    return reverse(f"reporting:letter_{name}", args=[pk])


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_letters_are_drawn_up_signed_and_counted(world: World, clerk: Client) -> None:
    url = address("list", world.cycle.pk)
    assert "还没有生成责任书" in page(clerk, url)
    assert "还没有单位报送责任清单" in clerk.post(address("draw", world.cycle.pk), follow=True).content.decode()
    make_task(world, [world.township, world.other_township])
    clerk.post(address("draw", world.cycle.pk))
    assert "共 2 份，已签订 0 份" in page(clerk, url)
    letter = ResponsibilityLetter.objects.get(organization=world.township)
    sign = address("sign", world.cycle.pk)
    assert "请先勾选责任书" in clerk.post(sign, {"signed_on": "2026-03-20"}, follow=True).content.decode()
    assert "请填写签订日期" in clerk.post(sign, {"letters": [letter.pk]}, follow=True).content.decode()
    clerk.post(sign, {"letters": [letter.pk], "signed_on": "2026-03-20"})
    shown = page(clerk, url)
    assert "共 2 份，已签订 1 份" in shown
    assert "乡镇（街道）、部门已签 1／2" in shown
    for state, code in {"signed": "X1", "unsigned": "X2"}.items():
        rows = clerk.get(f"{url}?state={state}").context["page_obj"]
        assert [row.organization.code for row in rows] == [code]
    clerk.post(sign, {"letters": [letter.pk], "undo": "on"})
    assert "共 2 份，已签订 0 份" in page(clerk, url)


def test_the_organization_sees_and_prints_its_letter(world: World, clerk: Client) -> None:
    make_task(world, [world.township])
    clerk.post(address("draw", world.cycle.pk))
    clerk.post(address("packet", world.cycle.pk))
    letter = ResponsibilityLetter.objects.get()
    client = Client()
    client.force_login(world.user("secretary"))
    work = page(client, reverse("reporting:work_show", args=[world.township.pk]))
    assert address("show", letter.pk) in work
    assert "建成党群服务中心" in page(client, address("show", letter.pk))
    client.post(address("paper", letter.pk))
    papers = set(Document.objects.values_list("paper", "title"))
    assert papers == {
        ("reporting.papers.letters.packet", "某县委2026年度目标责任书（全部）"),
        ("reporting.papers.letters.content", "甲乡党委2026年度抓基层党建工作目标责任书"),
    }


def test_queries_do_not_grow_with_rows(world: World, clerk: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(clerk, address("list", world.cycle.pk))
        return len(captured)

    make_task(world, [world.township])
    clerk.post(address("draw", world.cycle.pk))
    one = queries()
    make_task(world, [make_organization(parent=world.county) for _ in range(20)])
    clerk.post(address("draw", world.cycle.pk))
    assert queries() == one
