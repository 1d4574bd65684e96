import pytest
from django.urls import reverse

from accounts.models import Organization
from tests.factories import make_organization
from tests.world import build_world

pytestmark = pytest.mark.django_db


def test_the_list_asks_as_often_for_one_row_as_for_thirty(client, django_assert_max_num_queries) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    url = reverse("accounts:organization_list")
    with django_assert_max_num_queries(100) as few:
        client.get(url, {"q": "甲乡"})
    for number in range(30):
        make_organization(f"第{number}村党支部", world.township)
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).status_code == 200


def test_a_code_that_is_taken_is_said_and_nothing_typed_is_lost(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    typed = {"code": "X1", "name": "丁镇党委，，", "parent": world.county.pk, "kind": "committee", "level": "township"}
    response = client.post(reverse("accounts:organization_create"), typed)
    assert response.status_code == 200
    assert "丁镇党委，，" in response.content.decode()
    assert Organization.objects.filter(code="X1").count() == 1


def test_a_loop_is_refused_in_words(client) -> None:
    world = build_world()
    village = make_organization("某村党支部", world.township)
    client.force_login(world.user("clerk"))
    url = reverse("accounts:organization_edit", args=[world.township.pk])
    typed = {"code": "X1", "name": "甲乡党委", "parent": village.pk, "kind": "committee", "level": "township"}
    response = client.post(url, typed)
    assert "上级党组织不能是本单位" in response.content.decode()
