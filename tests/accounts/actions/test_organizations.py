import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from accounts.actions.organizations import OrganizationLoop, create_domain, create_organization, edit_organization
from accounts.models import AuditEntry, Domain, Organization
from accounts.rules.roles import Role
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db

FACTS = {"name": "丙乡党委", "code": "X9", "kind": "committee", "level": "township"}


def test_an_organization_is_added_under_its_superior_and_on_record() -> None:
    county = make_organization("某县委")
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, county)
    township = create_organization(parent=county, facts=FACTS, by=clerk)
    assert township.path == f"{county.path}{township.pk}/"
    entry = AuditEntry.objects.of(township).get()
    assert (entry.verb, entry.actor, entry.after["name"]) == ("新增党组织", clerk, "丙乡党委")


def test_nobody_adds_to_a_neighbour() -> None:
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, make_organization("某县委"))
    with pytest.raises(PermissionDenied):
        create_organization(parent=make_organization("邻县县委"), facts=FACTS, by=clerk)
    assert not Organization.objects.filter(code="X9").exists()


def test_moving_takes_everything_below_along() -> None:
    county = make_organization("某县委")
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, county)
    school_office = make_organization("县教育局党委", county)
    township = make_organization("甲乡党委", county)
    school = make_organization("某中学党总支", township)
    branch = make_organization("教工党支部", school)
    edit_organization(school, parent=school_office, facts={"name": school.name}, by=clerk)
    branch.refresh_from_db()
    assert branch.path == f"{school_office.path}{school.pk}/{branch.pk}/"
    assert set(Organization.objects.under(township)) == {township}


def test_no_organization_becomes_its_own_superior() -> None:
    county = make_organization("某县委")
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, county)
    township = make_organization("甲乡党委", county)
    village = make_organization("某村党支部", township)
    for below in (township, village):
        with pytest.raises(OrganizationLoop, match="不能是本单位"):
            edit_organization(township, parent=below, facts={}, by=clerk)


def test_the_trail_keeps_only_what_changed() -> None:
    county = make_organization("某县委")
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, county)
    township = make_organization("甲乡党委", county)
    edit_organization(township, parent=county, facts={"name": "甲镇党委"}, by=clerk)
    entry = AuditEntry.objects.of(township).get(verb="修改党组织")
    assert (entry.before, entry.after) == ({"name": "甲乡党委"}, {"name": "甲镇党委"})


def test_only_an_administrator_adds_a_domain() -> None:
    county = make_organization("某县委")
    with pytest.raises(PermissionDenied):
        create_domain(code="park", name="园区", by=make_user(Role.ORGANIZATION_DEPARTMENT, county))
    create_domain(code="park", name="园区", by=make_user(Role.ADMINISTRATOR, county))
    assert Domain.objects.get(code="park").name == "园区"


def _at_once(*deeds: Callable[[], object]) -> None:
    """Each in a thread of its own; what one of them refuses is its own business."""
    barrier = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        barrier.wait()
        try:
            deed()
        except OrganizationLoop:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_two_moves_at_once_make_no_loop() -> None:
    county = make_organization("某县委")
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, county)
    for _ in range(3):
        one, other = make_organization("甲乡党委", county), make_organization("乙镇党委", county)
        _at_once(
            lambda one=one, other=other: edit_organization(one, parent=other, facts={}, by=clerk),
            lambda one=one, other=other: edit_organization(other, parent=one, facts={}, by=clerk),
        )
        one.refresh_from_db()
        other.refresh_from_db()
        assert {one.parent_id, other.parent_id} in ({county.pk, one.pk}, {county.pk, other.pk})
        assert {one.path, other.path} & {f"{county.path}{one.pk}/", f"{county.path}{other.pk}/"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_what_is_added_below_a_moving_organization_moves_along() -> None:
    county = make_organization("某县委")
    clerk = make_user(Role.ORGANIZATION_DEPARTMENT, county)
    for number in range(3):
        township, office = make_organization("甲乡党委", county), make_organization("县教育局党委", county)
        facts = {**FACTS, "code": f"X9-{number}", "level": "village"}
        _at_once(
            lambda township=township, office=office: edit_organization(township, parent=office, facts={}, by=clerk),
            lambda township=township, facts=facts: create_organization(parent=township, facts=facts, by=clerk),
        )
        added = Organization.objects.get(code=f"X9-{number}")
        assert added.path == f"{office.path}{township.pk}/{added.pk}/"
