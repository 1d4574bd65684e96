import pytest

from accounts.models import Organization
from accounts.rules.roles import Role
from tests.factories import make_organization, make_post, make_user

pytestmark = pytest.mark.django_db


def test_three_organizations_of_one_name_live_side_by_side() -> None:
    county = make_organization("某县委")
    bureaus = [make_organization("市XX局", county) for _ in range(3)]
    assert {each.pk for each in Organization.objects.filter(name="市XX局")} == {each.pk for each in bureaus}
    assert len({each.label for each in bureaus}) == 3


def test_a_subtree_is_the_organization_and_what_lies_below() -> None:
    county = make_organization("某县委")
    township = make_organization("甲乡党委", county)
    village = make_organization("某村党支部", township)
    make_organization("乙镇党委", county)
    assert set(Organization.objects.under(township)) == {township, village}


def test_an_id_that_begins_like_another_is_not_below_it() -> None:
    first = make_organization("甲")
    other = make_organization("乙")
    other.path = f"{first.pk}9/"  # as if the number were 19 beside 1
    other.save(update_fields=["path"])
    assert set(Organization.objects.under(first)) == {first}


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.ORGANIZATION_DEPARTMENT, {"某县委", "甲乡党委", "某村党支部"}),
        (Role.LEADER, {"某县委", "甲乡党委", "某村党支部"}),
        (Role.SUPERVISION, {"某县委", "甲乡党委", "某村党支部"}),
        (Role.SUPERIOR_VIEWER, {"某县委", "甲乡党委", "某村党支部"}),
        (Role.ADMINISTRATOR, {"某县委", "甲乡党委", "某村党支部"}),
        (Role.SECRETARY, {"某县委", "甲乡党委", "某村党支部"}),
        (Role.STAFF, {"某县委"}),
        (Role.DEPUTY, {"某县委"}),
        (Role.MEMBER, {"某县委"}),
        (Role.ATTENDEE, set()),
    ],
)
def test_each_role_sees_its_reach_and_no_sibling(role: Role, names: set[str]) -> None:
    city = make_organization("某市委")
    county = make_organization("某县委", city)
    township = make_organization("甲乡党委", county)
    make_organization("某村党支部", township)
    make_organization("邻县县委", city)
    user = make_user(role, county)
    assert {each.name for each in Organization.objects.visible_to(user)} == names


def test_an_ended_post_opens_nothing() -> None:
    county = make_organization("某县委")
    user = make_user(Role.ORGANIZATION_DEPARTMENT, county)
    user.person.posts.update(end="2021-01-01")
    assert not Organization.objects.visible_to(user).exists()


def test_the_first_responsible_person_is_the_current_one() -> None:
    county = make_organization("某县委")
    make_post(county, Role.SECRETARY, end="2024-01-01")
    now = make_post(county, Role.SECRETARY)
    assert county.first_responsible == now
