import pytest
from django.test import Client
from django.urls import reverse

from reporting.models import ProblemCategory
from reporting.rules.categories import PROBLEM_CATEGORIES
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_a_committee_writes_its_own_list() -> None:
    world = build_world()
    client = Client()
    client.force_login(world.user("clerk"))
    address = reverse("reporting:category_edit", args=[world.county.pk])
    assert ProblemCategory.objects.names_of(world.county) == list(PROBLEM_CATEGORIES)
    assert client.post(address, {"names": "责任落实\n其他"}).status_code == 302
    assert ProblemCategory.objects.names_of(world.county) == ["责任落实", "其他"]
    assert "请至少填写一个类别" in client.post(address, {"names": " \n"}).content.decode()
    assert ProblemCategory.objects.names_of(world.sibling) == list(PROBLEM_CATEGORIES)
