import pytest
from django.urls import reverse

from accounts.models import Domain
from accounts.rules.checks import Check
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from tests.factories import make_organization, make_post
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
URL = "/checks/"


def trouble(world: World, number: int) -> None:
    """One more finding for each check."""
    make_organization("甲乡XX村党支部", world.county, level=OrganizationLevel.VILLAGE)
    organ = Domain.objects.get(code="organ")
    branch = make_organization("XX局机关党支部", world.department, kind=OrganizationKind.BRANCH, domain=organ)
    make_post(branch, Role.SECRETARY)
    idle = make_post(world.township, Role.MEMBER, end="2021-01-01").person
    idle.user = type(world.user("clerk")).objects.create(username=f"idle{number}", person=idle)


def test_each_finding_leads_to_its_repair(client) -> None:
    world = build_world()
    trouble(world, 0)
    client.force_login(world.user("clerk"))
    village = world.county.children.get(level=OrganizationLevel.VILLAGE)
    text = client.get(URL, {"check": "superior"}).content.decode()
    repair = f"{reverse('accounts:organization_edit', args=[village.pk])}?parent={world.township.pk}"
    assert repair in text
    assert str(world.township.pk) == client.get(repair).context["form"]["parent"].value()
    branch = world.department.children.get()
    post = branch.posts.get()
    text = client.get(URL, {"check": "unit_head"}).content.decode()
    assert reverse("accounts:post_edit", args=[post.pk]) in text
    assert branch.label in text


@pytest.mark.parametrize("check", Check.values)
def test_a_check_asks_as_often_for_one_row_as_for_twenty(client, django_assert_max_num_queries, check: str) -> None:
    world = build_world()
    trouble(world, 0)
    client.force_login(world.user("clerk"))
    with django_assert_max_num_queries(100) as few:
        client.get(URL, {"check": check})
    for number in range(1, 20):
        trouble(world, number)
    with django_assert_max_num_queries(len(few)):
        assert client.get(URL, {"check": check}).status_code == 200


def test_the_sum_stands_beside_the_link(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    assert URL in client.get(reverse("accounts:organization_list")).content.decode()
    total = sum(count for _, count in client.get(URL).context["checks"])
    assert f">{total}<" in client.get(URL, headers={"HX-Request": "true"}).content.decode()


def test_what_is_in_order_is_said(client) -> None:
    world = build_world()
    client.force_login(world.user("clerk"))
    assert "没有发现问题" in client.get(URL, {"check": "unit_head"}).content.decode()
    assert client.get(URL, {"check": "unknown"}).status_code == 200
