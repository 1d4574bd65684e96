import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from accounts.models import AuditEntry, Notice, Person, Post, User
from accounts.rules.roles import Role
from common import clock
from overview.actions.secretaries import SecretaryChanged, Succession, replace_secretary
from reporting.models import DutyReport
from tests.factories import make_cycle, make_person, make_post, make_reporter
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def november():
    with clock.at(dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def world() -> World:
    world = build_world()
    DutyReport.objects.create(reporter=world.reporter)
    return world


def newcomer(**facts) -> Succession:
    return Succession(**{"start": TODAY, "title": "党委书记", "name": "XX", "code": "N1"} | facts)


def old_post(world: World) -> Post:
    return world.user("secretary").person.posts.get()


def test_the_old_post_ends_the_day_before_and_the_new_one_begins(world) -> None:
    new = replace_secretary(world.township, newcomer(), seen=old_post(world), by=world.user("clerk"))
    assert old_post(world).end == dt.date(2026, 11, 19)
    assert (new.person.code, new.start, new.role, new.is_first_responsible) == ("N1", TODAY, Role.SECRETARY, True)
    assert world.township.first_responsible == new
    entry = AuditEntry.objects.of(world.township).get(verb="更换第一责任人")
    assert entry.before["第一责任人"].startswith("张某")
    assert entry.after["第一责任人"] == "XX（N1），党委书记"


def test_reports_go_over_only_where_asked_and_what_was_handed_in_never(world) -> None:
    clerk, old = world.user("clerk"), old_post(world)
    last_year = make_reporter(make_cycle(world.county, 2025), world.township, post=old)
    DutyReport.objects.create(reporter=last_year, submitted_at=clock.now())
    new = replace_secretary(world.township, newcomer(reporters=[world.reporter]), seen=old, by=clerk)
    world.reporter.refresh_from_db()
    last_year.refresh_from_db()
    assert (world.reporter.post, last_year.post) == (new, old)


def test_a_registered_person_follows_and_leaves_the_deputys_post(world) -> None:
    deputy = make_post(world.township, Role.DEPUTY)
    account = User.objects.create(username="deputy", person=deputy.person)
    chosen = newcomer(person=deputy.person, ends=[deputy])
    new = replace_secretary(world.township, chosen, seen=old_post(world), by=world.user("clerk"))
    deputy.refresh_from_db()
    assert (new.person, deputy.end) == (deputy.person, dt.date(2026, 11, 19))
    assert "甲乡党委" in Notice.objects.get(user=account).text


@pytest.mark.parametrize("keeps", [True, False])
def test_the_account_of_who_leaves_is_kept_or_closed(world, keeps: bool) -> None:
    replace_secretary(world.township, newcomer(keeps_account=keeps), seen=old_post(world), by=world.user("clerk"))
    assert User.objects.get(username="secretary").is_active is keeps


def test_a_vacant_post_is_filled(world) -> None:
    old = old_post(world)
    old.end = dt.date(2026, 6, 30)
    old.save()
    new = replace_secretary(world.township, newcomer(), seen=None, by=world.user("clerk"))
    old.refresh_from_db()
    assert (old.end, new.start) == (dt.date(2026, 6, 30), TODAY)


def test_the_second_of_two_clerks_is_told_and_nothing_is_done(world) -> None:
    clerk, old = world.user("clerk"), old_post(world)
    replace_secretary(world.township, newcomer(), seen=old, by=clerk)
    with pytest.raises(SecretaryChanged, match=r"XX（N1）"):
        replace_secretary(world.township, newcomer(code="N2"), seen=old, by=clerk)
    assert not Person.objects.filter(code="N2").exists()


@pytest.mark.parametrize("role", ["secretary", "leader", "supervision", "superior", "sibling_clerk"])
def test_nobody_else_replaces_a_secretary(world, role: str) -> None:
    with pytest.raises(PermissionDenied):
        replace_secretary(world.township, newcomer(), seen=old_post(world), by=world.user(role))


def test_a_clerk_does_not_become_secretary_herself(world) -> None:
    clerk = world.user("clerk")
    with pytest.raises(PermissionDenied):
        replace_secretary(world.township, newcomer(person=clerk.person), seen=old_post(world), by=clerk)


def test_a_day_in_the_future_keeps_the_present_secretary_till_then(world) -> None:
    new = replace_secretary(
        world.township,
        newcomer(start=dt.date(2026, 12, 1), reporters=[world.reporter]),
        seen=old_post(world),
        by=world.user("clerk"),
    )
    world.reporter.refresh_from_db()
    assert (world.township.first_responsible, world.township.incumbent) == (old_post(world), new)
    assert world.reporter.post == new


def test_somebody_who_is_no_person_of_the_county_is_a_new_one(world) -> None:
    make_person("XX")
    new = replace_secretary(world.township, newcomer(), seen=old_post(world), by=world.user("clerk"))
    assert Person.objects.filter(name="XX").count() == 2
    assert new.person.code == "N1"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time")
def test_of_two_clerks_at_the_same_moment_one_is_told(world) -> None:
    clerk, old, barrier, told = world.user("clerk"), old_post(world), threading.Barrier(2), []

    def replace(code: str) -> None:
        barrier.wait()
        try:
            replace_secretary(world.township, newcomer(code=code, start=clock.today()), seen=old, by=clerk)
        except SecretaryChanged:
            told.append(code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=replace, args=(code,)) for code in ("N1", "N2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(told) == 1
    assert Post.objects.filter(organization=world.township, is_first_responsible=True, end=None).count() == 1
