import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.actions.people import (
    AccountExists,
    SecondFirstResponsible,
    create_person,
    edit_post,
    end_post,
    open_account,
    reset_password,
    set_account_active,
    start_post,
)
from accounts.models import AuditEntry, Person, User
from accounts.rules.roles import Role
from tests.factories import make_organization, make_person, make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_organization("某县委")


@pytest.fixture
def clerk(county):
    return make_user(Role.ORGANIZATION_DEPARTMENT, county)


def test_five_people_of_one_masked_name_stay_five(county, clerk) -> None:
    for number in range(5):
        create_person(code=f"M{number}", name="***", organization=county, title="委员", role=Role.MEMBER, by=clerk)
    assert Person.objects.filter(name="***", code__startswith="M").count() == 5


def test_a_second_first_responsible_person_is_refused_by_the_database(county) -> None:
    make_post(county, Role.SECRETARY)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_post(county, Role.SECRETARY)


def test_a_successor_follows_once_the_post_has_ended(county, clerk) -> None:
    old = make_post(county, Role.SECRETARY)
    end_post(old, end=dt.date(2026, 6, 30), by=clerk)
    new = start_post(
        make_person(), organization=county, title="党委书记", role=Role.SECRETARY, by=clerk,
        is_first_responsible=True, start=dt.date(2026, 7, 1),
    )  # fmt: skip
    assert county.first_responsible == new
    assert AuditEntry.objects.of(old).get().verb == "免职"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANIZATION_DEPARTMENT])
def test_a_clerk_cannot_give_out_the_rights_of_a_committee(county, clerk, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        start_post(make_person(), organization=county, title="干部", role=role, by=clerk)
    post = make_post(county, Role.MEMBER)
    with pytest.raises(PermissionDenied):
        edit_post(post, facts={"role": role}, by=clerk)


def test_an_account_opens_with_a_password_that_is_never_stored_plain(county, clerk) -> None:
    person = make_post(county, Role.STAFF).person
    user, password = open_account(person, username="xinren", by=clerk)
    assert user.check_password(password)
    assert user.must_change_password
    assert password not in str(AuditEntry.objects.of(person).values())


def test_a_clerk_does_not_touch_accounts_of_another_county(clerk) -> None:
    stranger = make_user(Role.SECRETARY, make_organization("邻县县委"))
    with pytest.raises(PermissionDenied):
        reset_password(stranger, by=clerk)
    with pytest.raises(PermissionDenied):
        set_account_active(stranger, active=False, by=clerk)


def test_somebody_with_a_post_elsewhere_is_kept_by_neither_alone(county, clerk) -> None:
    """Otherwise a county's clerk could reset the password of a leader who also holds a post in the city."""
    leader = make_user(Role.LEADER, county)
    make_post(make_organization("某市委"), Role.MEMBER, leader.person)
    with pytest.raises(PermissionDenied):
        reset_password(leader, by=clerk)


def test_nobody_switches_the_own_account_off(county, clerk) -> None:
    with pytest.raises(PermissionDenied):
        set_account_active(clerk, active=False, by=clerk)
    other = make_user(Role.STAFF, county)
    set_account_active(other, active=False, by=clerk)
    assert not User.objects.get(pk=other.pk).is_active


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANIZATION_DEPARTMENT])
def test_a_clerk_does_not_sign_in_as_who_has_more_rights(county, clerk, role: Role) -> None:
    """A clerk who could set an administrator's password would be the administrator."""
    other = make_user(role, county)
    with pytest.raises(PermissionDenied):
        reset_password(other, by=clerk)
    with pytest.raises(PermissionDenied):
        set_account_active(other, active=False, by=clerk)
    without_account = make_post(county, role).person
    with pytest.raises(PermissionDenied):
        open_account(without_account, username="xinren", by=clerk)
    administrator = make_user(Role.ADMINISTRATOR, county)
    assert reset_password(other, by=administrator)


def test_rights_that_begin_later_count_too(county, clerk) -> None:
    person = make_post(county, Role.STAFF).person
    make_post(county, Role.ADMINISTRATOR, person, start=dt.date(2999, 1, 1))
    with pytest.raises(PermissionDenied):
        open_account(person, username="xinren", by=clerk)


def test_a_clerk_neither_ends_nor_changes_the_post_of_an_administrator(county, clerk) -> None:
    post = make_user(Role.ADMINISTRATOR, county).person.posts.get()
    with pytest.raises(PermissionDenied):
        edit_post(post, facts={"role": Role.STAFF}, by=clerk)
    with pytest.raises(PermissionDenied):
        end_post(post, end=dt.date(2026, 6, 30), by=clerk)


def test_a_clerk_gives_herself_no_post(county, clerk) -> None:
    with pytest.raises(PermissionDenied):
        start_post(clerk.person, organization=county, title="书记", role=Role.LEADER, by=clerk)
    own = make_post(county, Role.STAFF, clerk.person)
    with pytest.raises(PermissionDenied):
        edit_post(own, facts={"role": Role.SECRETARY}, by=clerk)


def test_an_administrator_of_a_small_office_takes_on_a_second_post(county) -> None:
    administrator = make_user(Role.ADMINISTRATOR, county)
    post = start_post(
        administrator.person, organization=county, title="干事", role=Role.ORGANIZATION_DEPARTMENT, by=administrator
    )
    assert post.pk


def test_a_second_account_is_refused_in_words(county, clerk) -> None:
    user = make_user(Role.STAFF, county)
    with pytest.raises(AccountExists, match="已经有账号"):
        open_account(user.person, username="xinren", by=clerk)


def test_what_happens_to_an_account_stands_in_the_trail_of_the_organization(county, clerk) -> None:
    user = make_user(Role.STAFF, county)
    reset_password(user, by=clerk)
    entry = AuditEntry.objects.visible_to(clerk).get(verb="重置密码")
    assert (entry.organization, entry.actor, entry.before, entry.after) == (county, clerk, None, None)


def test_two_first_responsible_persons_on_the_same_days_are_refused(county, clerk) -> None:
    """The database sees only who has no end; a post that ends next year still overlaps."""
    make_post(county, Role.SECRETARY, end=dt.date(2026, 12, 31))
    facts = {"title": "党委书记", "role": Role.SECRETARY, "is_first_responsible": True}
    with pytest.raises(SecondFirstResponsible):
        start_post(make_person(), organization=county, by=clerk, start=dt.date(2026, 7, 1), **facts)
    late = start_post(make_person(), organization=county, by=clerk, start=dt.date(2027, 1, 1), **facts)
    with pytest.raises(SecondFirstResponsible):
        edit_post(late, facts={"start": dt.date(2026, 12, 31)}, by=clerk)
