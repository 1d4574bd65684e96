"""Figures, projects, domains and promises of a report: stored as typed, kept in versions (S-69 to S-72)."""

from typing import Any

import pytest

from common.conflicts import StaleRevision
from rectification.models import Problem
from reporting.actions.report_parts import PartChanges, PromiseRow
from reporting.actions.reports import ReportChanges, SaveMarks, save_report, submit_report
from reporting.models import DutyReport
from reporting.rules.refusals import ReportIncomplete, ReportTextKept
from tests.reporting.rows import accepted_project, add_part_sections, complete, declared_project, make_duty_entry, write
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    add_part_sections(world.cycle)
    return world


def save(report: DutyReport, world: World, marks: SaveMarks | None = None, **changes: Any) -> DutyReport:
    return save_report(
        report, changes=ReportChanges(**changes), seen=report.revision, marks=marks, by=world.user("staff")
    )


def values(report: DutyReport) -> list[str]:
    return [figure.value for figure in report.content.figures]


def test_a_figure_follows_the_duty_log_until_it_is_changed(world: World) -> None:
    research, money = world.cycle.scheme.figures.all()
    make_duty_entry(world.township, by=world.user("staff"), count_text="3")
    report = write(world.reporter, by=world.user("staff"))
    assert values(report) == ["3", ""]
    report = save(report, world, parts=PartChanges(figures={research.pk: "3", money.pk: "XX"}))
    make_duty_entry(world.township, by=world.user("staff"), count_text="X")
    make_duty_entry(world.township, by=world.user("staff"))
    assert values(report) == ["4", "XX"]
    report = save(report, world, parts=PartChanges(figures={research.pk: "130余"}))
    make_duty_entry(world.township, by=world.user("staff"))
    assert values(report) == ["130余", "XX"]
    assert values(save(report, world, parts=PartChanges(figures={research.pk: ""}))) == ["", "XX"]


def test_accepted_projects_are_asked_for_by_name_before_handing_in(world: World) -> None:
    project = accepted_project(world.cycle, world.township, by=world.user("secretary"), clerk=world.user("clerk"))
    declared_project(world.cycle, world.township, by=world.user("secretary"), title="还没立项")
    accepted_project(world.cycle, world.other_township, by=world.user("other_secretary"), clerk=world.user("clerk"))
    report = write(world.reporter, by=world.user("staff"))
    with pytest.raises(ReportIncomplete) as refused:
        submit_report(report, by=world.user("secretary"))
    assert refused.value.sentences == ["领办项目“联建***个产业党支部”还没有写推进情况。"]
    report = save(report, world, parts=PartChanges(projects={project.pk: "建成XX个。"}))
    report = submit_report(report, by=world.user("secretary"))
    assert [(each.title, each.text) for each in report.handed_in.projects] == [("联建***个产业党支部", "建成XX个。")]


def test_somebody_elses_project_cannot_be_written_about(world: World) -> None:
    other = accepted_project(
        world.cycle, world.other_township, by=world.user("other_secretary"), clerk=world.user("clerk")
    )
    report = save(write(world.reporter, by=world.user("staff")), world, parts=PartChanges(projects={other.pk: "我的"}))
    assert not report.project_texts.exists()


def test_promises_are_rows_with_ids_given_back_once(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    rows = [
        PromiseRow(0, None, 2, "办成***", "6月底前"),
        PromiseRow(1, None, 1, "先办这件"),
        PromiseRow(2, None, 3, " "),
    ]
    report = save(report, world, SaveMarks("a1"), promises=rows, promises_seen=report.promises_revision)
    stored = list(report.promises.values_list("text", "due_text"))
    assert stored == [("先办这件", ""), ("办成***", "6月底前")]
    ids = {row.text: row.pk for row in report.promises.all()}
    assert report.last_save_values == {
        "promises-0-id": ids["办成***"],
        "promises-1-id": ids["先办这件"],
        "promises-seen": report.revision,
    }
    again = save(report, world, SaveMarks("a1"), promises=rows)
    assert again.promises.count() == 2


def test_promises_changed_meanwhile_are_a_conflict_problems_are_not(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    seen = report.promises_revision
    report = save(report, world, promises=[PromiseRow(0, None, 1, "对方的")], promises_seen=seen)
    with pytest.raises(StaleRevision):
        save(report, world, promises=[PromiseRow(0, None, 1, "我的")], promises_seen=seen)
    changes = complete()
    save(report, world, problems=changes.problems, problems_seen=report.problems_revision)
    assert [row.text for row in report.promises.all()] == ["对方的"]


def test_a_promise_in_the_list_is_not_taken_out_of_the_report(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    report = save(report, world, promises=[PromiseRow(0, None, 1, "办成***")])
    promise = report.promises.get()
    Problem.objects.create(
        cycle=world.cycle, organization=world.township, source="promise", text="办成***", report_promise=promise
    )
    with pytest.raises(ReportTextKept, match="承诺事项"):
        save(report, world, promises=[PromiseRow(0, promise.pk, 1, "", is_deleted=True)])
    assert report.promises.exists()


def test_domains_are_asked_of_counties_and_streets_only(world: World) -> None:
    report = write(world.reporter, by=world.user("staff"))
    assert report.content.domains == ()
    assert "domains" not in [section.kind for section in report.content.sections]
    world.township.kind = "working_committee"
    world.township.save()
    report = DutyReport.objects.get()
    rural = world.township.domain
    report = save(report, world, parts=PartChanges(domains={rural.pk: "  农村**好 "}))
    texts = {domain.name: domain.text for domain in DutyReport.objects.get().content.domains}
    assert texts[rural.name] == "  农村**好 "
    assert len(texts) > 3
