import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import AuditEntry
from accounts.rules.roles import Role
from common.conflicts import StaleRevision
from common.figures import FigureSum
from reporting.actions.duty_entries import edit_duty_entry, remove_duty_entry
from reporting.models import DutyEntry
from reporting.rules.refusals import DutyEntryRefused
from tests.factories import make_organization, make_person, make_post, make_user
from tests.reporting.rows import make_duty_entry
from tests.world import World

pytestmark = pytest.mark.django_db


def test_staff_write_for_the_first_responsible_person(world: World) -> None:
    entry = make_duty_entry(world.township, by=world.user("staff"), count_text="X", date_text="3月X日")
    entry.refresh_from_db()
    assert entry.post == world.township.first_responsible
    assert (entry.when, entry.month, entry.count_text) == ("3月X日", 3, "X")
    assert AuditEntry.objects.of(entry).get().verb == "记入履职纪实"


def test_a_deputy_writes_for_oneself(world: World) -> None:
    deputy = make_user(Role.DEPUTY, world.township)
    assert make_duty_entry(world.township, by=deputy).post.person == deputy.person


def test_nobody_else_writes_and_somebody_must_have_done_it(world: World) -> None:
    for role in ("clerk", "other_secretary", "leader"):
        with pytest.raises(PermissionDenied):
            make_duty_entry(world.township, by=world.user(role))
    empty = make_organization("某局党组", world.county)
    with pytest.raises(DutyEntryRefused):
        make_duty_entry(empty, by=make_user(Role.STAFF, empty))


def test_totals_by_type_in_the_order_of_types(world: World) -> None:
    by = world.user("staff")
    for kind, count in (("lecture", ""), ("research", "3"), ("research", ""), ("research", "X")):
        make_duty_entry(world.township, by=by, kind=kind, count_text=count)
    make_duty_entry(world.other_township, by=world.user("other_secretary"))
    totals = DutyEntry.objects.visible_to(by).totals()
    assert list(totals.items()) == [("research", FigureSum(4, 1)), ("lecture", FigureSum(1, 0))]


def test_a_report_counts_what_its_reporter_did_in_the_year(world: World) -> None:
    make_duty_entry(world.township, by=world.user("staff"))
    make_duty_entry(world.township, by=world.user("staff"), year=2025, date=dt.date(2025, 5, 6))
    earlier = make_post(world.township, Role.DEPUTY, make_person("前任"))
    DutyEntry.objects.create(
        organization=world.township, post=earlier, year=2026, kind="research", subject="前任的", by=world.user("staff")
    )
    person = world.reporter.post.person
    assert DutyEntry.objects.of_report(world.township, person, 2026).totals() == {"research": FigureSum(1, 0)}


def test_changed_against_a_revision_and_removed_with_a_trace(world: World) -> None:
    entry = make_duty_entry(world.township, by=world.user("staff"))
    edited = edit_duty_entry(entry, facts={"subject": "到***村"}, seen=1, by=world.user("secretary"))
    with pytest.raises(StaleRevision):
        edit_duty_entry(entry, facts={"subject": "晚了"}, seen=1, by=world.user("staff"))
    with pytest.raises(PermissionDenied):
        remove_duty_entry(edited, by=world.user("clerk"))
    remove_duty_entry(edited, by=world.user("staff"))
    assert not DutyEntry.objects.exists()
    assert AuditEntry.objects.filter(verb="删除履职纪实").get().before["subject"] == "到***村"
