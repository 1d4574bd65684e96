import pytest

from reporting.actions.reports import ReportChanges, accept_report, return_report, save_report
from reporting.models import DutyReport, ReportVersion
from reporting.rules.cycles import CyclePhase
from tests.reporting.rows import TEXTS, hand_in, write
from tests.world import ROLES, World

pytestmark = pytest.mark.django_db

REVIEWERS = {"clerk", "leader", "supervision", "superior"}


def seers(world: World, report: DutyReport) -> set[str]:
    roles = set(ROLES) - {"anonymous"}
    return {role for role in roles if DutyReport.objects.visible_to(world.user(role)).contains(report)}


def test_a_draft_is_its_authors_alone(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    assert seers(world, report) == {"secretary", "staff"}


def test_once_handed_in_reviewers_see_it_even_while_it_is_changed(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    assert seers(world, report) == {"secretary", "staff"} | REVIEWERS
    report = return_report(report, reason="改", by=world.user("clerk"))
    assert seers(world, report) == {"secretary", "staff"} | REVIEWERS
    changes = ReportChanges(texts={"achievements": "草稿"})
    report = save_report(report, changes=changes, seen=report.revision, by=world.user("staff"))
    assert report.handed_in is not None
    assert report.handed_in.sections[2].text == TEXTS["achievements"]
    assert ReportVersion.objects.visible_to(world.user("other_secretary")).count() == 0


def test_the_queue_of_a_committee(world: World) -> None:
    report = hand_in(world.reporter, by=world.user("secretary"))
    queue = DutyReport.objects.awaiting_screening
    assert list(queue(world.county)) == [report]
    assert list(queue(world.sibling)) == []
    world.cycle.phase = CyclePhase.CLOSED
    world.cycle.save()
    assert list(queue(world.county)) == []
    world.cycle.phase = CyclePhase.REPORTING
    world.cycle.save()
    accept_report(report, by=world.user("clerk"))
    assert list(queue(world.county)) == []
    assert list(DutyReport.objects.ready_for_print()) == [report]
