import pytest
from django.test import Client
from django.urls import reverse

from reporting.models.self_checks import self_check_of
from tests.reporting.rows import write
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


def test_asked_once_before_handing_in_and_read_by_the_department(client: Client) -> None:
    world: World = build_world()
    question = world.cycle.scheme.questions.create(text="看看自己的承诺？", position=1)
    report = write(world.reporter, by=world.user("staff"))
    client.force_login(world.user("secretary"))
    page = client.get(reverse("reporting:report_submit", args=[world.reporter.pk])).content.decode()
    assert "对照检查还有 1 个问题没有回答" in page
    address = reverse("reporting:self_check_show", args=[world.reporter.pk])
    assert client.post(address, {"revision": 0, f"question_{question.pk}": "有***件没有办成"}).status_code == 302
    assert self_check_of(report) == [(question, "有***件没有办成")]
    assert client.post(address, {"revision": 0}).status_code == 409
    page = client.get(reverse("reporting:report_submit", args=[world.reporter.pk])).content.decode()
    assert "没有回答" not in page
    client.post(reverse("reporting:report_submit", args=[world.reporter.pk]))
    client.force_login(world.user("clerk"))
    assert "有***件没有办成" in client.get(address).content.decode()
    client.force_login(world.user("leader"))
    assert client.get(address).status_code == 403
