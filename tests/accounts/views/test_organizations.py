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


def test_the_tree_opens_level_by_level_with_as_many_queries_for_many(client, django_assert_max_num_queries) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    url = reverse("accounts:organization_tree")
    top = client.get(url).content.decode()
    assert all(name in top for name in ("某县委", "甲乡党委", "乙镇党委"))
    make_organization("某村党支部", world.township)
    with django_assert_max_num_queries(100) as few:
        client.get(url, {"at": world.township.pk})
    for number in range(129):
        make_organization(f"第{number}村党支部", world.township)
    with django_assert_max_num_queries(len(few)):
        page = client.get(url, {"at": world.township.pk})
    text = page.content.decode()
    assert len(page.context["page_obj"]) == 100
    assert "连同各级下级共 131 个党组织" in text
    assert "已显示 100 个，共 130 个" in text


def test_htmx_gets_one_level_and_its_next_rows(client) -> None:
    world = build_world()
    for number in range(101):
        make_organization(f"第{number}村党支部", world.township)
    client.force_login(world.user("clerk"))
    url, headers = reverse("accounts:organization_tree"), {"HX-Request": "true"}
    level = client.get(url, {"at": world.township.pk}, headers=headers).content.decode()
    assert level.startswith("<ul")
    rest = client.get(url, {"at": world.township.pk, "page": 2}, headers=headers).content.decode()
    assert (rest.count("<li>"), "<ul" in rest) == (1, False)


def test_the_tree_begins_at_the_own_organization_and_hides_the_neighbour(client) -> None:
    world = build_world()
    client.force_login(world.user("staff"))
    url = reverse("accounts:organization_tree")
    assert "甲乡党委" in client.get(url).content.decode()
    assert client.get(url, {"at": world.other_township.pk}).status_code == 404
    assert client.get(url, {"at": "abc"}).status_code == 200


def test_an_organization_with_many_subordinates_shows_them_by_pages(client) -> None:
    world = build_world()
    for number in range(101):
        make_organization(f"第{number}村党支部", world.township)
    client.force_login(world.user("clerk"))
    page = client.get(reverse("accounts:organization_show", args=[world.township.pk]))
    assert "（101）" in page.content.decode()
    assert len(page.context["page_obj"]) == 100


def test_above_a_few_hundred_the_superior_is_named_by_its_code(client, monkeypatch) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    url = reverse("accounts:organization_edit", args=[world.township.pk])
    assert "<option" in str(client.get(url).context["form"]["parent"])
    monkeypatch.setattr("accounts.forms.organizations.MOST_CHOICES", 2)
    form = client.get(url).context["form"]
    assert 'value="X"' in str(form["parent"])
    typed = {"code": "X1", "name": "甲乡党委", "parent": "Ｘ２", "kind": "committee", "level": "township"}
    assert client.post(url, typed | {"parent": "Y"}).context["form"].errors["parent"] == [
        "没有这个代码，或者不在您管理的范围内。"
    ]
    assert client.post(url, typed).status_code == 302
    world.township.refresh_from_db()
    assert world.township.parent == world.other_township
