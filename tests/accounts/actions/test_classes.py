import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions.classes import ClassRow, set_class, set_classes
from accounts.models import AuditEntry, OrganizationClass
from common.conflicts import StaleRevision

pytestmark = pytest.mark.django_db
WEAK = {"rank": "lagging", "is_weak": True, "started_on": dt.date(2026, 3, 1)}


def test_the_department_above_sets_the_class_and_it_is_on_record(world) -> None:
    row = set_class(world.township, year=2026, facts=WEAK, seen=0, by=world.user("clerk"))
    assert (row.rank, row.is_weak, row.is_put_right) == ("lagging", True, False)
    assert AuditEntry.objects.of(row).get().verb == "年度分类"


@pytest.mark.parametrize("role", ["secretary", "leader", "supervision", "superior", "administrator", "sibling_clerk"])
def test_nobody_else_does(world, role: str) -> None:
    with pytest.raises(PermissionDenied):
        set_class(world.township, year=2026, facts=WEAK, seen=0, by=world.user(role))


def test_a_department_does_not_class_its_own_committee(world) -> None:
    with pytest.raises(PermissionDenied):
        set_class(world.county, year=2026, facts=WEAK, seen=0, by=world.user("clerk"))


def test_of_two_who_set_one_class_the_second_is_told(world) -> None:
    clerk = world.user("clerk")
    set_class(world.township, year=2026, facts=WEAK, seen=0, by=clerk)
    with pytest.raises(StaleRevision):
        set_class(world.township, year=2026, facts={"rank": "advanced"}, seen=0, by=clerk)
    set_class(world.township, year=2026, facts={"rank": "ordinary"}, seen=1, by=clerk)
    assert OrganizationClass.objects.get().rank == "ordinary"


def test_a_table_writes_only_what_changed(world) -> None:
    clerk = world.user("clerk")
    set_class(world.township, year=2026, facts=WEAK, seen=0, by=clerk)
    rows = [
        ClassRow(world.township, "lagging", is_weak=True, seen=1),
        ClassRow(world.other_township, "advanced", is_weak=False, seen=0),
        ClassRow(world.department, "", is_weak=False, seen=0),
    ]
    assert set_classes(rows, year=2026, by=clerk) == 1
    assert OrganizationClass.objects.get(organization=world.township).started_on == dt.date(2026, 3, 1)
    assert OrganizationClass.objects.count() == 2


def test_the_change_is_that_from_the_year_right_before(world) -> None:
    clerk = world.user("clerk")
    for year, rank in ((2023, "advanced"), (2025, "lagging"), (2026, "ordinary")):
        set_class(world.township, year=year, facts={"rank": rank}, seen=0, by=clerk)
    changes = {each.year: each.change for each in OrganizationClass.objects.for_page()}
    assert changes == {2023: "", 2025: "", 2026: "up"}
