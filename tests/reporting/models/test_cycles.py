import datetime as dt

import pytest

from reporting.actions.reports import accept_report, lock_report, return_report, start_report
from reporting.models import Cycle, Reporter
from reporting.rules.cycles import CyclePhase
from tests.factories import make_cycle, make_organization, make_reporter
from tests.reporting.rows import hand_in
from tests.world import World

pytestmark = pytest.mark.django_db

BEFORE, AFTER = dt.date(2026, 12, 15), dt.date(2026, 12, 16)


def test_each_stands_in_one_column_and_late_is_counted_beside(world: World) -> None:
    clerk = world.user("clerk")
    third = make_reporter(world.cycle, world.department)
    report = hand_in(world.reporter, by=world.user("secretary"))
    start_report(world.other_reporter, by=world.user("other_secretary"))
    counts = {"expected": 3, "missing": 2, "submitted": 1, "returned": 0, "accepted": 0, "late": 0}
    modes = {"oral": 2, "written": 1}
    assert world.cycle.reporters.standing_counts(BEFORE) == counts | modes
    assert world.cycle.reporters.standing_counts(AFTER) == counts | modes | {"late": 2}
    assert set(world.cycle.reporters.standing("missing", AFTER)) == {world.other_reporter, third}
    report = return_report(report, reason="改", by=clerk)
    assert list(world.cycle.reporters.standing("returned", AFTER)) == [world.reporter]
    assert Reporter.objects.get(pk=world.reporter.pk).standing == "returned"


def test_accepted_and_locked_are_one_column(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    report = accept_report(report, by=world.user("clerk"))
    assert world.cycle.reporters.standing_counts(BEFORE)["accepted"] == 1
    lock_report(report, by=world.user("clerk"))
    assert world.cycle.reporters.standing_counts(BEFORE)["accepted"] == 1


def test_candidates_are_direct_subordinates_not_yet_listed(world: World) -> None:
    make_organization("某村党支部", world.township)
    make_organization("驻县某校党委", world.city)
    assert list(world.cycle.candidates()) == [world.department]


def test_a_person_keeps_what_they_reported(world: World) -> None:
    person = world.reporter.post.person
    older = make_cycle(world.county, 2025, phase=CyclePhase.CLOSED)
    last_year = make_reporter(older, world.township, post=world.reporter.post)
    assert set(Reporter.objects.of_person(person)) == {world.reporter, last_year}
    assert list(Reporter.objects.of_person(person).of_running_cycles()) == [world.reporter]
    assert set(Reporter.objects.never_submitted()) == {world.reporter, world.other_reporter, last_year}


def test_a_year_is_seen_by_who_reviews_or_reports_in_it(world: World) -> None:
    seen = {role for role, user in world.users.items() if Cycle.objects.visible_to(user).contains(world.cycle)}
    assert seen == {
        "secretary",
        "staff",
        "other_secretary",
        "clerk",
        "leader",
        "supervision",
        "superior",
        "administrator",
    }
