import datetime as dt

import pytest

from accounts.models import Domain, Organization, Post
from accounts.models.checks import checked, suggested_superiors
from accounts.rules.checks import Check
from accounts.rules.organizations import OrganizationKind, OrganizationLevel
from accounts.rules.roles import Role
from common import clock
from tests.factories import make_organization, make_person, make_post, make_user
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


def codes(check: Check, world: World, role: str = "clerk") -> list[str]:
    return [row.code for row in checked(check, world.user(role))]


def branch(world: World, code: str, **facts) -> Organization:
    facts = {"kind": OrganizationKind.BRANCH, "domain": Domain.objects.get(code="organ")} | facts
    return make_organization("XX局机关党支部", facts.pop("parent", world.department), code=code, **facts)


def test_who_hangs_on_the_county_directly_has_no_clear_superior() -> None:
    world = build_world()
    make_organization("甲乡XX村党支部", world.county, code="V1", level=OrganizationLevel.VILLAGE)
    make_organization("某支部", world.sibling, code="V2", level=OrganizationLevel.BRANCH)
    make_organization("某村", world.township, code="V3", level=OrganizationLevel.VILLAGE)
    kind = OrganizationKind.ORGANS_WORKING_COMMITTEE
    organs = make_organization("县直机关工委", world.county, level=OrganizationLevel.COUNTY, kind=kind)
    make_organization("某机关支部", organs, code="V4", level=OrganizationLevel.BRANCH)
    assert codes(Check.SUPERIOR, world) == ["V1"]


def test_the_committee_of_the_place_is_suggested_by_its_name() -> None:
    world = build_world()
    village = make_organization("甲乡XX村党支部", world.county, level=OrganizationLevel.VILLAGE)
    other = make_organization("某公司党支部", world.county, level=OrganizationLevel.BRANCH)
    assert suggested_superiors([village, other]) == {village.pk: world.township}


def test_without_a_first_responsible_person_today() -> None:
    world = build_world()
    empty = make_organization("空乡党委", world.county, code="E")
    past = make_organization("旧乡党委", world.county, code="F")
    make_post(past, Role.SECRETARY, end=clock.today() - dt.timedelta(days=1))
    make_post(empty, Role.MEMBER)
    assert codes(Check.RESPONSIBLE, world) == ["E", "F", "X"]


def test_branches_whose_secretary_does_not_head_the_unit() -> None:
    world = build_world()
    headed = make_post(branch(world, "B1"), Role.SECRETARY, is_unit_head=True).person
    above = make_post(branch(world, "B2"), Role.SECRETARY).person
    make_post(world.department, Role.MEMBER, above, is_unit_head=True)
    deputy = branch(world, "B3")
    make_post(deputy, Role.SECRETARY)
    make_post(deputy, Role.MEMBER, is_unit_head=True)
    elsewhere = make_post(branch(world, "B4"), Role.SECRETARY).person
    make_post(world.township, Role.MEMBER, elsewhere, is_unit_head=True)
    branch(world, "B5")  # without a secretary: another check tells
    make_post(branch(world, "B6", domain=Domain.objects.get(code="rural")), Role.SECRETARY)
    former = make_post(branch(world, "B7"), Role.SECRETARY, is_unit_head=True, end=dt.date(2021, 1, 1)).person
    make_post(Organization.objects.get(code="B7"), Role.SECRETARY, start=dt.date(2021, 1, 2))
    assert codes(Check.UNIT_HEAD, world) == ["B3", "B4", "B7"]
    assert {headed, former}.isdisjoint({above})


def test_first_responsible_persons_without_an_account_that_opens() -> None:
    world = build_world()
    without = make_post(make_organization("丙乡", world.county, code="C1"), Role.SECRETARY)
    off = make_user(Role.SECRETARY, make_organization("丁乡", world.county, code="C2"))
    type(off).objects.filter(pk=off.pk).update(is_active=False)
    found = set(checked(Check.ACCOUNT, world.user("clerk")))
    assert {without, off.person.posts.get()} <= found
    assert not found & set(Post.objects.filter(person__in=[world.user("secretary").person]))


def test_accounts_that_open_after_the_last_post() -> None:
    world = build_world()
    staff = world.user("staff").person
    staff.posts.update(end=dt.date(2024, 1, 1))
    moved = world.user("other_secretary").person
    make_post(world.township, Role.MEMBER, moved, start=dt.date(2020, 1, 1), end=dt.date(2021, 1, 1))
    to_come = make_user(Role.MEMBER, world.township).person
    to_come.posts.update(start=clock.today() + dt.timedelta(days=30))
    make_post(world.township, Role.MEMBER, make_person(), end=dt.date(2021, 1, 1))
    assert {person.pk for person in checked(Check.IDLE, world.user("clerk"))} == {staff.pk, to_come.pk}


def test_nobody_is_told_of_the_neighbour() -> None:
    world = build_world()
    make_organization("空乡党委", world.county, code="E")
    assert codes(Check.RESPONSIBLE, world, "sibling_clerk") == ["Y"]
    assert codes(Check.RESPONSIBLE, world, "leader") == []
