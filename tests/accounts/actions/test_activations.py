"""Slips: one code, one person, once, for a while; stored nowhere but on paper."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.actions.activations import CodeRefused, Slip, activate_account, issue_slips, usable_activation
from accounts.models import Activation, AuditEntry, Person, User, people_to_activate
from accounts.permissions import can_manage_account
from accounts.rules.roles import Role
from common import clock
from tests.factories import make_person, make_post
from tests.world import World

pytestmark = pytest.mark.django_db

PASSWORD = "qing-xi-2027"


@pytest.fixture
def newcomer(world: World) -> Person:
    person = make_person("张三")
    make_post(world.township, Role.STAFF, person)
    return person


def slip_for(world: World, person: Person) -> Slip:
    (slip,) = issue_slips([person], by=world.user("clerk"))
    return slip


def test_a_slip_makes_an_account_that_only_its_code_opens(world: World, newcomer: Person) -> None:
    slip = slip_for(world, newcomer)
    assert (slip.user.username, slip.user.person) == ("zhangsan", newcomer)
    assert not slip.user.has_usable_password()
    user = activate_account(slip.code.upper(), password=PASSWORD)
    assert user == slip.user
    assert user.check_password(PASSWORD)
    verbs = AuditEntry.objects.of(newcomer).order_by("id").values_list("verb", "actor")
    assert list(verbs) == [("制作激活单", world.user("clerk").pk), ("激活账号", user.pk)]


def test_the_code_is_stored_nowhere(world: World, newcomer: Person) -> None:
    """Every column of every table is searched for it, with and without its hyphens."""
    slip = slip_for(world, newcomer)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found = str(cursor.fetchall()).lower()
            assert slip.code not in found, table
            assert slip.code.replace("-", "") not in found, table


def test_namesakes_get_login_names_of_their_own(world: World, newcomer: Person) -> None:
    namesake = make_person("张三")
    make_post(world.other_township, Role.STAFF, namesake)
    slips = issue_slips([newcomer, namesake], by=world.user("clerk"))
    assert [slip.user.username for slip in slips] == ["zhangsan", "zhangsan2"]


def test_a_code_opens_once(world: World, newcomer: Person) -> None:
    slip = slip_for(world, newcomer)
    activate_account(slip.code, password=PASSWORD)
    with pytest.raises(CodeRefused, match="已经用过"):
        activate_account(slip.code, password="another-2027")
    assert User.objects.get(pk=slip.user.pk).check_password(PASSWORD)


def test_a_new_slip_voids_the_one_before(world: World, newcomer: Person) -> None:
    first, second = slip_for(world, newcomer), slip_for(world, newcomer)
    with pytest.raises(CodeRefused, match="已换发新单"):
        usable_activation(first.code)
    assert usable_activation(second.code).user == first.user


def test_a_code_expires(world: World, newcomer: Person, settings) -> None:
    slip = slip_for(world, newcomer)
    later = clock.now() + dt.timedelta(days=settings.ACTIVATION_DAYS)
    with clock.at(later), pytest.raises(CodeRefused, match="有效期"):
        activate_account(slip.code, password=PASSWORD)


def test_a_wrong_code_and_a_closed_account_answer_alike(world: World, newcomer: Person) -> None:
    slip = slip_for(world, newcomer)
    with pytest.raises(CodeRefused, match="没有这个激活码"):
        usable_activation("abcd-efgh-jkmn")
    User.objects.filter(pk=slip.user.pk).update(is_active=False)
    with pytest.raises(CodeRefused, match="没有这个激活码"):
        usable_activation(slip.code)


def test_an_account_in_use_gets_no_slip_and_keeps_its_password(world: World) -> None:
    staff = world.user("staff")
    assert issue_slips([staff.person], by=world.user("clerk")) == []
    assert User.objects.get(pk=staff.pk).check_password("test-password-2027")


def test_a_one_time_password_that_nobody_used_gives_way_to_the_slip(world: World) -> None:
    staff = world.user("staff")
    User.objects.filter(pk=staff.pk).update(must_change_password=True)
    slip = slip_for(world, staff.person)
    assert not User.objects.get(pk=staff.pk).has_usable_password()
    assert not activate_account(slip.code, password=PASSWORD).must_change_password


@pytest.mark.parametrize("role", ["staff", "leader", "secretary", "sibling_clerk"])
def test_only_who_keeps_the_accounts_makes_slips(world: World, newcomer: Person, role: str) -> None:
    with pytest.raises(PermissionDenied):
        issue_slips([newcomer], by=world.user(role))
    assert not Activation.objects.exists()


@pytest.mark.parametrize("role", ["clerk", "administrator", "sibling_clerk", "leader", "staff"])
def test_the_list_offers_exactly_those_whose_accounts_one_may_keep(world: World, newcomer: Person, role: str) -> None:
    both, clerk = make_person("李四"), make_person("王五")
    make_post(world.township, Role.STAFF, both)
    make_post(world.sibling, Role.STAFF, both)  # also in the neighbouring county
    make_post(world.county, Role.ORGANIZATION_DEPARTMENT, clerk)  # a role only administrators give
    make_post(world.sibling, Role.STAFF, make_person("赵六"))
    user = world.user(role)
    offered = set(people_to_activate(user))
    assert offered == {each for each in Person.objects.filter(user__isnull=True) if can_manage_account(user, each)}


def test_whoever_has_activated_is_no_longer_on_the_list(world: World, newcomer: Person) -> None:
    slip = slip_for(world, newcomer)
    assert newcomer in people_to_activate(world.user("clerk"))
    activate_account(slip.code, password=PASSWORD)
    assert newcomer not in people_to_activate(world.user("clerk"))
